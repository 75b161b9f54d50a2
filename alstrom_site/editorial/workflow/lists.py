"""The list of all steps, and what the record keeps beside them."""

from alstrom_site.editorial.workflow.transitions import (
    APPROVE,
    APPROVE_AFTERWARDS,
    APPROVE_IN_PART,
    BRING_UP_TO_DATE,
    CANCEL_SCHEDULE,
    DISCARD,
    FAIL,
    PUBLISH,
    PUBLISH_IN_EMERGENCY,
    REAFFIRM,
    RECOMMEND,
    REQUEST_CHANGES,
    REVISE,
    SCHEDULE,
    SUBMIT,
    SUPERSEDE,
    TAKE_BACK,
    UNPUBLISH,
    WITHDRAW,
    Transition,
)

TRANSITIONS: tuple[Transition, ...] = (
    REVISE,
    TAKE_BACK,
    BRING_UP_TO_DATE,
    SUBMIT,
    REQUEST_CHANGES,
    RECOMMEND,
    APPROVE,
    APPROVE_IN_PART,
    SCHEDULE,
    CANCEL_SCHEDULE,
    FAIL,
    PUBLISH,
    PUBLISH_IN_EMERGENCY,
    APPROVE_AFTERWARDS,
    REAFFIRM,
    WITHDRAW,
    UNPUBLISH,
    SUPERSEDE,
    DISCARD,
)

START = "start"
"""The verb of an edition's first event; it comes from no state, so it is no transition."""
VERBS_OF_NEW_TEXT = frozenset({START, REVISE.verb, TAKE_BACK.verb, BRING_UP_TO_DATE.verb})
VERBS_OF_PUBLICATION = frozenset({PUBLISH.verb, PUBLISH_IN_EMERGENCY.verb})

_PAST = {(step.verb, source.value): step.past for step in TRANSITIONS for source in step.sources}


def in_the_past(verb: str, source: str, step: object = None) -> str:
    """Return what somebody did, for a sentence with their name before and the edition after it; `source` is the state.

    Two steps may have one verb: "approve" before and after publication. `step` is the one that a proposal is about.
    """
    if step and verb in OF_PROPOSALS:
        return f"{OF_PROPOSALS[verb]} {step}"
    return _PAST.get((verb, source)) or ("began" if verb == START else REMARKS.get(verb, verb))


OF_PROPOSALS = {
    "propose": "proposed to",
    "turn down": "turned down the proposal to",
    "void proposal": "let lapse the proposal to",
}
"""What became of a proposal, before the step that was proposed."""

OBSERVE = "observe"
TAKE_NOTICE_BACK = "take notice back"
NOTE_AGAIN = "note again"
VERBS_OF_NOTICES = (OBSERVE, TAKE_NOTICE_BACK, NOTE_AGAIN)
"""The verbs by which it changes what is known of a source from outside."""

REMARKS = {
    "hand over": "handed over",
    "set policy": "changed the review policy of",
    "ask": "asked for a review of",
    "claim": "claimed the review of",
    "decline": "declined to review",
    "remind": "reminded of",
    "comment": "commented on",
    "answer": "answered a comment on",
    "resolve": "resolved a comment on",
    "reopen": "reopened a comment on",
    "share": "made a link to",
    "revoke link": "revoked a link to",
    "propose": "proposed a step for",
    "turn down": "turned down a proposal for",
    "void proposal": "let lapse a proposal for",
    "take in": "merged another document into",
    "give way": "let another document stand in for",
    "flag": "flagged",
    "settle": "settled a flag on",
    OBSERVE: "noted what happened to the work of",
    TAKE_NOTICE_BACK: "took back what was noted of the work of",
    NOTE_AGAIN: "noted again what happened to the work of",
}
"""What else the record keeps, in the words of a sentence: such an event moves no state."""
