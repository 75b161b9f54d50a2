"""The editors' pictures, as pages.images stored them."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase

from alstrom_site.reading import public

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
    try:
        picture = path.open("rb")
    except OSError as absent:
        raise Http404 from absent
    etag = f'"{path.stem}"'
    if request.headers.get("If-None-Match") == etag:
        picture.close()
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = FileResponse(picture, content_type=TYPES[match[1]])
    response["Cache-Control"] = KEPT_FOR_GOOD
    response["ETag"] = etag
    return response
