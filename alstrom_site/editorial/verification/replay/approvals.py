"""Whether approvals bear what was published and settled, and two people what takes two, in all that there ever was."""

from collections import Counter
from collections.abc import Iterator

from alstrom_site.editorial.models import Edition, Flag, Proposal, Reason
from alstrom_site.editorial.texts import WHOLE_TEXT
from alstrom_site.editorial.verification.replay.authors import contributors
from alstrom_site.editorial.verification.replay.told import UNKNOWN, Happened, Row, Told
from alstrom_site.editorial.workflow import PUBLISH, UNPUBLISH, WITHDRAW, Status

NOT_APPROVED = "it made public what not everybody whom the review policy asks for had approved."
OWN_CHANGE = "it is the signature of somebody who wrote part of the change."
ALONE = "it takes two people, and nobody else had proposed it."
SETTLED = "it settled the flag of an emergency, and nobody had approved what went out in it."
NO_FLAG = "it went out in an emergency, nobody has approved it since, and no flag says so."


def not_borne(told: Told, event: Happened) -> Iterator[str]:
    """Yield, as a sentence, what an event did without the approvals for it; all before it, and itself, are replayed."""
    if event.verb == PUBLISH.verb and not _is_approved(told, event):
        yield NOT_APPROVED
    if event.verb in WHOLE_TEXT and event.by in contributors(told, event):
        yield OWN_CHANGE
    if event.verb in (WITHDRAW.verb, UNPUBLISH.verb) and _took_two(event) and not _proposed_by_another(told, event):
        yield ALONE
    if event.verb == "settle" and pending(told):
        flags = told.of(Flag)
        if any(flags.get(number, {}).get("reason") == Reason.EMERGENCY for number in event.said.get("flags", ())):
            yield SETTLED


def pending(told: Told) -> Row | None:
    """Return the published edition when it went out in an emergency and was not approved since, nor withdrawn."""
    live = told.of(Edition).get(told.document.get("live_edition_id"))
    if not live or live.get("status") != Status.PUBLISHED:
        return None
    return live if live["emergency_reason"] and live["approved_afterwards_at"] is None else None


def is_flagged(told: Told) -> bool:
    """Whether a flag of an emergency stands, or may: of an older site it is not told which were settled."""
    standing = (flag for flag in told.of(Flag).values() if flag.get("settled_at") is None)
    return Flag in told.not_named or any(flag.get("reason") == Reason.EMERGENCY for flag in standing)


def _took_two(event: Happened) -> bool:
    """Whether it was to be proposed first, as it says itself; one of an older site was, when it names a proposal."""
    return bool(event.said.get("by_two_people", "proposal" in event.said))


def _proposed_by_another(told: Told, event: Happened) -> bool:
    proposal = told.of(Proposal).get(event.said.get("proposal"))
    if proposal is None:
        return False
    by = event.said.get("proposed_by_id", proposal.get("by_id", UNKNOWN))
    # Of a proposal of an older site not all of this was told.
    proposed = (proposal.get("verb", event.verb), proposal.get("edition_id", event.edition), proposal.get("by_id", by))
    return by != event.by and proposed == (event.verb, event.edition, by)


def _is_approved(told: Told, event: Happened) -> bool:
    """As the database asks it. Of what was submitted before there were policies, one signature is asked for."""
    policy = told.edition(event)["policy"]
    signed = Counter(each.fills for each in told.signed[event.edition] if each.revision == event.revision)
    asked = enumerate([] if policy is UNKNOWN else policy, start=1)
    return bool(signed) and all(signed[number, step["role"]] >= max(1, step["needed"]) for number, step in asked)
