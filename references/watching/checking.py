"""Compares a file of notices with the whole bibliography, in bounded memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from alstrom_site.editorial.models import Document, Trait
from references.formats.records import Problem
from references.standing import Notice
from references.watching.observing import observe, would_say
from references.watching.retraction_watch import SOURCE, Row, read_retraction_watch

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

BATCH = 2_000
MOST_NAMED = 500
"""Problems that a report names; the others are counted."""
TWO_ENTRIES = "Its DOI is that of “{}” and its PubMed number that of “{}”. Nothing was noted: look at both entries."


@dataclass(frozen=True)
class Told:
    """An entry of whose work the file says something that was not known, in words; `now` is all that is known."""

    document: Document
    now: str


@dataclass
class Report:
    """What a file says of the bibliography: its rows, those about works that are in it, and what was new."""

    rows: int = 0
    about_ours: int = 0
    told: list[Told] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    def problem(self, problem: Problem) -> None:
        """Count a problem, and keep it among the first."""
        self.problem_count += 1
        if len(self.problems) < MOST_NAMED:
            self.problems.append(problem)


def check_retraction_watch(stream: BinaryIO, *, by: "User | None", at: datetime) -> Report:
    """Return what a file of Retraction Watch says of our entries, and note what is new in the name of `by`.

    Without `by` nothing is noted. Raises NotTheFile when it is another file. Each entry is a transaction of its own.
    """
    report = Report()
    for document, notices in _about_ours(stream, report).items():
        now = would_say(document, notices)
        if now is None:
            continue
        if by is None or observe(document, notices, source=SOURCE, by=by, at=at):
            report.told.append(Told(document, now))
    return report


def _about_ours(stream: BinaryIO, report: Report) -> dict[Document, list[Notice]]:
    """The notices about our entries, all of an entry together, in the order of the file."""
    found: defaultdict[int, list[Notice]] = defaultdict(list)
    for rows in _batches(_rows(stream, report)):
        for row, document_id in _matched(rows, report):
            report.about_ours += 1
            found[document_id].append(row.notice)
    documents = Document.objects.select_related("live_edition__head").in_bulk(list(found))
    return {documents[pk]: notices for pk, notices in sorted(found.items())}


def _rows(stream: BinaryIO, report: Report) -> Iterator[Row]:
    for each in read_retraction_watch(stream):
        if isinstance(each, Problem):
            report.problem(each)
        else:
            report.rows += 1
            yield each


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _matched(rows: list[Row], report: Report) -> Iterator[tuple[Row, int]]:
    """The rows about works that are in the bibliography, with their documents; one query for all."""
    numbers = {number for row in rows for number in (row.doi, row.pmid) if number}
    held = Trait.objects.filter(value__in=numbers, is_own=True, scheme__in=["DOI", "PMID"])
    ours = {(trait.scheme, trait.value): trait.document for trait in held.select_related("document")}
    for row in rows:
        named = [ours[each] for each in (("DOI", row.doi), ("PMID", row.pmid)) if each in ours]
        if len({document.pk for document in named}) > 1:
            keys = (document.address for document in named)
            report.problem(Problem(None, row.line, TWO_ENTRIES.format(*keys)))
        elif named:
            yield row, named[0].pk


def lines_of(report: Report, *, noted: bool) -> Iterable[str]:
    """Return the report as lines for a terminal."""
    yield f"{report.rows:,} rows were read, {report.about_ours:,} of them about works of the bibliography."
    verb = "New, and noted" if noted else "New, and not noted yet"
    for each in report.told:
        yield f"{verb}: {each.document.address}: {each.now}."
    if not report.told:
        yield "Nothing in it is new."
    for problem in report.problems:
        yield f"Line {problem.line}: {problem.message}"
    if report.problem_count > len(report.problems):
        yield f"{report.problem_count - len(report.problems):,} more problems are not named here."
