"""A record whose texts are long, as one page that is made while it is read: nothing holds all of them at once."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from alstrom_site.editorial.admin.export import PLACES
from alstrom_site.editorial.admin.record_parts import Entries, compared
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Revision

AT_ONCE = 20
"""Texts read together."""
HERE = "<!-- The texts stand here. -->"
"""Where the page has its texts; no words of anybody hold it, for they are escaped."""


def sent_in_parts(visit: Visit, page: HttpResponse, texts: Entries) -> HttpResponseBase:
    """Return the page with every text, each compared as it is sent; 503 while other long files are on their way."""
    if isinstance(page, TemplateResponse):
        page.render()
    head, _, tail = page.content.decode().partition(HERE)
    return PLACES.send(_pieces(visit, head, texts, tail), "text/html; charset=utf-8")


def _pieces(visit: Visit, head: str, texts: Entries, tail: str) -> Iterator[bytes]:
    yield head.encode()
    for first in range(0, len(texts), AT_ONCE):
        part = texts[first : first + AT_ONCE]
        rows = Revision.objects.select_related("parent").in_bulk([text["id"] for text in part])
        for text in part:
            yield _shown(visit, text, rows[text["id"]]).encode()
    yield tail.encode()


def _shown(visit: Visit, text: dict[str, Any], row: Revision) -> str:
    before = row.parent.fields if row.parent is not None else None
    whole = {**text, "comparison": compared(visit, before, row.fields)}
    return render_to_string("editorial/_record_text.html", {"text": whole})
