"""Replays the events of a document: what must stand in its rows, if nobody wrote there but the site's own actions.

`EFFECTS` says of each verb of the record what it makes of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.verification.fault import Fault
from alstrom_site.editorial.verification.replay import approvals, beside, documents, editions
from alstrom_site.editorial.verification.replay.told import UNKNOWN, Happened, Row, Told
from alstrom_site.editorial.workflow import REMARKS, START, TRANSITIONS, VERBS_OF_NOTICES

__all__ = ["EFFECTS", "UNKNOWN", "Happened", "Row", "Told", "replay"]

Effect = Callable[[Told, Happened], None]

EFFECTS: Mapping[str, Sequence[Effect]] = {
    START: (editions.begin, documents.begin),
    "revise": (editions.write,),
    "take back": (editions.write,),
    "bring up to date": (editions.take_over,),
    "submit": (editions.submit,),
    "request changes": (editions.undo, beside.give),
    "recommend": (),
    "approve": (editions.approve, beside.give, documents.review),
    "schedule": (editions.schedule,),
    "cancel schedule": (editions.unschedule,),
    "fail to publish": (editions.fail,),
    "publish": (editions.publish, documents.go_live),
    "publish in emergency": (editions.publish_in_emergency, documents.emergency),
    "reaffirm": (documents.reaffirm,),
    "withdraw": (editions.withdraw, beside.take),
    "unpublish": (editions.end, documents.go_away, beside.take),
    "supersede": (editions.end,),
    "discard": (editions.discard,),
    "hand over": (documents.hand_over,),
    "set policy": (documents.set_policy,),
    "ask": (beside.ask,),
    "claim": (beside.ask,),
    "decline": (beside.decline,),
    "propose": (beside.propose,),
    "turn down": (beside.turn_down,),
    "void proposal": (beside.turn_down,),
    "flag": (beside.flag,),
    "settle": (beside.settle,),
}
"""What each verb makes of the rows; any may let off who was asked beside.

Comments and shared links are checked by `verification.remarks`, former addresses by `verification.addresses`, what
other rooms keep by themselves (`verification.rooms`).
"""

WITHOUT_EFFECT = frozenset(
    {"remind", "comment", "answer", "resolve", "reopen", "share", "revoke link", "take in", "give way"}
    | set(VERBS_OF_NOTICES)
)
"""Verbs that change no row which is replayed here."""

STEPS = frozenset({("", START, "draft"), ("in review", "revise", "draft"), ("approved", "revise", "draft")}) | {
    (str(source), step.verb, str(step.target)) for step in TRANSITIONS for source in step.sources
}
"""The steps there are, each from where and to where. “revise” also took a text back before that had its own verb."""

UNFOLLOWED = (KeyError, TypeError, ValueError, AttributeError)


def replay(events: Iterable[Happened], told: Told) -> Iterator[Fault]:
    """Replay the events of one document, in order, into `told`; yield what in them does not follow."""
    for event in events:
        known = event.edition in told.of(Edition)
        # An edition without its beginning is named once, as a row that no event records.
        if known or event.verb == START:
            yield from _replayed(event, told)
    if approvals.pending(told) and not approvals.is_flagged(told):
        yield Fault(f"Edition {told.document['live_edition_id']}", approvals.NO_FLAG)


def _replayed(event: Happened, told: Told) -> Iterator[Fault]:
    place, before = f"Event {event.position}", told.of(Edition).get(event.edition, {}).get("status", "")
    if event.verb not in REMARKS and event.source != before:
        yield Fault(place, f"it begins from “{event.source}”, and its edition was “{before}”.")
    if event.verb not in REMARKS and (event.source, event.verb, event.target) not in STEPS:
        yield Fault(place, f"“{event.verb}” never led from “{event.source}” to “{event.target}”.")
    try:
        for effect in (*EFFECTS.get(event.verb, ()), beside.let_off):
            effect(told, event)
        yield from (Fault(place, message) for message in approvals.not_borne(told, event))
    except UNFOLLOWED as problem:
        yield Fault(place, f"what it says cannot be followed ({type(problem).__name__}: {problem}).")
    if event.verb not in REMARKS and event.edition in told.of(Edition):
        told.edition(event).update(status=event.target, head_id=event.revision)
