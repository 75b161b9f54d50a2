"""Who is told of what: one function for each verb of the record, which returns the letters that follow from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import PUBLISHER
from alstrom_site.editorial import review_policy
from alstrom_site.editorial.models import Answer, Event, Flag, Reason
from alstrom_site.editorial.models.flag import WHAT_RESTS
from alstrom_site.editorial.naming import title_of
from alstrom_site.editorial.notifications.advice import advised
from alstrom_site.editorial.notifications.another_look import asked_to_look_again, settled
from alstrom_site.editorial.notifications.letters import (
    APPROVE_AFTERWARDS,
    REVIEW,
    Letter,
    desk_link,
    letters,
    letters_about,
    personal_letter,
)
from alstrom_site.editorial.notifications.recipients import (
    answerable,
    awaited_reviewers,
    holders_of,
    owner_and,
    owners_of_drafts_citing,
    publishers_for,
    reached,
    reviewers,
)
from alstrom_site.editorial.rounds import standing
from alstrom_site.editorial.workflow import (
    LIVE,
    NOTE_AGAIN,
    OBSERVE,
    READY,
    SCHEDULE,
    TAKE_NOTICE_BACK,
    Status,
    in_the_past,
)

Occasion = Callable[[Event], list[Letter]]


def submitted(event: Event) -> list[Letter]:
    """To those whose signature the round waits for first."""
    return letters_about(event, "submitted", awaited_reviewers(event.edition), page=REVIEW)


def asked(event: Event) -> list[Letter]:
    """To the person who was asked by name at this moment."""
    requests = event.edition.review_requests.filter(asked_by=event.by, asked_at=event.at).select_related("reviewer")
    return [
        letter
        for request in requests
        for letter in letters_about(
            event,
            "asked",
            [request.reviewer],
            page=REVIEW,
            due_on=request.due_on,
            note=event.fields.get("comment", ""),
        )
    ]


def declined(event: Event) -> list[Letter]:
    """To who asked, and to who submitted the text; to the publishers when the round waits for somebody else then."""
    request = event.edition.review_requests.filter(
        reviewer=event.by, round=event.edition.round, answer=Answer.DECLINED
    ).first()
    if request is None:
        return []
    people = [request.asked_by, *([event.edition.submitted_by] if event.edition.submitted_by else [])]
    stuck = any(each.lacks_a_stand_in for each in standing(event.edition))
    return [
        *letters_about(event, "stand_in", holders_of(PUBLISHER) if stuck else [], reason=request.reason),
        *letters_about(event, "declined", people, reason=request.reason),
    ]


def changes_requested(event: Event) -> list[Letter]:
    """To who answers for the text."""
    comment = event.review.comment if event.review else ""
    return letters_about(event, "changes_requested", answerable(event.edition), comment=comment)


def approved(event: Event) -> list[Letter]:
    """To the publishers when the policy waits for nobody else; else to those whose turn it is now."""
    if event.source == Status.PUBLISHED:
        people = owner_and(event.edition, event.edition.published_by)
        return letters_about(event, "approved_afterwards", people)
    if event.target == Status.APPROVED:
        return letters_about(event, "approved", publishers_for(event.edition))
    turn = awaited_reviewers(event.edition) if _opened_the_next(event) else []
    return letters_about(event, "submitted", turn, page=REVIEW)


def _opened_the_next(event: Event) -> bool:
    """Whether this signature was the last one of its place in the order."""
    steps = review_policy.read(event.edition.policy)
    signed = steps[event.review.step - 1].place if event.review else 0
    return all(each.step.place > signed for each in standing(event.edition) if each.open)


def scheduled(event: Event) -> list[Letter]:
    """To who answers for the text."""
    return letters_about(event, "scheduled", answerable(event.edition))


def schedule_cancelled(event: Event) -> list[Letter]:
    """To who answers for the text."""
    return letters_about(event, "schedule_cancelled", answerable(event.edition))


def published(event: Event) -> list[Letter]:
    """To who answers for the text."""
    return letters_about(event, "published", answerable(event.edition))


def failed_to_publish(event: Event) -> list[Letter]:
    """To who scheduled it, who did not act at that moment, to the owner and to the publishers."""
    people = [*owner_and(event.edition, event.edition.scheduled_by), *holders_of(PUBLISHER)]
    reason = event.fields.get("comment", "")
    said = {"event": event, "edition": event.edition, "reason": reason}
    return letters("failed_to_publish", people, event.document, **said)


def published_in_emergency(event: Event) -> list[Letter]:
    """To every medical reviewer, with the way to sign it, to the owner and to the publishers."""
    others = [*owner_and(event.edition), *holders_of(PUBLISHER)]
    said = {"reason": event.edition.emergency_reason, "despite": event.fields.get("despite", [])}
    return [
        *letters_about(event, "emergency", reviewers(), page=APPROVE_AFTERWARDS, **said),
        *letters_about(event, "emergency", others, **said),
    ]


def proposed(event: Event) -> list[Letter]:
    """To the publishers, one of whom must confirm it."""
    proposal = event.edition.proposals.order_by("-at", "-pk").first()
    return letters_about(event, "proposed", holders_of(PUBLISHER), proposal=proposal)


def turned_down(event: Event) -> list[Letter]:
    """To who proposed it."""
    proposal = event.edition.proposals.exclude(decided_at=None).order_by("-decided_at", "-pk").first()
    return letters_about(event, "turned_down", [proposal.by], proposal=proposal) if proposal else []


def proposal_void(event: Event) -> list[Letter]:
    """To who proposed what another edition has overtaken."""
    proposal = event.edition.proposals.filter(pk=event.fields.get("proposal", 0)).select_related("by").first()
    return letters_about(event, "proposal_void", [proposal.by], proposal=proposal) if proposal else []


def flagged(event: Event) -> list[Letter]:
    """To the owner, or the publishers when the owner has left; an emergency is told to many by itself."""
    if event.fields.get("reason") == Reason.EMERGENCY:
        return []
    if event.fields.get("reason") == Reason.ASKED:
        return asked_to_look_again(event)
    flag = event.document.flags.filter(pk=event.fields.get("flag", 0)).first()
    return letters_about(event, "flagged", reached([event.document.owner]), flag=flag)


def flagged_together(events: Sequence[Event]) -> list[Letter]:
    """To each owner, or whoever stands in for one who has left, one letter of all their texts that one step flagged."""
    standing_in = {owner: reached([owner]) for owner in {event.edition.document.owner for event in events}}
    told: dict[User, list[Event]] = {}
    for event in events:
        for person in standing_in[event.edition.document.owner]:
            if person.pk != event.by_id:
                told.setdefault(person, []).append(event)
    flags = Flag.objects.in_bulk([event.fields["flag"] for event in events])
    return [_of_flags(person, theirs, flags) for person, theirs in told.items()]


def _of_flags(person: User, events: Sequence[Event], flags: Mapping[int, Flag]) -> Letter:
    first = events[0]
    flag, edition = flags[first.fields["flag"]], first.edition
    if len(events) == 1:
        return letters("flagged", [person], edition.document, event=first, edition=edition, flag=flag)[0]
    cause = first.fields["comment"].partition(WHAT_RESTS)[0].strip()
    texts = [_line_of(event) for event in events]
    return personal_letter("flagged_together", person, event=first, flag=flag, cause=cause, texts=texts)


def _line_of(event: Event) -> dict[str, object]:
    """What a letter about many texts says of one: its title and link, what in it rests on the cause, and its owner."""
    document = event.edition.document
    _, named, rests = event.fields["comment"].partition(WHAT_RESTS)
    title, link = title_of(document, event.edition), desk_link(document, event.edition)
    return {"title": title, "link": link, "rests": f"{named}{rests}", "owner": document.owner}


def observed(event: Event) -> list[Letter]:
    """To the owners of the entry and of the unpublished texts that cite it; those of live ones hear of their flag."""
    return _of_a_source(event, [])


def notice_put_right(event: Event) -> list[Letter]:
    """To those who hear of each notice, and to the publishers: a warning to readers is gone with it, or back."""
    return _of_a_source(event, holders_of(PUBLISHER))


def _of_a_source(event: Event, others: Iterable[User]) -> list[Letter]:
    # An older event does not say so: it was written only where there was news.
    if not event.fields.get("news", True):
        return []
    owners = [event.document.owner, *owners_of_drafts_citing(event.document)]
    # Each of them by itself: another owner does not look after the text of one who has left.
    told = [person for owner in owners for person in reached([owner])]
    people = {person.pk: person for person in (*told, *others)}
    return letters_about(event, "observed", people.values(), said=event.fields.get("comment", ""))


def taken_away(event: Event) -> list[Letter]:
    """To who answers for the text, when readers are told that it no longer holds or find it no more."""
    return letters_about(event, "taken_away", answerable(event.edition), comment=event.fields.get("comment", ""))


def discarded(event: Event) -> list[Letter]:
    """To who answers for the text."""
    return letters_about(event, "discarded", answerable(event.edition), comment=event.fields.get("comment", ""))


def let_off(event: Event) -> list[Letter]:
    """To those who were asked, and of whom no signature is wanted after this step, whichever it was."""
    spared = User.objects.filter(pk__in=event.fields.get("no_longer_asked", [])).order_by("pk")
    return letters_about(event, "not_needed", spared, done=in_the_past(event.verb, event.source))


def held_back(event: Event) -> list[Letter]:
    """To who put an approved text on the schedule, else to the publishers, when a step makes it a draft or ends it."""
    if event.source not in READY or event.target in (*READY, *LIVE):
        return []
    # The edition itself does not know any more: the step took its schedule away.
    schedules = event.edition.events.filter(verb=SCHEDULE.verb).order_by("-position")
    scheduled_by = schedules.values("by")[:1] if event.source != Status.APPROVED else schedules.none().values("by")
    people = list(User.objects.filter(pk__in=scheduled_by)) or publishers_for(event.edition)
    was = {Status.APPROVED: "was approved"}.get(Status(event.source), "was on the schedule")
    return letters_about(event, "held_back", people, done=in_the_past(event.verb, event.source), was=was)


def handed_over(event: Event) -> list[Letter]:
    """To the new owner."""
    return letters_about(event, "handed_over", User.objects.filter(pk=int(event.fields.get("to_id", 0))))


def handed_over_together(events: Sequence[Event]) -> list[Letter]:
    """To the new owner, one letter of all that one step handed over."""
    first = events[0]
    people = User.objects.filter(pk=int(first.fields.get("to_id", 0))).exclude(pk=first.by_id)
    documents = [event.edition.document for event in events]
    texts = [{"title": title_of(each), "link": desk_link(each)} for each in documents]
    return [personal_letter("handed_over_together", person, event=first, texts=texts) for person in people]


OCCASIONS: Mapping[str, Occasion] = {
    "submit": submitted,
    "ask": asked,
    "decline": declined,
    "request changes": changes_requested,
    "approve": approved,
    "schedule": scheduled,
    "cancel schedule": schedule_cancelled,
    "publish": published,
    "fail to publish": failed_to_publish,
    "publish in emergency": published_in_emergency,
    "propose": proposed,
    "turn down": turned_down,
    "void proposal": proposal_void,
    "flag": flagged,
    "settle": settled,
    OBSERVE: observed,
    NOTE_AGAIN: notice_put_right,
    TAKE_NOTICE_BACK: notice_put_right,
    "withdraw": taken_away,
    "unpublish": taken_away,
    "discard": discarded,
    "comment": advised,
    "hand over": handed_over,
}
TOGETHER: Mapping[str, Callable[[Sequence[Event]], list[Letter]]] = {
    "flag": flagged_together,
    "hand over": handed_over_together,
}
"""Of verbs by which one step may concern many texts: the letters that follow from all such events of it."""
SILENT = frozenset(
    {"start", "revise", "take back", "bring up to date", "recommend", "supersede", "reaffirm", "set policy"}
    | {"take in", "give way", "claim", "remind", "answer", "resolve", "reopen", "share", "revoke link"}
)
"""What only those are mailed about whom it lets off. It stands on the document's page, and asks nobody for anything."""
