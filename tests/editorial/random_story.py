"""A story: an article, the question it carries and its source, among people whom nobody keeps to their own part."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import (
    Comment,
    Document,
    Edition,
    Event,
    Flag,
    PublishedPage,
    Review,
    ReviewRequest,
    SharedLink,
)
from alstrom_site.editorial.texts import shown_in
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import LIVE, OPEN, ActionRefused
from tests.cast import NOW, Cast, make_cast
from tests.documents import STEP, draft, fresh, published
from tests.invariants import hold_the_laws

PEOPLE = sorted(Cast.__dataclass_fields__)
MINUTE = timedelta(minutes=1)
# Verbs that may move the dates of review: each of them is a review, or makes a reviewed text live or takes it away.
MOVE_DATES = {"publish", "publish in emergency", "approve", "reaffirm", "set policy"}

# No button does these: they follow from the schedule or the step of somebody who was checked there, in their name.
FOLLOW = {"fail to publish", "flag"}


class Story:
    """Who and what there is, how a step is tried, and what must hold after it. All of it is undone at the end."""

    def __init__(self) -> None:
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.cast = make_cast()
        self.at = NOW
        self.dice: Random
        self.which = 0
        self.has_changed = True
        source, question = (published(self.cast, kind, at=NOW - 6 * STEP) for kind in ("reference", "faq"))
        article = draft(self.cast, "article", faqs=[question.document.address])
        self.documents = [article.document, question.document, source.document]
        actions.share(article.text, actions.Invitation("advice", "Test Guest"), by=self.cast.editor, at=NOW)

    def end(self) -> None:
        """Check the whole record once more, as an auditor does, and forget all of it."""
        try:
            projection.refresh_stale()
            assert [str(fault) for fault in faults()] == []
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def check_the_laws(self) -> None:
        """All of them, when something was written; no reader sees what is not live, alone or in another page."""
        if self.has_changed:
            hold_the_laws()
            pages = PublishedPage.objects.exclude(document__in=Document.objects.live())
            assert not pages.exists(), "a page stands that is not live"
            gone = Document.objects.exclude(pk__in=Document.objects.live())
            assert not any(shown_in(each).exists() for each in gone), "a live page shows what is not live"
        self.has_changed = False

    def person(self, name: str) -> User:
        """The person, with nothing cached of what they may do."""
        return User.objects.get(pk=getattr(self.cast, name).pk)

    def by(self, *names: str) -> User:
        """Somebody of the role, five times of six; else anybody at all."""
        return self.person(self.dice.choice(PEOPLE if self.one_in(6) else names))

    def one_in(self, times: int) -> bool:
        """Once in so many times."""
        return self.dice.randrange(times) == 0

    def document(self) -> Document:
        """The document at hand, as it is now."""
        return Document.objects.get(pk=self.documents[self.which].pk)

    def edition(self, *, live: bool = False, any_state: bool = False) -> Edition | None:
        """The open or the live edition of the document at hand, an urgent fix first; or its newest in any state."""
        editions = Edition.objects.filter(document=self.documents[self.which]).order_by("-is_urgent", "-number")
        if not any_state:
            editions = editions.filter(status__in=LIVE if live else OPEN)
        found = editions.first()
        return fresh(found) if found else None

    def step(self, act: Callable[..., Any], edition: Edition | None, who: User, **given: Any) -> None:
        """Take a step on an edition as it stands, now and then on a text of before."""
        if edition is None:
            return
        seen = edition.text.digest
        if self.one_in(12):
            seen = self.dice.choice([*edition.revisions.values_list("digest", flat=True), "0" * 64])
        self.attempt(lambda at: act(edition, by=who, at=at, seen=seen, **given))

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
            self.has_changed = True
            self.only_reviews_move_dates(before["events"], dates)
            self.only_who_may_has_acted(before["events"])

    def rows(self) -> dict[str, Any]:
        """How many rows there are of what nobody may change, and all states."""
        return {
            "events": Event.objects.count(),
            "reviews": Review.objects.count(),
            "states": list(Edition.objects.order_by("pk").values_list("pk", "status", "head", "round")),
            "asked": list(ReviewRequest.objects.order_by("pk").values_list("pk", "answer")),
            "flags": Flag.objects.standing().count(),
            "beside": (Comment.objects.count(), list(SharedLink.objects.order_by("pk").values_list("revoked_at"))),
            "owners": list(Document.objects.order_by("pk").values_list("owner")),
        }

    def dates(self) -> dict[int, Any]:
        """When each live document was last reviewed and is due."""
        rows = Document.objects.live().values_list("pk", "last_reviewed_at", "review_due_on")
        return {pk: (reviewed, due) for pk, reviewed, due in rows}

    def only_reviews_move_dates(self, events: int, before: dict[int, Any]) -> None:
        """Dates move by reviews only."""
        verbs = set(Event.objects.filter(position__gt=events).values_list("verb", flat=True))
        moved = {pk for pk, pair in self.dates().items() if pk in before and before[pk] != pair}
        assert not moved or verbs & MOVE_DATES, f"{verbs} moved the review dates of {moved}"

    def only_who_may_has_acted(self, events: int) -> None:
        """No closed account takes a step, and who signs has the role then; a guest speaks in the name of their host."""
        for event in Event.objects.filter(position__gt=events).select_related("by", "review"):
            in_a_name = event.verb in FOLLOW or "guest" in event.fields
            assert in_a_name or event.by.is_active, f"the closed account of {event.by} did “{event.verb}”"
            signed_as = event.review.role if event.review else ""
            holds = not signed_as or event.by.groups.filter(name=signed_as).exists()
            assert holds, f"{event.by} signed as {signed_as} and is none"
