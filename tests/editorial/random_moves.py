"""What people may do in a random story: each move is tried by somebody, whether it is theirs or not."""

from collections.abc import Callable
from typing import Any

from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Comment, Document, Proposal, Reason, ReviewRequest
from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED, ReviewStep
from tests.documents import PROVEN, yes_to_all
from tests.editorial.random_beside import BESIDE, Beside
from tests.editorial.random_story import MINUTE

MOVES = {
    "draft": ("save", "save", "submit", "submit", "submit", "open", "hurry"),
    "in review": ("approve", "approve", "approve", "approve", "ask_for_changes", "save", "ask", "decline"),
    "changes requested": ("save", "submit", "submit", "hurry"),
    "approved": ("publish", "publish", "publish", "schedule", "save"),
    "scheduled": ("wait", "wait", "cancel", "publish"),
    "failed to publish": ("publish", "schedule", "cancel"),
    "live": ("open", "open", "sign_again", "sign_again", "propose", "decide", "flag"),
}
"""What comes next, by the state of what is open."""
AT_ANY_TIME = ("discard", "bring_up_to_date", "comment", "resolve", "set_policy", "flag", "sign_again")
EVERY_MOVE = (*sorted({move for moves in MOVES.values() for move in moves}), *AT_ANY_TIME, *sorted(set(BESIDE)))
A_DAY = 1440 * MINUTE
WRITERS = ("editor", "second_editor", "everything")
REVIEWERS = ("reviewer", "second_reviewer", "everything")
POLICIES = (
    (),
    (ReviewStep(1, MEDICAL_REVIEWER, 2),),
    (ReviewStep(1, MEDICAL_REVIEWER), ReviewStep(2, EDITOR)),
    (ReviewStep(1, MEDICAL_REVIEWER, ALL_WHO_ARE_ASKED),),
)


class Moves(Beside):
    """The moves. Who makes one is drawn from those whose part it is, most of the time."""

    def somebody_acts(self) -> None:
        """Somebody does something, mostly what comes next for a document and is theirs to do."""
        self.which = self.dice.choice([0, 0, 0, 1, 1, 2])
        edition = self.edition()
        moves = MOVES[edition.status] if edition else MOVES["live"]
        if edition and edition.is_behind and self.one_in(2):
            moves = ("bring_up_to_date",)
        elif self.one_in(4):
            moves = self.dice.choice([EVERY_MOVE, BESIDE])
        getattr(self, self.dice.choice(moves))()

    def save(self) -> None:
        """Save a text, taken back or not; now and then at another address, or carrying the question or not."""
        edition = self.edition()
        if edition:
            kind = edition.document.kind
            field = "question" if kind == "faq" else "title"
            content = {**edition.text.fields, field: f"Made up for tests, {self.dice.randrange(5)}."}
            if kind != "reference" and self.one_in(4):
                content["slug"] = f"page-{self.dice.randrange(3)}"
            if kind == "article" and self.one_in(4):
                question = Document.objects.get(kind="faq").address
                content["faqs"] = self.dice.choice([[], [question]])
            take_back = (edition.status != "draft") != self.one_in(4)
            self.step(actions.save, edition, self.by(*WRITERS), raw=content, take_back=take_back)

    def open(self) -> None:
        """Begin the next edition, or an urgent fix."""
        document, who = self.document(), self.by(*WRITERS)
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
            self.step(actions.approve, edition, self.by(*REVIEWERS, "second_editor"), said=yes_to_all(edition))

    def ask_for_changes(self) -> None:
        """Request changes, or only advise."""
        step = self.edition(), self.by(*REVIEWERS)
        if self.one_in(2):
            self.step(actions.recommend, *step, comment="Say it shorter.")
        else:
            self.step(actions.request_changes, *step, comment="Say it shorter.", said=PROVEN)

    def ask(self) -> None:
        """Ask somebody for a step of the round, or take it from the queue."""
        edition, wanted = self.edition(), self.by(*REVIEWERS, "second_editor")
        if self.one_in(2):
            self.step(actions.claim, edition, wanted)
        else:
            asked = actions.Wanted(wanted, self.dice.choice([1, 1, 2]), (self.at + 9000 * MINUTE).date())
            self.step(actions.ask, edition, self.by("editor", "publisher"), wanted=asked)

    def decline(self) -> None:
        """Decline what one was asked for."""
        request = ReviewRequest.objects.filter(edition=self.edition()).order_by("-pk").first()
        if request:
            who = request.reviewer if not self.one_in(4) else self.by(*REVIEWERS)
            self.attempt(lambda at: actions.decline(request, reason="No time.", by=who, at=at))

    def publish(self) -> None:
        """Publish what is open."""
        self.step(actions.publish, self.edition(any_state=self.one_in(8)), self.by("publisher", "everything"))

    def schedule(self) -> None:
        """Schedule what is open."""
        window = actions.Window(self.at + self.dice.randrange(5) * MINUTE)
        self.step(actions.schedule, self.edition(), self.by("publisher"), window=window)

    def cancel(self) -> None:
        """Take what is open off the schedule."""
        self.step(actions.cancel_schedule, self.edition(), self.by("publisher"))

    def wait(self) -> None:
        """Let some time pass, now and then a day, and run what is due; somebody may have left meanwhile."""
        self.at += A_DAY if self.one_in(6) else self.dice.randrange(5) * MINUTE
        if self.one_in(3):
            self.come_and_go()
        self.attempt(self.run_what_is_due)

    def run_what_is_due(self, at: Any) -> None:
        """Publish what is due; nothing about it is unexpected."""
        unexpected = [outcome for outcome in actions.publish_due(at) if "nobody expected" in outcome.reason]
        assert not unexpected, unexpected

    def hurry(self) -> None:
        """Publish what nobody has approved."""
        who, edition = self.by("publisher", "everything"), self.edition()
        known = actions.Besides("A test.", edition.reviews.values_list("pk", flat=True) if edition else ())
        self.step(actions.publish_in_emergency, edition, who, reason="A test.", besides=known)

    def sign_again(self) -> None:
        """Reaffirm what is live, or approve it after an emergency."""
        edition = self.edition(live=True)
        if edition:
            act: Callable[..., Any] = actions.approve_afterwards if edition.review_is_pending else actions.reaffirm
            self.step(act, edition, self.by(*REVIEWERS), said=yes_to_all(edition))

    def propose(self) -> None:
        """Propose to take a live text away."""
        wanted = actions.Retirement(self.dice.choice(["withdraw", "unpublish"]), "A test of this step.")
        self.step(actions.propose, self.edition(live=True), self.by("publisher", "editor"), wanted=wanted)

    def decide(self) -> None:
        """Confirm what somebody proposed, or turn it down."""
        edition = self.edition(live=True)
        proposal = Proposal.objects.waiting().filter(edition=edition).first() if edition else None
        who = self.by("publisher", "everything")
        if proposal and self.one_in(4):
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
        live = edition.document.last_public_edition if edition else None
        if edition and live:
            given = {"raw": edition.text.fields, "live_seen": live.text.digest}
            self.step(actions.bring_up_to_date, edition, self.by(*WRITERS), **given)

    def comment(self) -> None:
        """Comment on what is open; now and then it must be fixed."""
        words = actions.Words("Made up for tests.", must_fix=self.one_in(2))
        self.step(actions.comment, self.edition(), self.by(*REVIEWERS, "editor"), words=words)

    def resolve(self) -> None:
        """Resolve a comment."""
        thread = Comment.objects.unresolved().filter(edition__document=self.document()).order_by("pk").first()
        if thread:
            who = self.by(*REVIEWERS) if thread.author is None or self.one_in(3) else thread.author
            self.attempt(lambda at: actions.resolve(thread, by=who, at=at))

    def set_policy(self) -> None:
        """Say who must sign from the next round on, and how often."""
        policy = actions.OwnPolicy(self.dice.choice(POLICIES), self.dice.choice([None, 6, 36]))
        document, who = self.document(), self.by("publisher", "administrator")
        seen = actions.own_policy(document).digest
        self.attempt(lambda at: actions.set_policy(document, policy, by=who, at=at, seen=seen))

    def flag(self) -> None:
        """Call for another look at what is live."""
        document, who = self.document(), self.by("editor")
        why, said = Reason.SOURCE, f"Made up for tests, {self.dice.randrange(3)}."
        self.attempt(lambda at: actions.raise_flag(document, why, about=None, statement=said, by=who, at=at))
