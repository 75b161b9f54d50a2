"""What of some notices about a work is new, what holds already, and what a person took back."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from alstrom_site.editorial.models import Document
from references.models import ObservedNotice
from references.models.observed import (
    LONGEST_DATE,
    LONGEST_DOI,
    LONGEST_LINE,
    LONGEST_PMID,
    LONGEST_TYPE,
    ObservedNoticeQuerySet,
)
from references.standing import Notice, what_happened

LEFT_OUT = (
    "{what}, says {source}: not noted, because {by} took that back on {at:%-d %B %Y} (“{because}”). If it is about "
    "this work after all, note it again on the page of the entry."
)


@dataclass(frozen=True)
class Sorted:
    """Notices of one source: those to be noted, and the rows of those that are left out, as somebody took them back."""

    new: tuple[Notice, ...]
    left_out: tuple[ObservedNotice, ...]


def sort_out(entry: Document, notices: Iterable[Notice], among: ObservedNoticeQuerySet) -> Sorted:
    """Return what of these notices is to be noted of the work of an entry, and what was taken back. Two queries.

    `among`: the notices there are, such as those of the same source, that one of these may be.

    A notice is the one that was taken back when it has the same type and date and numbers, or one
    number of the notice in common: a date that the source has corrected makes no other notice of it. Types that say
    nothing of the standing are in neither.
    """
    own = _own_numbers(entry)
    known: defaultdict[str, list[ObservedNotice]] = defaultdict(list)
    for row in among.select_related("taken_back_by").order_by("pk"):
        for name in _names(notice_of(row), own):
            known[name].append(row)
    new: dict[str, Notice] = {}
    left_out: dict[int, ObservedNotice] = {}
    for notice in map(_as_kept, notices):
        exactly, *numbers = _names(notice, own)
        same = [row for name in (exactly, *numbers) for row in known[name]]
        if same and not _any_holds(same):
            newest = max(same, key=lambda row: row.pk)
            left_out[newest.pk] = newest
        elif what_happened({}, [notice]) and not _any_holds(known[exactly]):
            new.setdefault(exactly, notice)
    return Sorted(tuple(new.values()), tuple(left_out.values()))


def said_by(entry: Document, source: str) -> ObservedNoticeQuerySet:
    """Return what a source said of the work of an entry, what was taken back too."""
    return ObservedNotice.objects.about([entry.pk]).filter(source=source)


def notice_of(row: ObservedNotice) -> Notice:
    """Return a row as `references.standing` reads it."""
    return Notice(row.type, row.date, row.pmid, row.doi, row.text)


def sentence_about(row: ObservedNotice) -> str:
    """Return, for a report, why a notice that was taken back was left out, and what to do if that was a mistake."""
    return LEFT_OUT.format(
        what=what_happened({}, [notice_of(row)])[0].words,
        source=row.source,
        by=row.taken_back_by,
        at=row.taken_back_at,
        because=row.taken_back_because,
    )


def to_be_noted_again(rows: Iterable[ObservedNotice]) -> set[int]:
    """Return the numbers of those notices of one entry that can be noted again: of each the newest, if none holds."""
    same: defaultdict[str, list[ObservedNotice]] = defaultdict(list)
    for row in rows:
        same[f"{row.source}\0{_names(notice_of(row))[0]}"].append(row)
    return {max(row.pk for row in each) for each in same.values() if not _any_holds(each)}


def _as_kept(notice: Notice) -> Notice:
    """A notice as a row holds it: words cut, and without what is too long for a number or a date."""
    date, pmid, doi = (
        text if len(text) <= longest else ""
        for text, longest in ((notice.date, LONGEST_DATE), (notice.pmid, LONGEST_PMID), (notice.doi, LONGEST_DOI))
    )
    return Notice(notice.type[:LONGEST_TYPE], date, pmid, doi, notice.text[:LONGEST_LINE])


def _any_holds(rows: Collection[ObservedNotice]) -> bool:
    return any(row.taken_back_at is None for row in rows)


def _own_numbers(entry: Document) -> frozenset[str]:
    """The numbers of the work itself, under which each notice may stand that its journal puts in the work's place."""
    fields = (entry.live_edition or entry.latest_edition).text.fields
    return frozenset(str(fields[name]).casefold() for name in ("DOI", "PMID") if fields.get(name))


def _names(notice: Notice, own: Collection[str] = ()) -> list[str]:
    """By what a notice of one source is known: by all of it, which comes first, and by numbers not the work's own."""
    type, doi = notice.type, notice.doi.casefold()
    numbers = (("PMID", notice.pmid), ("DOI", doi))
    exactly = "\0".join((type, notice.date, notice.pmid, doi))
    return [exactly, *(f"{type}\0{name}\0{number}" for name, number in numbers if number and number not in own)]
