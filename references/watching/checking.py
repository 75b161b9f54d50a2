"""Compares a file of notices with the whole bibliography, in memory that does not grow with the file."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.texts import CITED
from alstrom_site.editorial.workflow import LIVE, OPEN, Busy
from references.duplicates.likeness import has_title
from references.formats.records import Problem
from references.watching.known import sentence_about
from references.watching.observing import foresee, observe
from references.watching.retraction_watch import SOURCE, Row, read_retraction_watch

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

BATCH = 500
MOST_NAMED = 500
"""Problems with rows of nobody we know that a report names; the others are counted."""
TWO_ENTRIES = "Its DOI is that of “{}” and its PubMed number that of “{}”. Nothing was noted: look at both entries."
OTHERWISE = "It names “{}” by its {}, but says another {} than that entry. Nothing was noted: look at the entry."
NOT_NOW = "Somebody else is at work on it just now. Nothing was noted of it: compare the file again in a moment."
_OTHERWISE = {"DOI": ("PubMed number", "DOI"), "PMID": ("DOI", "PubMed number")}


@dataclass(frozen=True)
class Told:
    """An entry of whose work the file says something that was not known, in words; `now` is all that is known.

    `rows`: what the file says of it. `has_its_title`: whether each of these names the work by the title of the entry.
    """

    document: Document
    now: str
    rows: tuple[Row, ...]
    has_its_title: bool


@dataclass(frozen=True)
class LeftOut:
    """An entry, and why a notice of the file is not noted of its work."""

    document: Document
    why: str


@dataclass
class Report:
    """What a file says of the bibliography: its rows, those about works that are in it, and what was new.

    `ours`: the rows about works that are in it. `left_out`: what it says still, and a person took back. `not_now`: what
    is new and could not be noted at once. `not_chosen`: what is new and was not to be noted. `contradicting`: each row
    that names an entry and contradicts it, `problems` the first of all others.
    """

    rows: int = 0
    ours: list[Row] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    not_now: list[LeftOut] = field(default_factory=list)
    not_chosen: list[Told] = field(default_factory=list)
    contradicting: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    @property
    def about_ours(self) -> int:
        """How many rows are about works of the bibliography."""
        return len(self.ours)

    def problem(self, problem: Problem) -> None:
        """Count a problem with a row of whatever work, and keep it among the first."""
        self.problem_count += 1
        if len(self.problems) < MOST_NAMED:
            self.problems.append(problem)


@dataclass(frozen=True, eq=False, slots=True)
class _Entry:
    """An entry with its identifiers by the name of their field."""

    document_id: int
    address: str
    numbers: Mapping[str, str]


def check_retraction_watch(stream: BinaryIO, *, by: "User | None", at: datetime) -> Report:
    """Return what a file of Retraction Watch says of our entries, and note what is new in the name of `by`.

    Without `by` nothing is noted. What a person took back is named and not noted again. Raises NotTheFile when it is
    another file. Each entry is a transaction of its own; one that somebody else is at work on is named and left.
    """
    return check_rows(read_retraction_watch(stream), by=by, at=at)


def check_rows(
    rows: Iterable[Row | Problem], *, by: "User | None", at: datetime, chosen: Collection[int] | None = None
) -> Report:
    """Return the same for rows that were read, such as the kept ones of a file.

    `chosen`: the numbers of the entries of which it is to be noted; None is all of them.
    """
    report = Report()
    for document, said in _about_ours(rows, report).items():
        notices = [row.notice for row in said]
        found = foresee(document, notices, source=SOURCE)
        report.left_out += [LeftOut(document, sentence_about(row)) for row in found.left_out]
        if found.now is None:
            continue
        told = Told(document, found.now, tuple(said), _has_its_title(document, said))
        if chosen is not None and document.pk not in chosen:
            report.not_chosen.append(told)
            continue
        try:
            if by is None or observe(document, notices, source=SOURCE, by=by, at=at):
                report.told.append(told)
        except Busy:
            report.not_now.append(LeftOut(document, NOT_NOW))
    return report


def _has_its_title(document: Document, rows: Iterable[Row]) -> bool:
    fields = (document.live_edition or document.latest_edition).text.fields
    return all(not row.words.title or has_title(fields, row.words.title) for row in rows)


def _about_ours(rows: Iterable[Row | Problem], report: Report) -> dict[Document, list[Row]]:
    """The rows about our entries, all of an entry together, in the order of the file."""
    entries = _identified()
    held: defaultdict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        for each in entry.numbers.items():
            held[each].append(entry)
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in _rows(rows, report):
        matched = list(_matched(row, held, report))
        if matched:
            report.ours.append(row)
        for entry in matched:
            found[entry.document_id].append(row)
    documents = Document.objects.select_related("live_edition__head").in_bulk(list(found))
    return {documents[pk]: said for pk, said in sorted(found.items())}


def _rows(rows: Iterable[Row | Problem], report: Report) -> Iterator[Row]:
    for each in rows:
        if isinstance(each, Problem):
            report.problem(each)
        else:
            report.rows += 1
            yield each


def _identified() -> Iterable[_Entry]:
    """The entries with the identifiers that readers see, else those of the newest draft, from the texts themselves.

    A draft of a live entry may name another work than its page does.
    """
    found: dict[int, _Entry] = {}
    editions = Edition.objects.filter(document__kind=CITED, head__isnull=False).select_related("document", "head")
    for statuses in (OPEN, LIVE):
        for edition in editions.filter(status__in=statuses).order_by("number").iterator(chunk_size=BATCH):
            fields = edition.text.fields
            numbers = {name: str(fields[name]) for name in _OTHERWISE if fields.get(name)}
            found[edition.document_id] = _Entry(edition.document_id, edition.document.address, numbers)
    return found.values()


def _matched(row: Row, held: Mapping[tuple[str, str], list[_Entry]], report: Report) -> Iterator[_Entry]:
    """The entries of the work that a row is about; a row that contradicts what it names is a problem."""
    numbers = {"DOI": [each for each in (row.doi, *row.also) if each], "PMID": [row.pmid] if row.pmid else []}
    by_doi, by_pmid = (
        [entry for each in said for entry in held.get((name, each), [])] for name, said in numbers.items()
    )
    if by_doi and by_pmid and not set(by_doi) & set(by_pmid):
        report.contradicting.append(Problem(None, row.line, TWO_ENTRIES.format(by_doi[0].address, by_pmid[0].address)))
        return
    for entry in dict.fromkeys([*by_doi, *by_pmid]):
        own = entry.numbers
        other = next((name for name, said in numbers.items() if said and own.get(name, said[0]) not in said), "")
        if other:
            report.contradicting.append(Problem(None, row.line, OTHERWISE.format(entry.address, *_OTHERWISE[other])))
        else:
            yield entry


def _held_by(name: str, numbers: Iterable[str], held: Mapping[tuple[str, str], list[_Entry]]) -> list[_Entry]:
    return [entry for each in numbers for entry in held.get((name, each), [])]


def not_noted(report: Report) -> Iterable[str]:
    """Return, line by line, what is new and could not be noted at once."""
    return (f"New, and not noted: {left.document.address}: {left.why}" for left in report.not_now)


def lines_of(report: Report, *, noted: bool) -> Iterable[str]:
    """Return the report as lines for a terminal; what could not be noted is `not_noted`."""
    yield f"{report.rows:,} rows were read, {report.about_ours:,} of them about works of the bibliography."
    verb = "New, and noted" if noted else "New, and not noted yet"
    for each in report.told:
        yield f"{verb}: {each.document.address}: {each.now}."
    if not report.told and not report.not_now:
        yield "Nothing in it is new."
    for left in report.left_out:
        yield f"Left out: {left.document.address}: {left.why}"
    for problem in (*report.contradicting, *report.problems):
        yield f"Line {problem.line}: {problem.message}"
    if report.problem_count > len(report.problems):
        yield f"{report.problem_count - len(report.problems):,} more problems are not named here."
