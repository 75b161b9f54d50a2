"""Mail about what happened: queued in the transaction that writes the event, sent by a job once that has committed."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from django.core.mail import EmailMessage
from procrastinate.types import JSONDict

from alstrom_site.accounts.models import User
from alstrom_site.editorial import deferring
from alstrom_site.editorial.models import Event
from alstrom_site.editorial.notifications.letters import Letter
from alstrom_site.editorial.notifications.occasions import OCCASIONS, SILENT, TOGETHER, held_back, let_off
from alstrom_site.editorial.notifications.overtaken import overtaken
from alstrom_site.editorial.notifications.recipients import with_a_mailbox

__all__ = ["OCCASIONS", "SILENT", "Letter", "after", "after_all", "deliver", "post"]


def after_all(events: Sequence[Event]) -> None:
    """Queue the mails that follow from events of one step, in one letter for each person where their verb has one."""
    for verb, alike in groupby(events, key=attrgetter("verb")):
        same = list(alike)
        if verb in TOGETHER and len(same) > 1:
            post(TOGETHER[verb](same))
        else:
            for event in same:
                after(event)


def after(event: Event) -> None:
    """Queue the mails that follow from an event.

    They go to those whom its verb concerns, to whom it lets off, and to those who were to put live what it holds back.
    """
    occasion = OCCASIONS.get(event.verb)
    # Who is concerned twice gets the mail that says more.
    post([*(occasion(event) if occasion else []), *held_back(event), *let_off(event)])
    # A letter of its own: it is about other texts than that of the event.
    post(overtaken(event))


def post(letters: list[Letter]) -> None:
    """Queue letters in the transaction at hand, one job each; nobody gets two of them, and nobody without a mailbox."""
    first = {letter.person.pk: letter for letter in reversed(letters) if with_a_mailbox(letter.person)}
    calls: list[JSONDict] = [
        {"person": pk, "subject": letter.subject, "text": letter.text} for pk, letter in sorted(first.items())
    ]
    deferring.later(deferring.SEND_MAIL, *calls)


def deliver(person: int, subject: str, text: str) -> None:
    """Send one mail, unless the account was closed meanwhile; raises what the mail server's refusal raises."""
    found = User.objects.filter(pk=person).first()
    if found is not None and with_a_mailbox(found):
        EmailMessage(subject, text, to=[found.email]).send()
