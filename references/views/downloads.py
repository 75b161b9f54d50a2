"""References as files for other programs: one of a page, or all that a list shows."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import MD5, Cast
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from alstrom_site.editorial.models import ListPlace, PublishedPage
from alstrom_site.folding import slugify
from alstrom_site.kept_files import KeptFiles
from alstrom_site.reading import KEPT_FOR_A_MINUTE, answer, public
from alstrom_site.sending import ROWS_IN_ONE_PIECE, Places
from references.exports import FORMS, Form
from references.publication import as_web_page
from references.views.finding import Asked, found

_BY_ENDING = {form.ending: form for form in FORMS.values()}
_AT_ONCE = 500
_PLACES = Places()
_FILES = KeptFiles()


@public
def one(request: HttpRequest, address: str, ending: str) -> HttpResponseBase:
    """Answer with the reference at this address, or with the page there as a work to cite. One query."""
    form = _form(ending)
    if not address.isprintable():
        raise Http404
    columns = ("path", "kind", "title", "listing", "published_at")
    page = PublishedPage.objects.only(*columns).filter(path=f"/{address}/").first()
    if page is None:
        raise Http404
    content = page.listing.get("reference") if page.kind == "reference" else as_web_page(page)
    if content is None:
        raise Http404
    body = "".join(form.write([content])).encode("utf-8")
    return _named(answer(request, body, content_type=_media_type(form)), content["key"], form)


@public
def several(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Answer with every reference that the list with the same words after its address shows. Two queries.

    What the list says of words that nothing can be found by is said with 400, not by an empty file.
    """
    form = _form(ending)
    asked = Asked.of(request)
    if asked.problem:
        refusal = answer(request, f"{asked.problem}\n".encode(), content_type="text/plain; charset=utf-8")
        refusal.status_code = HTTPStatus.BAD_REQUEST if refusal.status_code == HTTPStatus.OK else refusal.status_code
        return refusal
    # The order by topic names some of them twice.
    rows = found(Asked(asked.query, "author", asked.year, asked.type, asked.topic, asked.keys))
    pieces = (piece.encode("utf-8") for piece in form.write(_contents(rows)))
    count, digest = _asked_for(rows)
    if count <= ROWS_IN_ONE_PIECE:
        file = _FILES.get((form.ending, digest), lambda: b"".join(pieces))
        response = answer(request, file.body, etag=file.etag, content_type=_media_type(form))
    else:
        response = _PLACES.send(pieces, _media_type(form))
        response.setdefault("Cache-Control", KEPT_FOR_A_MINUTE)
    return _named(response, "alstrom-syndrome-references", form)


def _asked_for(rows: QuerySet[ListPlace]) -> tuple[int, str]:
    """How many rows there are, one more than a file of one piece has at most, and a digest of what they say."""
    said = StringAgg(MD5(Cast("page__listing", TextField())), "", order_by="page__path")
    few = rows.order_by()[: ROWS_IN_ONE_PIECE + 1]
    found = few.aggregate(count=Count("pk"), digest=MD5(said))
    return found["count"], found["digest"] or ""


def _contents(rows: QuerySet[ListPlace]) -> Iterator[dict[str, Any]]:
    for content in rows.values_list("page__listing__reference", flat=True).iterator(_AT_ONCE):
        if content:
            yield content


def _form(ending: str) -> Form:
    if ending not in _BY_ENDING:
        raise Http404
    return _BY_ENDING[ending]


def _media_type(form: Form) -> str:
    return f"{form.media_type}; charset=utf-8"


def _named(response: HttpResponseBase, name: str, form: Form) -> HttpResponseBase:
    if response.status_code == HTTPStatus.OK:
        response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "reference"}.{form.ending}"'
    return response
