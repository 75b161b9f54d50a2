"""The round of review on a document's page: its steps, who signed, who is asked and by when, and who can be asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from alstrom_site.editorial.actions.asking import claim_refusal
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.policy_words import asks_for, how_often, who_signs
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.kinds import Kind
from alstrom_site.editorial.models import Document, Edition, Review, ReviewRequest
from alstrom_site.editorial.rounds import StepStanding, open_step_for, policy_of, standing
from alstrom_site.editorial.workflow import Status


@dataclass(frozen=True)
class ShownRequest:
    """Somebody who is asked, or took it on."""

    request: ReviewRequest
    is_late: bool
    is_mine: bool
    note: str
    """What was said to who was asked by name."""


@dataclass(frozen=True)
class Choice:
    """Somebody who can be asked for a step; `value` is "step:person", as the form sends it."""

    value: str
    label: str


@dataclass(frozen=True)
class ShownStep:
    """A step of the round; `place` is "done", "now" or "to come"."""

    number: int
    asks_for: str
    place: str
    signed: tuple[Review, ...]
    awaited: int
    requests: tuple[ShownRequest, ...]
    choices: tuple[Choice, ...]
    lacks_a_stand_in: bool


def panel(visit: Visit, at: datetime) -> Panel | None:
    """Return the round of the edition that the page is about, or None when none runs."""
    edition = visit.edition
    if edition.state is not Status.IN_REVIEW:
        return None
    steps = tuple(_steps(edition, visit.person, at.date()))
    content = {
        "edition": edition,
        "after": last_position(visit.document),
        "steps": steps,
        "may_ask": policies.may_ask(visit.person) is None and any(step.choices for step in steps),
        "may_claim": _may_claim(edition, visit.person),
        "my_request": next((each for step in steps for each in step.requests if each.is_mine), None),
        "urls": _urls(visit),
        "sent": _sent(visit),
        "tried": _tried(visit),
        "due_on": edition.review_due_on,
    }
    return Panel("asking", content)


@dataclass(frozen=True)
class Mine:
    """What one person may do about a review that waits, and who else has it."""

    edition: Edition
    after: int
    urls: dict[str, str]
    may_claim: bool
    my_request: ReviewRequest | None
    others: tuple[ReviewRequest, ...]
    tried: str
    sent: dict[str, str]


def mine_of(visit: Visit, edition: Edition) -> Mine | None:
    """Return what this person may do about the review of an edition, or None where there is nothing to say of it."""
    if edition.state is not Status.IN_REVIEW:
        return None
    requests = list(edition.review_requests.standing().select_related("reviewer", "asked_by").order_by("due_on", "pk"))
    may_claim = _may_claim(edition, visit.person)
    if not requests and not may_claim:
        return None
    return Mine(
        edition,
        last_position(visit.document),
        _urls(visit),
        may_claim,
        next((each for each in requests if each.reviewer_id == visit.person.pk), None),
        tuple(each for each in requests if each.reviewer_id != visit.person.pk),
        _tried(visit),
        _sent(visit),
    )


def _tried(visit: Visit) -> str:
    """Which of the forms this page answers, by the end of its address; "" where it was only opened."""
    return visit.request.path.rstrip("/").rpartition("/")[2] if visit.request.method == "POST" else ""


def _sent(visit: Visit) -> dict[str, str]:
    """What was typed into one of the forms, fit to be shown again."""
    return {name: visit.request.POST.get(name, "").replace("\x00", "") for name in ("whom", "due_on", "comment")}


def _may_claim(edition: Edition, person: User) -> bool:
    step = open_step_for(edition, person)
    return step is not None and not claim_refusal(edition, step, person)


def _urls(visit: Visit) -> dict[str, str]:
    return {page: visit.url(page) for page in ("ask", "claim", "decline")}


def asked_of(edition: Edition, person: User) -> list[tuple[ReviewRequest, str]]:
    """Return what waits for a verdict of this person, asked by name, each with what was said to them."""
    requests = edition.review_requests.asked_of(person).exclude(asked_by=person).select_related("asked_by")
    return [(request, _notes(edition).get(person.pk, "")) for request in requests]


def _notes(edition: Edition) -> dict[int, str]:
    """What was said to each of those who were asked by name, by their number; the last word where there are several."""
    asked = (event.fields for event in edition.events.filter(verb="ask").order_by("position"))
    return {fields["reviewer_id"]: fields.get("comment", "") for fields in asked}


def policy(visit: Visit, at: datetime) -> Panel:
    """Return who signs the texts of the document and how often it is reviewed, with the way to change it."""
    document = visit.document
    content = {
        "signers": who_signs(policy_of(document)),
        "interval": how_often(document.review_months or visit.kind.review_months),
        "whose": _whose(document, visit.kind),
        "url": visit.url("policy") if policies.may_set_policy(visit.person) is None else "",
    }
    return Panel("policy_panel", content)


def _whose(document: Document, kind: Kind) -> str:
    """In a sentence, what of the policy is the document's own; what the kind says beside an interval of its own."""
    if document.review_months is None:
        return "It is this document’s own." if document.review_policy else f"It is the one of all {kind.label_plural}."
    own = "Both are" if document.review_policy else "How often is"
    return f"{own} this document’s own; {kind.label_plural} are reviewed {how_often(kind.review_months)}."


def _steps(edition: Edition, person: User, day: date) -> Sequence[ShownStep]:
    requests = list(edition.review_requests.standing().select_related("reviewer", "asked_by").order_by("due_on", "pk"))
    people = list(User.objects.filter(is_active=True).order_by("display_name", "pk").prefetch_related("groups"))
    engaged, notes = policies.engaged_in(edition), _notes(edition)
    return [
        ShownStep(
            number=each.number,
            asks_for=asks_for(each.step),
            place=_place(each),
            signed=each.signed,
            awaited=each.awaited,
            requests=tuple(
                ShownRequest(
                    request,
                    is_late=request.due_on < day,
                    is_mine=request.reviewer_id == person.pk,
                    note="" if request.was_claimed else notes.get(request.reviewer_id, ""),
                )
                for request in requests
                if request.step == each.number and not each.is_complete
            ),
            choices=tuple(_choices(each, people, engaged)),
            lacks_a_stand_in=each.lacks_a_stand_in,
        )
        for each in standing(edition)
    ]


def _choices(step: StepStanding, people: Sequence[User], engaged: policies.Engaged) -> Iterator[Choice]:
    for person in people:
        if not step.is_complete and not policies.cannot_be_asked(person, step.step.role, engaged):
            yield Choice(
                f"{step.number}:{person.pk}", ", ".join(filter(None, [str(person), person.professional_title]))
            )


def _place(step: StepStanding) -> str:
    if step.is_complete:
        return "done"
    return "now" if step.open else "to come"
