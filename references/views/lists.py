"""The list of references and the page of each."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.safestring import SafeString

from alstrom_site.editorial.composing import href, marks_on, shown_partial
from alstrom_site.page_parts import HappenedTo, Head, Identifier, Link, Notices, ShownDate
from alstrom_site.reading import Stretch, composed, public, stored
from references.contexts import (
    Arrangement,
    BibliographyEntry,
    BibliographyGroup,
    BibliographyPage,
    Choice,
)
from references.exports import FORMS
from references.shape import TYPES
from references.views.finding import ARRANGEMENTS, Asked, choices, found

PATH = "/bibliography/"
_COLUMNS = ("path", "listing__card", "review_due_on")
LEAD = "The published works that these pages rest on."


class Row(NamedTuple):
    """What the database keeps of a reference for the list; `topic` is the page that cites it where those arrange it."""

    path: str
    card: Mapping[str, Any]
    due_on: date
    topic: Mapping[str, str] = MappingProxyType({})


@public
def entry(request: HttpRequest, key: str) -> HttpResponseBase:
    """Answer with the entry at this address."""
    return stored(request)


@public
def bibliography(request: HttpRequest) -> HttpResponseBase:
    """Show the references that were asked for, under headings. Five queries."""
    asked = Asked.of(request)
    pages = found(asked)
    order = (("by", asked.by),) if asked.by != "author" else ()
    stretch = Stretch.asked(request, pages.count(), query=(*asked.pairs, *order))
    topic = ("topic",) if asked.by == "topic" and not asked.problem else ()
    rows = [Row(*columns) for columns in pages.values_list(*_COLUMNS, *topic)[stretch.rows]]
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
        **_choices(asked),
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


def _choices(asked: Asked) -> dict[str, tuple[Choice, ...]]:
    counted = choices()
    types = sorted((TYPES.get(name, name), name, count) for name, count in counted["type"])
    return {
        "years": tuple(Choice(year, year, count, year == asked.year) for year, count in counted["year"]),
        "types": tuple(Choice(name, label, count, name == asked.type) for label, name, count in types),
        "topics": tuple(
            Choice(topic["path"], _topic(topic), count, topic["path"] == asked.topic)
            for topic, count in counted["topic"]
        ),
    }


def _topic(topic: Mapping[str, str]) -> str:
    return f"{topic['title']}, withdrawn" if topic.get("withdrawn") else topic["title"]


def _groups(rows: Iterable[Row], by: str) -> tuple[BibliographyGroup, ...]:
    today = timezone.now().date()
    return tuple(
        BibliographyGroup(heading, tuple(_entry(row, today) for row in under), url, withdrawn)
        for (heading, url, withdrawn), under in groupby(rows, key=lambda row: _heading(row, by))
    )


def _heading(row: Row, by: str) -> tuple[str, str, ShownDate | None]:
    """The words of a heading, the address of the page that they name, and when that was withdrawn."""
    card, topic = row.card, row.topic
    if by == "topic":
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
