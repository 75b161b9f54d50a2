"""The address of shared links."""

from django.urls import path

from alstrom_site.editorial.shared.views import read

urlpatterns = [path("<str:secret>/", read, name="shared-read")]
