"""What readers see when there is no page, or when we failed. No request goes into it, so no cookie comes of it."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page that says there is no such page."""
    return HttpResponse(render_to_string("404.html"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page that says that something went wrong; it needs no database."""
    return HttpResponse(render_to_string("500.html"), status=500)
