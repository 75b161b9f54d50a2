"""Whether each withdrawal and each taking down says if it took two people, since such events do.

What they say is replayed (`replay.approvals`). That one says nothing is no fault of an older site: it is older when it
stands before the first edition of the site of which the beginning names the steps that take two.
"""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from alstrom_site.editorial.models import Event
from alstrom_site.editorial.verification.fault import Fault
from alstrom_site.editorial.workflow import START, UNPUBLISH, WITHDRAW

# As canonical JSON has the name; in the words of a person the signs around it would be escaped.
SAYS_WHICH, SAYS_IT = '"two_people_for":', '"by_two_people":'
UNSAID = "it does not say whether it took two people, as such events have done for longer than it stands."


def second_people() -> Iterator[Fault]:
    """Yield every such event that keeps silent, though it is newer than the words."""
    yield from _silent(Event.objects.all())


def second_people_of(documents: Sequence[int]) -> Iterator[Fault]:
    """Yield those about these documents."""
    yield from _silent(Event.objects.filter(document__in=documents))


def _silent(events: QuerySet[Event]) -> Iterator[Fault]:
    steps = events.filter(verb__in=(WITHDRAW.verb, UNPUBLISH.verb)).order_by("position")
    silent = list(steps.exclude(details__contains=SAYS_IT).values_list("position", flat=True))
    # Only where there is one: the record of one document is checked while somebody waits for its page.
    told = Event.objects.filter(verb=START, details__contains=SAYS_WHICH).order_by("position") if silent else None
    first = told.first() if told is not None else None
    yield from (Fault(f"Event {each}", UNSAID) for each in silent if first is not None and each > first.position)
