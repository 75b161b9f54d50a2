"""Withdrawing and unpublishing: proposed by one person, taken by another, whole or not at all."""

from typing import Any

import pytest
from django.test import Client

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, Event, Proposal, PublishedPage
from alstrom_site.editorial.workflow import NotPermitted, NotReady, OutOfDate, WrongState
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, made_live, next_edition, published, signed, submitted

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
    assert Event.objects.latest("position").fields == {"comment": REASON, "proposed_by": "Test editor"}


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
