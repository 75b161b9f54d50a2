"""Reads the record of some documents at once, and holds each row against what the events say of it."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef

from alstrom_site.editorial.addresses import path_now
from alstrom_site.editorial.canonical import canonical_text, moment_in_utc
from alstrom_site.editorial.models import Document, Edition, Event, Flag, Proposal, ReviewRequest, Revision
from alstrom_site.editorial.verification.fault import Fault, batches_of_documents
from alstrom_site.editorial.verification.kept import replayed
from alstrom_site.editorial.verification.replay import UNKNOWN, Happened, Row, Told, replay

SHOWN = 80

# Of which model the rows of a document are found how, and what tells them apart.
BESIDE: Mapping[type[Model], tuple[str, tuple[str, ...]]] = {
    Edition: ("document", ("id",)),
    Revision: ("edition__document", ("id",)),
    ReviewRequest: ("edition__document", ("edition_id", "round", "reviewer_id")),
    Proposal: ("edition__document", ("id",)),
    Flag: ("document", ("id",)),
}
NAMES = {Edition: "Edition", Revision: "Revision", ReviewRequest: "Request", Proposal: "Proposal", Flag: "Flag"}
Found = dict[int, dict[Hashable, Row]]


def rows() -> Iterator[Fault]:
    """Yield every row of the record that is not what its events say. A fixed number of queries for 500 documents."""
    for numbers in batches_of_documents():
        yield from rows_of(numbers)
    there = Document.objects.filter(pk=OuterRef("document_id"))
    for number in Edition.objects.filter(~Exists(there)).order_by("document").values_list("document_id", flat=True):
        yield Fault(f"Document {number}", "an edition of it is recorded, and it is no longer there.")


def rows_of(documents: Sequence[int]) -> Iterator[Fault]:
    """Yield the faults in the rows of these documents."""
    happened = _events(documents)
    found = {model: _found(model, documents) for model in BESIDE}
    own = Document.objects.filter(pk__in=documents).order_by("pk")
    for row in own.values("id", *replayed(Document)):
        number = row["id"]
        told = Told()
        yield from replay(happened[number], told)
        place = f"Document {number}"
        if told.document:
            yield from differing(place, _led_on(row, told.document), told.document)
        else:
            yield Fault(place, "no event records that it was begun.")
        for model, rows_found in found.items():
            yield from _compared(model, rows_found[number], told)


def _events(documents: Sequence[int]) -> Mapping[int, list[Happened]]:
    about = ("position", "document", "edition", "revision", "revision_digest", "verb", "source", "target")
    columns = (*about, "by", "by_name", "at", "details")
    reviews = ("review__step", "review__role", "review__is_demonstration")
    events = Event.objects.filter(document__in=documents).order_by("position")
    happened: defaultdict[int, list[Happened]] = defaultdict(list)
    for *values, step, role, is_shown in events.values_list(*columns, *reviews).iterator(chunk_size=5000):
        event = Happened.of(*values, fills=(step, role), is_demonstration=is_shown)
        happened[event.document].append(event)
    return happened


def _found(model: type[Any], documents: Sequence[int]) -> Mapping[int, dict[Hashable, Row]]:
    """The rows of a model by document and key."""
    through, key = BESIDE[model]
    # A column of that name may be there already.
    of = through if through != "document" else "document_id"
    columns = dict.fromkeys(["id", *key, *replayed(model), of])
    found: defaultdict[int, dict[Hashable, Row]] = defaultdict(dict)
    for row in model.objects.filter(**{f"{through}__in": documents}).order_by("pk").values(*columns):
        place: Hashable = row["id"] if key == ("id",) else tuple(row[name] for name in key)
        # A second row of one key is recorded by nothing.
        found[row[of]][("twice", row["id"]) if place in found[row[of]] else place] = row
    return found


def _compared(model: type[Model], found: Mapping[Hashable, Row], told: Told) -> Iterator[Fault]:
    recorded = told.of(model)
    for key, row in found.items():
        place = f"{NAMES[model]} {row['id']}"
        if key in recorded:
            yield from differing(place, row, {**_of_key(model, key), **recorded[key]})
        elif model not in told.not_named:
            yield Fault(place, "no event records it.")
    for key in recorded.keys() - found.keys():
        yield Fault(f"{NAMES[model]} {key}", "it was recorded, and is no longer there.")


def _of_key(model: type[Model], key: Hashable) -> Row:
    names = BESIDE[model][1]
    return dict(zip(names, key, strict=True)) if isinstance(key, tuple) else {}


def differing(place: str, row: Row, told: Row) -> Iterator[Fault]:
    """Yield each column of a row that is not what its events say of it.

    Text is compared in the form in which events keep it: rows keep what a browser sent.
    """
    for name, value in told.items():
        if value is not UNKNOWN and name in row and _differ(row[name], value):
            column = name.removesuffix("_id").replace("_", " ")
            yield Fault(place, f"its “{column}” is {_said(row[name])}, and its events say {_said(value)}.")


def _differ(kept: Any, said: Any) -> bool:
    if isinstance(kept, str) and isinstance(said, str):
        return kept != said and canonical_text(kept) != canonical_text(said)
    return bool(kept != said)


def _led_on(row: Row, told: Row) -> Row:
    """The document, taken to lead where it was sent when that page has only moved since."""
    moved = row["moved_to"] != told["moved_to"] and told["moved_to"] and path_now(told["moved_to"]) == row["moved_to"]
    return {**row, "moved_to": told["moved_to"]} if moved else row


def _said(value: Any) -> str:
    if value is None or value == "":
        return "empty"
    if isinstance(value, datetime):
        return moment_in_utc(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"“{text if len(text) <= SHOWN else f'{text[:SHOWN]}…'}”"
