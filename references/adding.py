"""Adds the records of a file as drafts, some hundred at a time, and says of each what became of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from references.formats.records import Problem, Record
from references.importing import AT_ONCE, Arrival, Brought, Drafted, arrivals, draft
from references.provenance import IMPORTED, TakenFrom

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

Write = Callable[[str], object]
FORMATS = {
    "nbib": "MEDLINE (nbib)",
    "pubmed-xml": "PubMed XML",
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "nlm-text": "citation text",
}


@dataclass
class Counts:
    """How many records there were, and what became of them."""

    read: int = 0
    drafted: int = 0
    there: int = 0
    alike: int = 0
    unfit: int = 0
    problems: int = 0


def brought(record: Record, file: str, remarks: Iterable[str] = ()) -> Brought:
    """Return a record of a file as it is looked at before it is drafted."""
    place = f"{file}, line {record.line}"
    taken = TakenFrom(IMPORTED, FORMATS[record.format], place, record.source)
    return Brought(record.number, record.line, record.item, taken, tuple(remarks))


def add(
    found: Iterable[Record | Problem], *, file: str, also_alike: bool, by: "User", at: datetime, write: Write
) -> Counts:
    """Begin a draft for each record, and write a line for each and for each problem; return how many there were.

    What has an identifier of an entry is not added; what only looks like an entry is with `also_alike`.
    """
    counts = Counts()
    for batch in _batches(found, counts, write):
        looked_at = arrivals([brought(each, file) for each in batch])
        chosen = [
            each for each in looked_at if each.content and not each.is_there and (also_alike or not each.is_alike)
        ]
        became = {each.arrival.brought.number: each for each in draft(chosen, by=by, at=at)}
        for arrival in looked_at:
            _tell(arrival, became.get(arrival.brought.number), counts, write)
    return counts


def summary(counts: Counts) -> str:
    """Return the last line of the report."""
    parts = [
        f"{counts.read:,} references read, {counts.drafted:,} drafts begun",
        f"{counts.there:,} not added because they are there",
        f"{counts.alike:,} not added because they look like one that is there",
        f"{counts.unfit:,} not added because they are unfit",
        f"{counts.problems:,} problems",
    ]
    return ", ".join(part for part in parts if not part.startswith("0 not")) + "."


def reasons(arrival: Arrival) -> list[str]:
    """Return why a record may be of a work that is there: a sentence each."""
    said = [f"It {each.why} as “{each.title}” ({each.key})." for each in arrival.same]
    if arrival.twin is not None:
        said.append(f"It seems to be the same work as record {arrival.twin}.")
    return said


def _batches(found: Iterable[Record | Problem], counts: Counts, write: Write) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for one in found:
        if isinstance(one, Problem):
            counts.problems += 1
            write(f"   line {one.line}: {one.message}\n")
            continue
        counts.read += 1
        batch.append(one)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _tell(arrival: Arrival, drafted: Drafted | None, counts: Counts, write: Write) -> None:
    head = f"{arrival.brought.number}. line {arrival.brought.line}: "
    edition = drafted.edition if drafted else None
    happened = [f"What happened to the work: {each}." for each in arrival.standing] if edition else []
    for remark in (*arrival.remarks, *happened):
        counts.problems += 1
        write(f"   line {arrival.brought.line}: {remark}\n")
    if edition is not None:
        counts.drafted += 1
        write(f"{head}{edition.document.address}\n")
        return
    because = drafted.refused if drafted else reasons(arrival) or ["Nothing in it could be made an entry."]
    if arrival.is_there:
        counts.there += 1
    elif arrival.is_alike and drafted is None:
        counts.alike += 1
    else:
        counts.unfit += 1
    write(f"{head}not added. {' '.join(because)}\n")
