"""What waits for a person beside the next step of an edition, and what the rows say of it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url, list_url
from alstrom_site.editorial.admin.dashboard import dashboard_for
from alstrom_site.editorial.models import Document, Edition, Reason
from alstrom_site.editorial.workflow import WITHDRAW
from tests.cast import Cast
from tests.documents import draft, fresh, in_review, next_edition, published
from tests.editorial.admin.desk_visits import signed_in

HOUR = timedelta(hours=1)


def wanted(person: User) -> list[tuple[str, str]]:
    """Return the addresses that wait for a person, each with what it wants."""
    dashboard = dashboard_for(person, at=timezone.now())
    rows = [*dashboard.pending.rows, *dashboard.waiting.rows]
    return [(row.document.address, row.wanted) for row in rows if row.wanted]


def marks(person: User, **chosen: str) -> list[str]:
    """Return what the rows of a list say beside the states."""
    rows = signed_in(person).get(list_url(**chosen)).context["rows"]
    return [mark.label for row in rows for mark in row.marks]


def in_an_emergency(cast: Cast) -> Edition:
    edition = draft(cast, "term", at=timezone.now() - HOUR)
    actions.publish_in_emergency(
        edition, by=cast.publisher, at=timezone.now(), seen=edition.text.digest, reason="A test of emergencies."
    )
    return fresh(edition)


def changed(edition: Edition, cast: Cast, *, at: datetime) -> Edition:
    content = {**edition.text.fields, "issue": "3"}
    return actions.save(edition, content, by=cast.second_editor, at=at, seen=edition.text.digest).edition


def test_a_text_published_in_an_emergency_waits_for_reviewers_and_stands_first(cast: Cast) -> None:
    edition = in_an_emergency(cast)

    assert wanted(cast.reviewer) == [(edition.document.address, "Approve it afterwards")]
    assert wanted(cast.publisher) == wanted(cast.editor) == []
    assert dashboard_for(cast.editor, at=timezone.now()).pending.total == 1
    assert marks(cast.editor, mark="pending") == ["Public before its review"]


def test_a_live_text_near_its_review_waits_for_reviewers_and_past_it_for_its_owner_too(cast: Cast) -> None:
    document = published(cast, at=timezone.now() - 9 * HOUR).document
    due = Document.objects.get(pk=document.pk).review_due_on
    assert due is not None

    def waits(person: User, days: int) -> list[str]:
        shown = dashboard_for(person, at=datetime.combine(due + timedelta(days=days), time(9), tzinfo=UTC))
        return [row.wanted for row in shown.waiting.rows]

    assert waits(cast.reviewer, -31) == waits(cast.publisher, 1) == waits(document.owner, 0) == []
    assert waits(cast.reviewer, -30) == waits(cast.reviewer, 1) == ["Due: see whether it still holds"]
    assert waits(document.owner, 1) == ["Overdue: see to its review"]


def test_the_page_of_an_overdue_text_says_so_first_and_leads_who_may_sign_to_it(cast: Cast) -> None:
    document = published(cast, at=datetime(2020, 1, 6, 9, tzinfo=UTC)).document
    banner, link = "Overdue: its review was due on ", f'<p><a href="{document_url(document, "reaffirm")}">'

    of_the_reviewer, of_the_owner = (
        signed_in(who).get(document_url(document)).content.decode() for who in (cast.reviewer, cast.editor)
    )

    assert banner in of_the_reviewer
    assert link in of_the_reviewer
    assert banner in of_the_owner
    assert link not in of_the_owner


def test_a_flagged_text_waits_for_a_reviewer_who_did_not_write_it(cast: Cast) -> None:
    live = published(cast, at=timezone.now() - 9 * HOUR)
    actions.raise_flag(
        live.document, Reason.SOURCE, about=None, statement="A test.", by=cast.publisher, at=timezone.now()
    )

    assert wanted(cast.reviewer) == [("sample2001", "Look at it again")]
    assert wanted(cast.editor) == []
    assert marks(cast.editor, mark="flagged") == ["Flagged: a source it cites has changed its standing"]


def test_who_was_asked_for_a_review_finds_it_under_that_name(cast: Cast) -> None:
    edition = in_review(cast, at=timezone.now() - 9 * HOUR)
    actions.claim(edition, by=cast.reviewer, at=timezone.now(), seen=edition.text.digest)

    assert wanted(cast.reviewer) == [("sample2001", "Give your verdict")]
    assert wanted(cast.second_reviewer) == [("sample2001", "Review this text")]
    assert marks(cast.reviewer, mark="asked")[0].startswith("Asked of Test reviewer, by ")
    assert marks(cast.second_reviewer, mark="asked") == []


@pytest.mark.parametrize(("name", "waits"), [("publisher", True), ("everything", True), ("reviewer", False)])
def test_a_proposal_waits_for_a_publisher_who_did_not_make_it(cast: Cast, name: str, waits: bool) -> None:
    live = published(cast, "article", at=timezone.now() - 30 * HOUR)
    proposal = actions.Retirement(verb=WITHDRAW.verb, reason="A test of proposals.")
    actions.propose(live, proposal, by=cast.editor, at=timezone.now(), seen=live.text.digest)

    found = ("sample-article", "Confirm or turn down") in wanted(getattr(cast, name))

    assert found is waits
    assert marks(cast.editor, mark="proposed") == ["Test editor proposes to withdraw it"]


def test_a_draft_that_was_left_behind_waits_for_who_wrote_it(cast: Cast) -> None:
    at = timezone.now() - 20 * HOUR
    live = published(cast, at=at)
    next_edition(cast, live.document, at=at + 4 * HOUR, volume="8")
    urgent = actions.open_edition(live.document, by=cast.second_editor, at=at + 5 * HOUR, urgent=True)
    found = signed_in(cast.reviewer).get(list_url(mark="urgent")).content.decode()
    assert "Urgent fix: draft</span>" in found
    actions.publish_in_emergency(
        changed(urgent, cast, at=at + 6 * HOUR),
        by=cast.publisher,
        at=at + 7 * HOUR,
        seen=fresh(urgent).text.digest,
        reason="A test of drafts left behind.",
        besides=actions.Besides("A test."),
    )

    assert wanted(cast.editor) == [("sample2001", "Bring it up to date")]
    assert wanted(cast.second_editor) == []
    assert "Behind the live text" in marks(cast.reviewer, mark="behind")
