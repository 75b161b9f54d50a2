"""The editors' pictures, as pages.images stored them."""

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from alstrom_site.reading import public
from pages.images import is_named_for

# What a picture is follows from its name, which is ours, and never from what was sent.
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
# A name is a digest of the picture, so what it names never changes.
KEPT_FOR_GOOD = "public, max-age=31536000, immutable"

_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}\.(jpg|png|webp|gif)")


@public
def image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with the picture of this name; raise Http404 when there is none. Looks nowhere but in its own folder."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise Http404
    path = Path(settings.MEDIA_ROOT) / "images" / name
    etag = f'"{path.stem}"'
    try:
        # In one piece: it weighs some megabytes at most, and in many it would hold a thread while a slow reader reads.
        picture = path.read_bytes()
    except OSError as absent:
        raise Http404 from absent
    if not is_named_for(picture, name):
        # Somebody put another one in its place: whoever kept it for good would see that for a year.
        raise Http404
    response: HttpResponseBase = HttpResponse(picture, content_type=TYPES[match[1]])
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    response["Cache-Control"] = KEPT_FOR_GOOD
    response["ETag"] = etag
    return response
