"""Compares former addresses with the events by which documents moved, or gave way to another one."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from alstrom_site.editorial.models import Event, FormerAddress
from alstrom_site.editorial.verification.fault import BATCH, Fault
from alstrom_site.editorial.verification.replay import Happened
from alstrom_site.editorial.workflow import REVISE, TAKE_BACK, VERBS_OF_PUBLICATION

GIVE_WAY = "give way"
MOVING = (*VERBS_OF_PUBLICATION, REVISE.verb, TAKE_BACK.verb)
"""The verbs of steps by which a document may leave an address; a draft does so where texts cite it by that."""
Recorded = dict[tuple[str, str], tuple[int, datetime]]


def former_addresses() -> Iterator[Fault]:
    """Yield every former address that leads elsewhere than was recorded, was never recorded, or is no longer there."""
    recorded = _recorded()
    for row in FormerAddress.objects.order_by("pk").iterator(chunk_size=BATCH):
        place = f"Former address {row.kind} “{row.address}”"
        told = recorded.pop((row.kind, row.address), None)
        if told is None:
            yield Fault(place, "no event records it.")
        elif told != (row.document_id, row.since):
            yield Fault(place, f"its events say that it leads to document {told[0]} since {told[1]:%Y-%m-%d %H:%M}.")
    for kind, address in sorted(recorded):
        yield Fault(f"Former address {kind} “{address}”", "it was recorded, and is no longer there.")


def _recorded() -> Recorded:
    """What the events say: by kind and address, where it leads, and since when."""
    recorded: Recorded = {}
    moving = Q(verb__in=MOVING, details__contains='"moved_from"') | Q(verb=GIVE_WAY)
    events = (
        Event.objects.filter(moving).order_by("position").values_list("document__kind", "document", "at", "details")
    )
    for kind, document, at, details in events.iterator(chunk_size=BATCH):
        said = Happened.details_of(details)
        if "moved_from" in said:
            recorded.setdefault((kind, said["moved_from"]), (document, at))
        elif "address" in said and "into" in said:
            moved = [each for each, (leads_to, _) in recorded.items() if leads_to == document]
            recorded.update({each: (said["into"], recorded[each][1]) for each in moved})
            recorded.setdefault((kind, said["address"]), (said["into"], at))
    return recorded
