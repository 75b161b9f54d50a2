"""A list as a table for a spreadsheet, made line by line, with nothing in it that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from http import HTTPStatus
from itertools import islice

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from alstrom_site.editorial.admin.paging import documents_of
from alstrom_site.editorial.admin.rows import Row, rows_of
from alstrom_site.editorial.admin.states import StateTag
from alstrom_site.editorial.models import Document
from alstrom_site.sending import ROWS_IN_ONE_PIECE, Places

AT_ONCE = 1_000
"""Rows read and sent together; each such part costs the same few queries."""
COLUMNS = (
    "Title",
    "Kind",
    "Address",
    "Live text",
    "Worked on",
    "Urgent fix",
    "Owner",
    "Review due",
    "Overdue",
    "Marks",
    "Goes live",
    "Last change",
    "At the desk",
)
PLACES = Places()
"""For whatever long the desk sends: each sort of its own would leave the server fewer threads."""
_CSV = "text/csv; charset=utf-8"
_BYTE_ORDER_MARK = "\ufeff"
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(documents: QuerySet[Document], day: date, name: str) -> HttpResponseBase:
    """Return documents in their order as a CSV file (RFC 4180), with the mark by which Excel knows UTF-8.

    Which documents they are is asked first; they are read part by part, as a page of a list is.
    """
    lines = (line.encode("utf-8") for line in _lines(documents, day))
    if documents.count() <= ROWS_IN_ONE_PIECE:
        response: HttpResponseBase = HttpResponse(b"".join(lines), content_type=_CSV)
    else:
        response = PLACES.send(lines, _CSV)
    if response.status_code == HTTPStatus.OK:
        response["Content-Disposition"] = f'attachment; filename="{name}-{day:%Y-%m-%d}.csv"'
    return response


def harmless(cell: str) -> str:
    """Return the text of a cell with an apostrophe before what a spreadsheet would take for a formula.

    The signs are those of OWASP's page on CSV injection.
    """
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell


class _Echo:
    """What the writer takes for a file: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(documents: QuerySet[Document], day: date) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield _BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    keys = documents.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
    while part := list(islice(keys, AT_ONCE)):
        rows = rows_of(documents_of(part), day)
        yield "".join(writer.writerow([harmless(cell) for cell in _cells(row)]) for row in rows)


def _cells(row: Row) -> Iterable[str]:
    return (
        row.document.title,
        row.kind_label,
        row.document.address,
        _state(row.live or row.ended),
        _state(row.opened),
        _state(row.urgent),
        str(row.document.owner),
        min((due.day.isoformat() for due in row.dates), default=""),
        "yes" if row.is_late else "",
        "; ".join(mark.label for mark in row.marks),
        row.goes_live_at.isoformat() if row.goes_live_at else "",
        row.changed_at.isoformat() if row.changed_at else "",
        settings.SITE_URL + row.url,
    )


def _state(tag: StateTag | None) -> str:
    return tag.label if tag else ""
