"""What hangs on the account of somebody who leaves: what they own, are asked for, have scheduled and proposed."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from alstrom_site.accounts.hanging import Hanging
from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.addresses import edition_url, list_url
from alstrom_site.editorial.models import Document, Edition, Flag, Proposal, ReviewRequest
from alstrom_site.editorial.workflow import LIVE, Status

OWNS = "Owns {}. Hand them over before the account is closed, or nobody is reminded of them."
ASKED = "Is asked to review these texts. Ask somebody else on the page of each."
TO_LOOK = "Is asked to look at these live texts again. Take that back on the page of each, and ask somebody else."
SCHEDULED = "Has put these on the schedule. It fires in their name: set it anew as another publisher, or it fails."
PROPOSED = "Has proposed to take these from readers. A proposal of a closed account counts no more: propose it anew."


def hanging_on(person: User) -> list[Hanging]:
    """Return what hangs on a person at the desk, each with the way to its list. Five queries."""
    asked = ReviewRequest.objects.asked_of(person).values("edition")
    looks = Flag.objects.standing().filter(asked=person).values("document")
    scheduled = Edition.objects.filter(status__in=[Status.SCHEDULED, Status.FAILED_TO_PUBLISH], scheduled_by=person)
    proposed = Proposal.objects.waiting().filter(by=person, edition__status__in=LIVE).values("edition")
    found = (
        (ASKED, Edition.objects.filter(pk__in=asked), None),
        (TO_LOOK, Edition.objects.live().filter(document__in=looks), None),
        (SCHEDULED, scheduled, ("The schedule", reverse("admin:editorial-schedule"))),
        (PROPOSED, Edition.objects.filter(pk__in=proposed), ("All proposals", list_url(mark="proposed"))),
    )
    shown = ((words, _named(editions.select_related("document")), more) for words, editions, more in found)
    return [*_owned(person), *(Hanging(words, things, more) for words, things, more in shown if things)]


def _owned(person: User) -> Iterator[Hanging]:
    number = Document.objects.owned_by(person).count()
    if number:
        words = OWNS.format("1 document" if number == 1 else f"{number} documents")
        hand_over = ("Hand over", f"{reverse('admin:editorial-hand-over')}?from={person.pk}")
        yield Hanging(words, [("What they own", list_url(owner=str(person.pk)))], hand_over)


def _named(editions: Iterable[Edition]) -> list[tuple[str, str]]:
    return [(each.document.title, edition_url(each)) for each in editions]
