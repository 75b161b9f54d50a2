"""Recomputes the record from its own rows and names every fault; writes nothing."""

from collections.abc import Iterator

from alstrom_site.editorial.models import Event
from alstrom_site.editorial.models.event import FIRST
from alstrom_site.editorial.verification import (
    addresses,
    constraints,
    copies,
    guards,
    last_changes,
    live,
    names,
    pictures,
    record,
    remarks,
    rooms,
    rows,
    second_person,
)
from alstrom_site.editorial.verification.fault import Fault, to_the_end

__all__ = ["Fault", "chain_head", "faults"]

CHECKS = (
    guards.triggers,
    guards.functions,
    constraints.constraints,
    constraints.foreign_keys,
    record.texts,
    record.chain,
    record.reviews,
    rows.rows,
    second_person.second_people,
    names.names,
    addresses.former_addresses,
    remarks.remarks,
    copies.copies,
    pictures.pictures,
    rooms.kept_by_rooms,
    live.live_editions,
    live.derived_rows,
    last_changes.last_changes,
    live.traits_held,
    live.published_pages,
)


def faults(*, noted: str | None = None) -> Iterator[Fault]:
    """Yield every fault of the record; nothing when it is whole. Rows are read in batches, so memory stays level.

    `noted` is the digest of an event that was the newest at an earlier check: it must still be in the chain.
    """
    if noted is not None and not Event.objects.filter(digest=noted).exists():
        yield Fault("Chain of events", f"the event with the noted digest {noted} is no longer there.")
    for check in CHECKS:
        yield from to_the_end(check)


def chain_head() -> tuple[int, str]:
    """Return the position and digest of the newest event: whoever notes them can prove later that none was removed."""
    last = Event.objects.order_by("-position").values_list("position", "digest").first()
    return last or (0, FIRST)
