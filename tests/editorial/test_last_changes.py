"""When a document last changed, as lists are ordered: kept with each event, and checked against the newest."""

import pytest
from django.utils import timezone

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.verification.last_changes import last_changes
from tests.cast import Cast
from tests.documents import STEP, next_edition, published


def test_every_event_of_a_document_moves_its_last_change(cast: Cast) -> None:
    at = timezone.now()
    live = published(cast, "term", at=at - 9 * STEP)
    other = published(cast, "faq", at=at - 8 * STEP).document
    next_edition(cast, live.document, at=at, definition="Another word for tests.")
    actions.hand_over(other, to=cast.second_editor, by=cast.editor, at=at + STEP)

    changed = dict(Document.objects.values_list("kind", "changed_at"))

    assert (changed["term"], changed["faq"]) == (at, at + STEP)
    assert list(last_changes()) == []


@pytest.mark.breaks_the_record
def test_an_altered_time_of_the_last_change_is_named(cast: Cast) -> None:
    document = published(cast, "term").document

    Document.objects.filter(pk=document.pk).update(changed_at=timezone.now())

    assert [fault.place for fault in last_changes()] == [f"Document {document.pk}"]
