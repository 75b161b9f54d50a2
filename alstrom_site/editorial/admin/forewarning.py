"""What somebody should know before they take a step: that it repeats, undoes or lets lapse something."""

from datetime import datetime

from django.utils import timezone

from alstrom_site.editorial.kinds import known_otherwise
from alstrom_site.editorial.models import Edition, Proposal, Verdict
from alstrom_site.editorial.texts import CITED, shown_in
from alstrom_site.editorial.workflow import PUBLISH, SCHEDULE, Status, Transition

UNCHANGED = (
    "This is, word for word, the text for which changes were requested. If nothing in it is to be changed, say why in a"
    " comment before you submit it."
)
KNOWN_OTHERWISE = (
    "The live pages that cite it, {count} in all, are flagged for another look as it goes live, as by a major change,"
    " with the sentence that rests on it: {otherwise}."
)
SAYS_OTHERWISE = (
    "The live pages that show it, {count} in all, are flagged for another look as it goes live, as by a major change:"
    " it says something else in {otherwise}."
)
PROPOSED = (
    "{waits.by} has proposed to {waits.verb} what readers see now: “{waits.reason}” If you publish this edition, you"
    " decide against that, and the proposal lapses."
)
PROPOSED_AT_THAT_TIME = (
    "{waits.by} has proposed to {waits.verb} what readers see now: “{waits.reason}” As long as nobody has decided on"
    " that, no schedule is carried out: it fails at its time, and you get a mail."
)
WAS_NOT_TO = "It was not to go live after {}. Publish it only if that does not hold any more."


def is_too_late(edition: Edition, at: datetime) -> bool:
    """Whether an edition failed to go live and by now must not any more, as its schedule said."""
    until = edition.publish_until
    return edition.state is Status.FAILED_TO_PUBLISH and until is not None and until <= at


def unchanged_since_refused(edition: Edition) -> str:
    """Return a sentence that says so where changes were requested to exactly this text, else ""."""
    refusals = edition.reviews.filter(verdict=Verdict.REQUEST_CHANGES, revision__digest=edition.text.digest)
    return UNCHANGED if refusals.exists() else ""


def flags_what_cites_it(edition: Edition) -> str:
    """Return a sentence that says so where an edition changes what its document is cited as, or says in others."""
    otherwise = known_otherwise(edition)
    count = shown_in(edition.document).count() if otherwise else 0
    sentence = KNOWN_OTHERWISE if edition.document.kind == CITED else SAYS_OTHERWISE
    return sentence.format(count=count, otherwise=otherwise) if count else ""


def before_publishing(edition: Edition, transition: Transition) -> str:
    """Return what somebody should know before they put an edition live or on the schedule, "" for nothing."""
    return " ".join(filter(None, (_lets_a_proposal_lapse(edition, transition), flags_what_cites_it(edition))))


def _lets_a_proposal_lapse(edition: Edition, transition: Transition) -> str:
    """Return a sentence that says so where it is proposed to withdraw or unpublish what this edition follows."""
    waits = Proposal.objects.waiting_on(edition.document).select_related("by").first()
    sentence = PROPOSED_AT_THAT_TIME if transition is SCHEDULE else PROPOSED
    return sentence.format(waits=waits) if waits is not None else ""


def before_publishing_now(edition: Edition, at: datetime) -> str:
    """Return what somebody should know before they put an edition live at once, "" for nothing."""
    late = is_too_late(edition, at)
    until = f"{timezone.localtime(edition.publish_until):%-d %B %Y, %H:%M %Z}" if late else ""
    said = (WAS_NOT_TO.format(until) if late else "", before_publishing(edition, PUBLISH))
    return " ".join(filter(None, said))
