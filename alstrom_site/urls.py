"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from alstrom_site.editorial.shared.calendar import calendar_feed
from pages.views import completing, editor

urlpatterns = [
    path("admin/editor/preview/", editor.preview, name="text-preview"),
    path("admin/editor/upload/", editor.upload, name="image-upload"),
    path("admin/editor/completions/", completing.completions, name="text-completions"),
    path("admin/editor/cited/", completing.cited_sources, name="text-cited-sources"),
    path("admin/account/", include("alstrom_site.accounts.urls")),
    path("admin/", admin.site.urls),
    path("calendar/<str:secret>.ics", calendar_feed, name="calendar-feed"),
    path("shared/", include("alstrom_site.editorial.shared.urls")),
    path("", include("references.urls")),
    path("", include("pages.urls")),
]

handler404 = "pages.views.errors.not_found"
handler500 = "pages.views.errors.server_error"
