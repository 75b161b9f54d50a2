"""Reaffirming: a signed act on the live text that moves its review dates and nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.models import Document, Edition, PublishedPage, Review, Revision
from alstrom_site.editorial.workflow import REAFFIRM, NotPermitted, NotReady, OutOfDate, WrongState
from tests.cast import NOW, Cast, person
from tests.documents import CONTENTS, STEP, fresh, next_edition, published, yes_to_all

pytestmark = pytest.mark.django_db

A_YEAR_ON = NOW + timedelta(days=365)


def reaffirm(cast: Cast, edition: Edition, **changed: Any) -> Review:
    """The second reviewer reaffirms a year on, unless the test says otherwise."""
    step = {"by": cast.second_reviewer, "at": A_YEAR_ON, "seen": edition.text.digest, "said": yes_to_all(edition)}
    return actions.reaffirm(edition, **{**step, **changed})


def everything_else(document: Document) -> tuple[Any, ...]:
    """All of a document that a reaffirmation must leave alone."""
    edition = fresh(Edition.objects.get(document=document, status="published"))
    kept = Document.objects.filter(pk=document.pk).values(
        "address", "title", "owner", "live_edition", "first_published_at", "last_published_at", "last_updated_at"
    )
    unchanged = [getattr(edition, name) for name in ("status", "round", "head_id", "approved_at", "published_at")]
    return (list(kept), unchanged, Revision.objects.count(), Edition.objects.count())


@pytest.mark.parametrize("kind", CONTENTS)
def test_it_moves_the_review_dates_and_nothing_else(cast: Cast, kind: str) -> None:
    live = published(cast, kind)
    before, due = everything_else(live.document), live.document.review_due_on

    review = reaffirm(cast, live)

    document = Document.objects.get(pk=live.document_id)
    assert everything_else(document) == before
    assert document.last_reviewed_at == review.at == A_YEAR_ON
    assert due is not None
    assert document.review_due_on is not None
    assert document.review_due_on > due
    assert PublishedPage.objects.get(document=document).review_due_on == document.review_due_on


def test_the_page_names_who_reaffirmed_it(cast: Cast) -> None:
    live = published(cast, "term")

    reaffirm(cast, live)

    page = PublishedPage.objects.get(document=live.document)
    assert cast.second_reviewer.display_name in bytes(page.body).decode()


def test_the_record_keeps_one_review_and_one_event_with_its_meaning(cast: Cast) -> None:
    live = published(cast)

    review = reaffirm(cast, live)

    assert (review.verdict, review.revision, review.checklist) == (
        "reaffirm",
        live.text,
        [list(pair) for pair in yes_to_all(live).checklist],
    )
    assert "needs no change" in review.meaning
    assert (review.event.verb, review.event.source, review.event.target) == ("reaffirm", "published", "published")


def test_it_needs_every_answer_of_the_checklist(cast: Cast) -> None:
    live = published(cast)

    with pytest.raises(NotReady) as refused:
        reaffirm(cast, live, said=actions.Said())

    assert len(refused.value.issues) == len(yes_to_all(live).checklist)
    assert Document.objects.get(pk=live.document_id).last_reviewed_at == live.document.last_reviewed_at


def test_who_wrote_the_live_text_may_not_reaffirm_it(cast: Cast) -> None:
    cast.editor.groups.add(*cast.reviewer.groups.all())
    live = published(cast)

    with pytest.raises(NotPermitted, match="You wrote part of this change"):
        reaffirm(cast, live, by=User.objects.get(pk=cast.editor.pk))


@pytest.mark.parametrize("name", ["editor", "second_editor", "publisher", "administrator", "superuser", "stranger"])
def test_only_a_medical_reviewer_reaffirms(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        reaffirm(cast, published(cast), by=getattr(cast, name))


def test_a_closed_account_reaffirms_nothing(cast: Cast) -> None:
    gone = person("gone", EDITOR, MEDICAL_REVIEWER, active=False)

    with pytest.raises(NotPermitted, match="closed"):
        reaffirm(cast, published(cast), by=gone)


def test_a_text_that_was_replaced_meanwhile_is_not_reaffirmed(cast: Cast) -> None:
    live = published(cast)

    with pytest.raises(OutOfDate):
        reaffirm(cast, live, seen="0" * 64)


def test_a_superseded_text_is_not_reaffirmed(cast: Cast) -> None:
    old = published(cast)
    new = next_edition(cast, old.document, at=NOW + 10 * STEP, volume="8")
    actions.submit(new, by=cast.editor, at=NOW + 11 * STEP, seen=new.text.digest)
    actions.approve(fresh(new), by=cast.reviewer, at=NOW + 12 * STEP, seen=new.text.digest, said=yes_to_all(new))
    actions.publish(fresh(new), by=cast.publisher, at=NOW + 13 * STEP, seen=new.text.digest)

    with pytest.raises(WrongState):
        reaffirm(cast, fresh(old))


def test_an_open_draft_beside_it_stays_as_it_is(cast: Cast) -> None:
    live = published(cast)
    begun = next_edition(cast, live.document, at=NOW + 10 * STEP, volume="8")

    reaffirm(cast, live)

    assert fresh(begun).status == "draft"
    assert policies.refusal(REAFFIRM, begun, cast.second_reviewer) is not None


def test_many_reviewed_on_one_day_fall_due_on_several_days_and_never_late(cast: Cast) -> None:
    lives = [published(cast, key=f"many{number}") for number in range(9)]

    for live in lives:
        reaffirm(cast, live)

    days = [Document.objects.get(pk=live.document_id).review_due_on for live in lives]
    latest = date(A_YEAR_ON.year + 3, A_YEAR_ON.month, A_YEAR_ON.day)
    assert [(latest - day).days for day in days if day] == [0, 0, 0, 0, 1, 1, 1, 1, 2]
