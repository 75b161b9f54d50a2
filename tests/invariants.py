"""The laws of the record as one function, checked after every test that changed it.

Written against the tables alone, not by what the site uses to check itself.
"""

import hashlib
import json

from django.db.models import Count, Max, Q

from alstrom_site.editorial.models import Comment, Document, Edition, Event, PublishedPage, Review, Revision, SharedLink
from alstrom_site.editorial.workflow import REMARKS, TRANSITIONS

OPEN = {"draft", "in review", "changes requested", "approved", "scheduled", "failed to publish"}


def hold_the_laws() -> None:
    """Raise AssertionError, naming the law, for the first law that does not hold."""
    every_text_has_its_digest()
    every_effect_has_one_event()
    the_chain_has_no_gap()
    states_follow_the_table()
    at_most_one_edition_is_open_and_one_live()
    every_comment_and_link_has_one_event()
    approved = ["approved", "scheduled", "failed to publish", "published", "withdrawn"]
    for edition in Edition.objects.filter(status__in=approved):
        the_text_was_approved_by_others(edition)
    for document in Document.objects.filter(live_edition__isnull=False):
        readers_see_the_approved_text(document)


def every_text_has_its_digest() -> None:
    """A revision's digest is the SHA-256 of its content."""
    for revision in Revision.objects.all():
        assert hashlib.sha256(revision.content.encode()).hexdigest() == revision.digest, f"digest of {revision.pk}"
        assert json.dumps(json.loads(revision.content), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == (
            revision.content
        ), f"revision {revision.pk} is not canonical"


def every_effect_has_one_event() -> None:
    """One event per saved text, per review and per edition begun; none about what was rolled back."""
    saves = Event.objects.filter(verb__in=["start", "revise", "take back", "bring up to date"])
    assert saves.count() == Revision.objects.count(), "texts and their events differ in number"
    assert saves.values("revision").distinct().count() == saves.count(), "a text was recorded twice"
    assert Event.objects.filter(verb="start").count() == Edition.objects.count(), "editions and their events differ"
    assert Event.objects.filter(review__isnull=False).count() == Review.objects.count(), "reviews and events differ"
    for review in Review.objects.select_related("event"):
        assert review.event.verb == review.verdict, f"review {review.pk} is recorded as something else"


def every_comment_and_link_has_one_event() -> None:
    """Each was recorded once; the last event about it says whether it is settled, and a guest holds nothing up."""
    ended: dict[str, dict[int, bool]] = {"remark": {}, "link": {}}
    for event in Event.objects.filter(verb__in=REMARKS).order_by("position"):
        for key in ended.keys() & json.loads(event.details).keys():
            pk = json.loads(event.details)[key]
            assert (pk in ended[key]) is (event.verb not in {"comment", "answer", "share"}), f"event {event.position}"
            ended[key][pk] = event.verb in {"resolve", "revoke link"}
    comments = Comment.objects.values_list("pk", "resolved_at")
    assert ended["remark"] == {pk: at is not None for pk, at in comments}, "comments differ from their events"
    links = SharedLink.objects.values_list("pk", "revoked_at")
    assert ended["link"] == {pk: at is not None for pk, at in links}, "links differ from their events"
    assert not Comment.objects.filter(link__isnull=False, must_fix=True).exists(), "a guest holds an approval up"


def the_chain_has_no_gap() -> None:
    """Positions count from 1 and each event holds the digest of the one before."""
    previous = "0" * 64
    for position, event in enumerate(Event.objects.order_by("position"), start=1):
        assert event.position == position, f"a gap before event {event.position}"
        assert event.previous == previous, f"event {position} does not follow the one before"
        previous = event.digest


def states_follow_the_table() -> None:
    """Every event's step is in the table, starts where the one before ended, and the last one gives the state."""
    steps = {(step.verb, source.value, step.target.value) for step in TRANSITIONS for source in step.sources}
    for edition in Edition.objects.all():
        state = ""
        for event in edition.events.exclude(verb__in=REMARKS).order_by("position"):
            assert event.source == state, f"event {event.position} starts from {event.source}, not {state}"
            if event.verb != "start":
                assert (event.verb, event.source, event.target) in steps, f"event {event.position} is no known step"
            state = event.target
        assert edition.status == state, f"edition {edition.pk} is {edition.status}, its events say {state}"


def at_most_one_edition_is_open_and_one_live() -> None:
    """Of each document at most one edition is live, at most one is open, and at most one beside it is an urgent fix."""
    is_open = Edition.objects.filter(status__in=OPEN)
    live = Edition.objects.filter(status__in=["published", "withdrawn"])
    for editions in (is_open.filter(is_urgent=False), is_open.filter(is_urgent=True), live):
        counted = editions.values("document").annotate(number=Count("pk"))
        assert all(row["number"] == 1 for row in counted), "two editions of a document stand where one may"


def the_text_was_approved_by_others(edition: Edition) -> None:
    """The current text, and no other, was approved in the last round by entitled people who wrote none of it."""
    refused = edition.reviews.filter(verdict="request changes", round=edition.round).aggregate(last=Max("pk"))["last"]
    approvals = [
        review
        for review in edition.reviews.filter(verdict="approve", round=edition.round, pk__gt=refused or 0)
        if edition.head is not None and review.revision_digest == edition.head.digest
    ]
    if edition.emergency_reason and edition.approved_afterwards_at is None:
        return
    assert approvals, f"edition {edition.pk} is {edition.status} without an approval of its text"
    for number, step in enumerate(edition.policy, start=1):
        signed = [review for review in approvals if (review.step, review.role) == (number, step["role"])]
        enough = len(signed) >= max(1, step["needed"]) or edition.emergency_reason
        assert enough, f"edition {edition.pk} lacks a signature of a {step['role']}"
    before = edition.document.editions.filter(number__lt=edition.number, published_at__isnull=False)
    since = max(before.values_list("number", flat=True), default=0)
    texts = Revision.objects.filter(
        edition__document=edition.document, edition__number__gt=since, edition__number__lte=edition.number
    )
    for review in approvals:
        # What was open beside it then is no part of the change, though it was discarded since.
        wrote = texts.filter(Q(edition=edition) | Q(edition__ended_at__lt=review.at), author=review.reviewer)
        assert not wrote.exists(), f"{review.reviewer_name} approved a change of their own"
        assert review.role in {"medical reviewer", "editor"}, f"{review.reviewer_name} was not entitled to approve"
    if edition.published_by_id is not None:
        assert edition.published_by_id not in {review.reviewer_id for review in approvals}, "approver published"


def readers_see_the_approved_text(document: Document) -> None:
    """The published page was made from the live edition's text, digest for digest."""
    live = document.live_edition
    page = PublishedPage.objects.filter(document=document).first()
    assert live is not None
    assert live.status in {"published", "withdrawn"}, f"{document.pk} points to no live edition"
    assert page is not None, f"document {document.pk} is live without a page"
    assert page.revision_digest == live.text.digest, f"{page.path} shows another text"
    if live.emergency_reason and live.approved_afterwards_at is None:
        return
    reviews = live.reviews.filter(verdict__in=["approve", "reaffirm"], round=live.round, revision=live.head)
    by_clinicians = reviews.filter(role="medical reviewer").order_by("is_demonstration")
    first = by_clinicians.first()
    assert first is not None, f"document {document.pk} is live and no medical reviewer signed it"
    last = max(review.at for review in by_clinicians if review.is_demonstration == first.is_demonstration)
    assert document.last_reviewed_at == last, "the review date is of no medical review"
