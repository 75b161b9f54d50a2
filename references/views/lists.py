"""The list of references and the page of each."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.safestring import SafeString

from alstrom_site.editorial.composing import href, marks_on, shown_partial
from alstrom_site.editorial.models import ListPlace
from alstrom_site.page_parts import HappenedTo, Head, Identifier, Link, Notices, ShownDate
from alstrom_site.reading import Stretch, composed, public, stored
from references.contexts import (
    Arrangement,
    BibliographyEntry,
    BibliographyGroup,
    BibliographyPage,
)
from references.exports import FORMS
from references.shape import TYPES
from references.views.choices import choices
from references.views.finding import ARRANGEMENTS, ORDERS, Asked, found

PATH = "/bibliography/"
_COLUMNS = ("page__path", "page__listing__card", "page__review_due_on", "heading")
LEAD = "The published works that these pages rest on."


class Row(NamedTuple):
    """What the database keeps of a reference for the list; `heading`: the address of the page under which it stands."""

    path: str
    card: Mapping[str, Any]
    due_on: date
    heading: str


@public
def entry(request: HttpRequest, key: str) -> HttpResponseBase:
    """Answer with the entry at this address."""
    return stored(request)


@public
def bibliography(request: HttpRequest) -> HttpResponseBase:
    """Show the references that were asked for, under headings. Five queries, and one or two for words and a page."""
    asked = Asked.of(request)
    places = found(asked)
    order = (("by", asked.by),) if asked.by != "author" else ()
    stretch = Stretch.asked(request, places.count(), query=(*asked.pairs, *order))
    rows = _rows(places, asked, stretch.rows)
    page = BibliographyPage(
        head=Head(title="Bibliography", description=LEAD, canonical_url=stretch.canonical_url, indexed=not asked.query),
        section="bibliography",
        breadcrumbs=(Link("Home", "/"),),
        notices=Notices(demonstration=any(row.card["demonstration"] for row in rows)),
        query=asked.query,
        problem=asked.problem,
        by=asked.by,
        narrowed=asked.narrowed,
        total=stretch.total,
        arrangements=_arrangements(asked),
        **choices(asked)._asdict(),
        groups=_groups(rows, asked.by),
        downloads=tuple(Link(form.label, asked.address(f"{PATH}references.{form.ending}")) for form in FORMS.values()),
        previous_url=stretch.previous_url,
        next_url=stretch.next_url,
    )
    return composed(request, "references/bibliography.html", page)


def _arrangements(asked: Asked) -> tuple[Arrangement, ...]:
    return tuple(
        Arrangement(label, asked.address(PATH, by="" if by == "author" else by), chosen=by == asked.by)
        for by, label in ARRANGEMENTS.items()
    )


def _rows(places: QuerySet[ListPlace], asked: Asked, stretch: slice) -> list[Row]:
    """These rows of the list; of the places before them no page is read."""
    shown = ListPlace.objects.filter(pk__in=places.values("pk")[stretch]).order_by(*ORDERS[asked.by])
    return [Row(*columns) for columns in shown.values_list(*_COLUMNS)]


def _groups(rows: Iterable[Row], by: str) -> tuple[BibliographyGroup, ...]:
    today = timezone.now().date()
    return tuple(
        BibliographyGroup(heading, tuple(_entry(row, today) for row in under), url, withdrawn)
        for (heading, url, withdrawn), under in groupby(rows, key=lambda row: _heading(row, by))
    )


def _heading(row: Row, by: str) -> tuple[str, str, ShownDate | None]:
    """The words of a heading, the address of the page that they name, and when that was withdrawn."""
    card = row.card
    if by == "topic":
        topic = next(each for each in card["topics"] if each["path"] == row.heading)
        return topic["title"], topic["path"], shown_partial(topic.get("withdrawn", ""))
    if by == "year":
        return card["year"] or "No year", "", None
    return str(TYPES.get(card["type"], card["type"]) if by == "type" else card["letter"]), "", None


def _entry(row: Row, day: date) -> BibliographyEntry:
    path, card = row.path, row.card
    return BibliographyEntry(
        key=path.rstrip("/").removeprefix(PATH),
        # Escaped and bounded to a few tags when the page was composed; nobody else writes there.
        citation=SafeString(card["html"]),
        url=href(path),
        identifiers=tuple(Identifier(*each) for each in card["identifiers"]),
        cited_on=card["cited_on"],
        happened=tuple(HappenedTo(*each) for each in card["standing"]),
        marks=replace(marks_on(day, card, row.due_on), withdrawn=None),
    )
