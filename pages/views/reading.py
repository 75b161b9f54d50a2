"""The pages that were composed when they went live."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from alstrom_site.reading import public, stored


@public
def page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with the article, question or term at this address."""
    return stored(request)
