"""Random people take random steps, most of them theirs to take and some not; after each one the laws hold."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document, Edition, Event, Proposal, PublishedPage, Review
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import LIVE, OPEN, ActionRefused
from tests.cast import NOW, Cast, make_cast
from tests.documents import fresh, reference_content, term_content, yes_to_all
from tests.invariants import hold_the_laws

PEOPLE = sorted(Cast.__dataclass_fields__)
MINUTE = timedelta(minutes=1)
EXAMPLES = int(os.environ.get("RANDOM_STORIES", "5"))
"""How many stories; more of them for whoever has an hour: RANDOM_STORIES=200."""
# Verbs that may move the dates of review: each of them is a review, or makes a reviewed text live or takes it away.
MOVE_DATES = {"publish", "publish in emergency", "approve", "reaffirm", "set policy"}

MOVES = {
    "draft": ("save", "submit", "submit", "open"),
    "in review": ("approve", "approve", "approve", "ask_for_changes", "save"),
    "changes requested": ("save", "submit", "submit"),
    "approved": ("publish", "publish", "schedule", "schedule", "save"),
    "scheduled": ("wait", "wait", "cancel", "publish"),
    "failed to publish": ("publish", "schedule", "cancel"),
    "live": ("open", "open", "sign_again", "propose", "decide"),
}
"""What comes next, by the state of what is open."""
EVERY_MOVE = (*sorted({move for moves in MOVES.values() for move in moves}), "hurry", "discard", "bring_up_to_date")


class Desk(RuleBasedStateMachine):
    """A desk with two documents of different kinds and policies, and nobody who keeps to their own part."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.cast = make_cast()
        self.at = NOW
        self.dice: Random
        self.which = 0
        self.documents: list[Document] = []

    @initialize(two_steps=st.booleans())
    def begin(self, two_steps: bool) -> None:
        """Two drafts; the term may need a second signature, by an editor."""
        for kind, content in (("term", term_content()), ("reference", reference_content())):
            self.documents.append(actions.start(kind, content, by=self.cast.editor, at=self.at).document)
        if two_steps:
            policy = actions.OwnPolicy([ReviewStep(1, MEDICAL_REVIEWER), ReviewStep(2, EDITOR)])
            term, seen = self.documents[0], actions.own_policy(self.documents[0]).digest
            actions.set_policy(term, policy, by=self.cast.publisher, at=self.at, seen=seen)

    def teardown(self) -> None:
        """Check the whole record once more, as an auditor does, and forget all of it."""
        try:
            projection.refresh_stale()
            assert [str(fault) for fault in faults()] == []
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def person(self, name: str) -> User:
        """The person, with nothing cached of what they may do."""
        return User.objects.get(pk=getattr(self.cast, name).pk)

    def edition(self, *, live: bool = False, any_state: bool = False) -> Edition | None:
        """The open or the live edition of the document at hand, an urgent fix first; or its newest in any state."""
        editions = Edition.objects.filter(document=self.documents[self.which]).order_by("-is_urgent", "-number")
        if not any_state:
            editions = editions.filter(status__in=LIVE if live else OPEN)
        found = editions.first()
        return fresh(found) if found else None

    def attempt(self, step: Callable[[datetime], object]) -> None:
        """Take a step; a refusal changes nothing, anything else that goes wrong is a fault of the site."""
        self.at += MINUTE
        before, dates = self.rows(), self.dates()
        try:
            with transaction.atomic():
                step(self.at)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except (ActionRefused, ContentRefused):
            assert self.rows() == before, "a refused step wrote something"
        else:
            self.only_reviews_move_dates(before["events"], dates)

    def rows(self) -> dict[str, Any]:
        """How many rows there are of what nobody may change, and all states."""
        states = list(Edition.objects.order_by("pk").values_list("pk", "status", "head", "round"))
        return {"events": Event.objects.count(), "reviews": Review.objects.count(), "states": states}

    def dates(self) -> dict[int, Any]:
        """When each live document was last reviewed and is due."""
        rows = Document.objects.live().values_list("pk", "last_reviewed_at", "review_due_on")
        return {pk: (reviewed, due) for pk, reviewed, due in rows}

    def only_reviews_move_dates(self, events: int, before: dict[int, Any]) -> None:
        """Dates move by reviews only."""
        verbs = set(Event.objects.filter(position__gt=events).values_list("verb", flat=True))
        moved = {pk for pk, pair in self.dates().items() if pk in before and before[pk] != pair}
        assert not moved or verbs & MOVE_DATES, f"{verbs} moved the review dates of {moved}"

    @invariant()
    def the_laws_hold(self) -> None:
        """All of them; and no reader sees a text without the approvals that its policy asks for."""
        hold_the_laws()
        assert all(
            Document.objects.filter(pk=page.document_id, live_edition__isnull=False).exists()
            for page in PublishedPage.objects.all()
        ), "a page stands that is not live"

    @rule(dice=st.randoms(use_true_random=True))
    def somebody_acts(self, dice: Random) -> None:
        """Somebody does something, mostly what comes next for a document and is theirs to do.

        One rule for all, because Hypothesis leaves whole rules out of a run, and then no text comes far.
        """
        self.dice, self.which = dice, dice.randrange(2)
        edition = self.edition()
        state = edition.status if edition else "live"
        moves = MOVES[state] if self.dice.random() < 0.7 else EVERY_MOVE
        getattr(self, self.dice.choice(moves))()

    def by(self, *names: str) -> User:
        """Somebody of the role, four times of five; else anybody at all."""
        return self.person(self.dice.choice(names if self.dice.random() < 0.8 else PEOPLE))

    def now_and_then(self) -> bool:
        """Once in eight times."""
        return self.dice.randrange(8) == 0

    def step(self, act: Callable[..., Any], edition: Edition | None, who: User, **given: Any) -> None:
        """Take a step on an edition as it stands, now and then on a text of before."""
        if edition is None:
            return
        seen = edition.text.digest
        if self.now_and_then():
            seen = self.dice.choice([*edition.revisions.values_list("digest", flat=True), "0" * 64])
        self.attempt(lambda at: act(edition, by=who, at=at, seen=seen, **given))

    def save(self) -> None:
        """Save a text, taken back or not."""
        edition = self.edition()
        if edition:
            field = "definition" if edition.document.kind == "term" else "title"
            content = {**edition.text.fields, field: f"Made up for tests, {self.dice.randrange(5)}."}
            who = self.by("editor", "second_editor")
            self.step(actions.save, edition, who, raw=content, take_back=self.dice.random() < 0.5)

    def open(self) -> None:
        """Begin the next edition, or an urgent fix."""
        document, who = Document.objects.get(pk=self.documents[self.which].pk), self.by("editor", "second_editor")
        urgent = document.open_edition is not None
        self.attempt(lambda at: actions.open_edition(document, by=who, at=at, urgent=urgent))

    def submit(self) -> None:
        """Submit what is open."""
        change = self.dice.choice(["minor", "major"])
        self.step(actions.submit, self.edition(), self.by("editor"), change=change, note="What changed in this test.")

    def approve(self) -> None:
        """Sign what is open."""
        edition = self.edition()
        if edition:
            who = self.by("reviewer", "second_reviewer", "second_editor", "everything")
            self.step(actions.approve, edition, who, said=yes_to_all(edition))

    def ask_for_changes(self) -> None:
        """Request changes, or only advise."""
        act: Callable[..., Any] = self.dice.choice([actions.recommend, actions.request_changes])
        self.step(act, self.edition(), self.by("reviewer", "second_reviewer"), comment="Say it shorter.")

    def publish(self) -> None:
        """Publish what is open."""
        self.step(actions.publish, self.edition(any_state=self.now_and_then()), self.by("publisher", "everything"))

    def schedule(self) -> None:
        """Schedule what is open."""
        window = actions.Window(self.at + self.dice.randrange(5) * MINUTE)
        self.step(actions.schedule, self.edition(), self.by("publisher"), window=window)

    def cancel(self) -> None:
        """Take what is open off the schedule."""
        self.step(actions.cancel_schedule, self.edition(), self.by("publisher"))

    def wait(self) -> None:
        """Let some time pass and run what is due; the publisher may have left meanwhile."""
        self.at += self.dice.randrange(5) * MINUTE
        publisher = User.objects.filter(pk=self.cast.publisher.pk)
        publisher.update(is_active=self.dice.random() < 0.7)
        self.attempt(actions.publish_due)
        publisher.update(is_active=True)

    def hurry(self) -> None:
        """Publish what nobody has approved."""
        self.step(actions.publish_in_emergency, self.edition(), self.by("publisher"), reason="A test.", note="A test.")

    def sign_again(self) -> None:
        """Reaffirm what is live, or approve it after an emergency."""
        edition = self.edition(live=True)
        if edition:
            act: Callable[..., Any] = actions.approve_afterwards if edition.review_is_pending else actions.reaffirm
            said = yes_to_all(edition)
            self.step(act, edition, self.by("reviewer", "second_reviewer"), said=said)

    def propose(self) -> None:
        """Propose to take a live text away."""
        wanted = actions.Retirement(self.dice.choice(["withdraw", "unpublish"]), "A test of this step.")
        self.step(actions.propose, self.edition(live=True), self.by("publisher", "editor"), wanted=wanted)

    def decide(self) -> None:
        """Confirm what somebody proposed, or turn it down."""
        edition = self.edition(live=True)
        proposal = Proposal.objects.waiting().filter(edition=edition).first() if edition else None
        who = self.by("publisher", "everything")
        if proposal and self.now_and_then():
            self.attempt(lambda at: actions.turn_down(proposal, answer="Not so.", by=who, at=at))
        elif proposal:
            act: Callable[..., Any] = actions.withdraw if proposal.verb == "withdraw" else actions.unpublish
            self.step(act, edition, who, reason=proposal.reason)

    def discard(self) -> None:
        """Discard what is open."""
        self.step(actions.discard, self.edition(), self.by("editor"), comment="Begun anew.")

    def bring_up_to_date(self) -> None:
        """Take over what went live beside an open edition."""
        edition = self.edition()
        live = edition.document.live_edition if edition else None
        if edition and live:
            given = {"raw": edition.text.fields, "live_seen": live.text.digest}
            self.step(actions.bring_up_to_date, edition, self.by("editor"), **given)


@pytest.mark.slow
@pytest.mark.django_db
def test_no_people_and_no_steps_lead_past_the_laws() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
