"""What crawlers read: which pages there are (the sitemaps.org protocol) and which they need not ask for (RFC 9309)."""

from xml.sax.saxutils import escape

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from alstrom_site.editorial.composing import absolute
from alstrom_site.editorial.models import PublishedPage
from alstrom_site.reading import answer, public

LISTS = ("/", "/questions/", "/glossary/", "/bibliography/")
# The protocol allows no more in one file.
MOST = 50_000


@public
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """List every public page to rely on with the day on which it was last published. One query."""
    pages = PublishedPage.objects.to_rely_on().order_by("path").values_list("path", "published_at")[: MOST - len(LISTS)]
    entries = [_entry(path) for path in LISTS]
    entries += [_entry(path, f"<lastmod>{published:%Y-%m-%d}</lastmod>") for path, published in pages]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    text = f"{head}{''.join(entries)}</urlset>\n"
    return answer(request, text.encode("utf-8"), content_type="application/xml; charset=utf-8")


@public
def robots(request: HttpRequest) -> HttpResponseBase:
    """Keep crawlers from the desk and tell them where the sitemap is."""
    text = f"User-agent: *\nDisallow: /admin/\n\nSitemap: {absolute('/sitemap.xml')}\n"
    return answer(request, text.encode("utf-8"), content_type="text/plain; charset=utf-8")


def _entry(path: str, more: str = "") -> str:
    return f"<url><loc>{escape(absolute(path))}</loc>{more}</url>\n"
