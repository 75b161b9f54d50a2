"""The one story that matters, through the actions alone."""

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, PublishedPage
from alstrom_site.editorial.workflow import Status
from tests.cast import NOW, Cast
from tests.documents import STEP, changes_requested, fresh, in_review, published, signed, submitted

pytestmark = pytest.mark.django_db


def test_a_text_goes_live_after_changes_were_asked_for_and_made(cast: Cast) -> None:
    edition = in_review(cast, "article")
    changes_requested(cast.reviewer, edition, at=NOW + 2 * STEP, comment="Say it more simply.")
    changed = {**edition.text.fields, "summary": "Another summary made up for tests."}
    saved = actions.save(edition, changed, by=cast.editor, at=NOW + 3 * STEP, seen=edition.text.digest)
    edition = submitted(cast, fresh(saved.edition), at=NOW + 4 * STEP)
    edition = signed(cast, edition, at=NOW + 5 * STEP)

    actions.publish(edition, by=cast.publisher, at=NOW + 6 * STEP, seen=edition.text.digest)

    document = Document.objects.get(pk=edition.document_id)
    assert document.live_edition == fresh(edition)
    assert fresh(edition).state is Status.PUBLISHED
    assert document.last_reviewed_at == NOW + 5 * STEP
    page = PublishedPage.objects.get(document=document)
    assert b"Another summary made up for tests." in bytes(page.body)


def test_a_second_edition_supersedes_the_first(cast: Cast) -> None:
    first = published(cast, "term")
    edition = actions.open_edition(first.document, by=cast.editor, at=NOW + 10 * STEP)
    content = {**edition.text.fields, "definition": "Another word for tests."}
    edition = actions.save(edition, content, by=cast.editor, at=NOW + 11 * STEP, seen=edition.text.digest).edition
    edition = signed(cast, submitted(cast, fresh(edition), at=NOW + 12 * STEP), at=NOW + 13 * STEP)

    actions.publish(edition, by=cast.publisher, at=NOW + 14 * STEP, seen=edition.text.digest)

    assert fresh(first).state is Status.SUPERSEDED
    assert Document.objects.get(pk=first.document_id).live_edition_id == edition.pk
