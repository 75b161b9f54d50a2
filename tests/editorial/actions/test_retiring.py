"""Withdrawing and unpublishing: proposed by one person, taken by another, whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions, policies, projection
from alstrom_site.editorial.models import Document, Edition, Event, Flag, Proposal, PublishedPage
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import UNPUBLISH, WITHDRAW, NotPermitted, NotReady, OutOfDate, WrongState
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, draft, fresh, made_live, next_edition, path_of, published, signed, submitted
from tests.editorial.admin.desk_visits import page
from tests.outbox import queued_mails

pytestmark = pytest.mark.django_db

LATER = NOW + 20 * STEP
REASON = "A sentence in it no longer holds."


def propose(cast: Cast, edition: Edition, verb: str = "withdraw", moved_to: str = "", who: str = "editor") -> Proposal:
    wanted = actions.Retirement(verb, REASON, moved_to)
    return actions.propose(edition, wanted, by=getattr(cast, who), at=LATER, seen=edition.text.digest)


def withdraw(cast: Cast, edition: Edition, *, who: str = "publisher", reason: str = REASON) -> Edition:
    return actions.withdraw(edition, by=getattr(cast, who), at=LATER, seen=edition.text.digest, reason=reason)


def unpublish(cast: Cast, edition: Edition, *, who: str = "publisher", moved_to: str = "") -> Edition:
    return actions.unpublish(
        edition, by=getattr(cast, who), at=LATER, seen=edition.text.digest, reason=REASON, moved_to=moved_to
    )


def withdrawn(cast: Cast, kind: str = "term", **fields: Any) -> Edition:
    edition = published(cast, kind, **fields)
    propose(cast, edition)
    return fresh(withdraw(cast, edition))


def unpublished(cast: Cast, kind: str = "term", *, moved_to: str = "", **fields: Any) -> Edition:
    edition = published(cast, kind, **fields)
    propose(cast, edition, "unpublish", moved_to)
    return fresh(unpublish(cast, edition, moved_to=moved_to))


def test_a_withdrawn_text_stays_live_with_the_day_and_the_reason(cast: Cast) -> None:
    edition = withdrawn(cast)

    assert edition.status == "withdrawn"
    assert edition.document.live_edition_id == edition.pk
    assert (edition.withdrawn_at, edition.withdrawal_reason) == (LATER, REASON)
    assert PublishedPage.objects.get(document=edition.document).withdrawn_at == LATER
    proposed = {"proposal": edition.proposals.get().pk, "proposed_by": "Test editor", "proposed_by_id": cast.editor.pk}
    details = {"comment": REASON, "by_two_people": True, **proposed}
    assert Event.objects.latest("position").fields == details


def test_an_unpublished_text_leaves_no_page(cast: Cast) -> None:
    edition = unpublished(cast)

    assert edition.status == "unpublished"
    assert edition.document.live_edition is None
    assert not PublishedPage.objects.filter(document=edition.document).exists()


def test_an_unpublished_document_is_taken_up_again_by_a_new_edition(cast: Cast, client: Client) -> None:
    other = published(cast, "term", slug="other-term")
    ended = unpublished(cast, "term", moved_to="/glossary/other-term/")
    assert client.get("/glossary/sample-term/").status_code == 301

    again = next_edition(cast, Document.objects.get(pk=ended.document_id), at=LATER, definition="Another word.")
    again = submitted(cast, again, at=LATER + STEP)
    made_live(cast, signed(cast, again, at=LATER + 2 * STEP), at=LATER + 3 * STEP)

    assert client.get("/glossary/sample-term/").status_code == 200
    assert fresh(again).document.moved_to == ""
    assert other.document.pk != again.document_id


PROPOSERS = {"editor", "second_editor", "reviewer", "second_reviewer", "publisher", "everything", "superuser"}
CONFIRMERS = {"publisher", "everything", "superuser"}
PEOPLE = sorted(Cast.__dataclass_fields__)
STATES = {
    "published": {"withdraw", "unpublish"},
    "withdrawn": {"unpublish"},
    "unpublished": set[str](),
    "approved": set[str](),
    "draft": set[str](),
}
MAKERS: dict[str, Callable[[Cast], Edition]] = {
    "published": lambda cast: published(cast, "term"),
    "withdrawn": withdrawn,
    "unpublished": unpublished,
    "approved": lambda cast: approved(cast, "term"),
    "draft": lambda cast: draft(cast, "term"),
}


@pytest.mark.parametrize("state", STATES)
def test_who_may_propose_and_confirm_what_in_which_state(cast: Cast, state: str) -> None:
    edition = MAKERS[state](cast)
    for verb in ("withdraw", "unpublish"):
        transition = actions.Retirement(verb, REASON).transition
        may = {who for who in PEOPLE if policies.why_not_propose(transition, edition, getattr(cast, who)) is None}
        assert may == (PROPOSERS if verb in STATES[state] else set()), (state, verb)
        # Without a proposal nobody takes the step, whatever their roles.
        assert not any(policies.refusal(transition, edition, getattr(cast, who)) is None for who in PEOPLE)


@pytest.mark.parametrize("proposer", sorted(PROPOSERS))
def test_a_publisher_who_did_not_propose_confirms(cast: Cast, proposer: str) -> None:
    edition = published(cast, "term")
    propose(cast, edition, who=proposer)

    may = {who for who in PEOPLE if policies.refusal(WITHDRAW, edition, getattr(cast, who)) is None}

    assert may == CONFIRMERS - {proposer}
    # The other step was not proposed, so nobody takes it.
    assert not any(policies.refusal(UNPUBLISH, edition, getattr(cast, who)) is None for who in PEOPLE)


@pytest.mark.parametrize("keeps_account", [False, True])
def test_who_left_or_lost_their_roles_since_is_not_the_first_of_two_people(keeps_account: bool, cast: Cast) -> None:
    edition = published(cast, "term")
    propose(cast, edition)
    if keeps_account:
        cast.editor.groups.clear()
    User.objects.filter(pk=cast.editor.pk).update(is_active=keeps_account)

    said = "who proposed it, has no role any more" if keeps_account else "Test editor, who proposed it, is closed"
    with pytest.raises(NotPermitted, match=said):
        withdraw(cast, edition)
    assert said in page(cast.publisher, edition)

    actions.turn_down(edition.proposals.get(), answer="Its editor left.", by=cast.publisher, at=LATER)
    propose(cast, edition, who="reviewer")
    assert withdraw(cast, fresh(edition)).status == "withdrawn"


def test_what_was_withdrawn_waits_for_no_review_and_is_flagged_no_more(cast: Cast) -> None:
    question = published(cast, "faq")
    published(cast)
    article = draft(cast, "article", faqs=["is-this-a-test"])
    seen = article.text.digest
    actions.publish_in_emergency(article, by=cast.publisher, at=LATER, seen=seen, reason="A test.")
    propose(cast, fresh(article))
    withdraw(cast, fresh(article))

    propose(cast, question)
    withdraw(cast, question)

    assert not Flag.objects.standing().exists()
    assert not Edition.objects.pending_review().exists()
    html = Client().get(path_of(article.document)).content.decode()
    assert "was withdrawn" in html
    assert "review is pending" not in html
    assert "Review pending" not in html
    # Pages of other documents that name it are made anew a moment later.
    assert [fault for fault in faults() if not fault.place.startswith("Page")] == []


def test_one_proposal_waits_at_a_time(cast: Cast) -> None:
    edition = published(cast, "term")
    propose(cast, edition)

    with pytest.raises(WrongState, match="Test editor has proposed to withdraw it already"):
        propose(cast, edition, "unpublish", who="reviewer")


def test_a_publisher_or_who_proposed_turns_a_proposal_down_and_nobody_else(cast: Cast) -> None:
    proposal = propose(cast, published(cast, "term"), who="reviewer")

    may = {who for who in PEOPLE if policies.why_not_turn_down(proposal, getattr(cast, who)) is None}

    assert may == CONFIRMERS | {"reviewer"}
    with pytest.raises(NotPermitted):
        actions.turn_down(proposal, answer="No.", by=cast.editor, at=LATER)


def test_a_proposal_that_was_turned_down_confirms_nothing(cast: Cast) -> None:
    edition = published(cast, "term")
    proposal = propose(cast, edition)
    with pytest.raises(NotReady, match="Say why it is turned down"):
        actions.turn_down(proposal, answer=" ", by=cast.publisher, at=LATER)

    actions.turn_down(proposal, answer="It still holds.", by=cast.publisher, at=LATER)

    details = {"comment": "It still holds.", "proposal": proposal.pk, "step": "withdraw"}
    assert Event.objects.latest("position").fields == details
    with pytest.raises(NotPermitted, match="takes two people"):
        withdraw(cast, edition)
    with pytest.raises(WrongState, match="decided already"):
        actions.turn_down(proposal, answer="Once more.", by=cast.publisher, at=LATER)


def test_another_reason_than_the_proposed_one_is_not_confirmed(cast: Cast) -> None:
    edition = published(cast, "term")
    propose(cast, edition)

    with pytest.raises(OutOfDate, match="not what you had before you"):
        withdraw(cast, edition, reason="Another reason.")

    assert fresh(edition).status == "published"


def test_a_proposal_is_void_when_another_edition_goes_live(cast: Cast) -> None:
    edition = published(cast, "term")
    proposal = propose(cast, edition)

    newer = submitted(cast, next_edition(cast, edition.document, at=LATER, definition="Other."), at=LATER)
    made_live(cast, signed(cast, newer, at=LATER), at=LATER)

    proposal.refresh_from_db()
    assert (proposal.was_taken, proposal.answer) == (False, "Another edition went live.")
    event = Event.objects.get(verb="void proposal")
    assert (event.edition, event.by, event.fields["proposal"]) == (edition, cast.publisher, proposal.pk)
    assert ("Proposal overtaken: Sample term", "editor") in {(mail.subject, mail.to) for mail in queued_mails()}
    with pytest.raises(WrongState):
        withdraw(cast, edition)


@pytest.mark.parametrize("verb", ["withdraw", "unpublish"])
def test_a_step_that_fails_at_its_end_leaves_nothing_behind(
    cast: Cast, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = published(cast, "term")
    proposal = propose(cast, edition, verb)
    events = Event.objects.count()

    def fail(document: Document, **_: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(projection, "refresh", fail)
    with pytest.raises(OSError, match="full"):
        withdraw(cast, edition) if verb == "withdraw" else unpublish(cast, edition)

    proposal.refresh_from_db()
    assert proposal.was_taken is None
    assert fresh(edition).status == "published"
    assert fresh(edition).document.live_edition_id == edition.pk
    assert Event.objects.count() == events


def test_what_a_live_page_shows_is_not_taken_away(cast: Cast) -> None:
    question = published(cast, "faq")
    published(cast, "article", faqs=["is-this-a-test"])
    source = Document.objects.get(kind="reference").live_edition
    assert source is not None

    for shown in (question, source):
        with pytest.raises(NotReady, match="The article “Sample article” shows it"):
            propose(cast, shown, "unpublish")

    assert not Proposal.objects.exists()


def test_what_a_page_came_to_show_since_it_was_proposed_is_not_taken_away(cast: Cast) -> None:
    question = published(cast, "faq")
    propose(cast, question, "unpublish")
    published(cast, "article", faqs=["is-this-a-test"])

    with pytest.raises(NotReady, match="shows it"):
        unpublish(cast, question)

    assert fresh(question).status == "published"


def test_the_record_holds_after_all_of_it(cast: Cast) -> None:
    published(cast, "term", slug="other-term")
    unpublished(cast, slug="gone-term", moved_to="/glossary/other-term/")
    withdrawn(cast)

    assert list(faults()) == []
