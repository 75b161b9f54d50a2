"""verify_record finds no fault in what the site itself wrote, whatever was typed and however old it is."""

import unicodedata

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.verification import faults
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, next_edition, published

pytestmark = pytest.mark.django_db

LATER = NOW + 40 * STEP
TYPED = unicodedata.normalize("NFD", "About Alström.\r\nNot of this one.")


def found() -> list[str]:
    """The faults as sentences."""
    return [str(fault) for fault in faults()]


def test_a_reason_is_kept_however_its_lines_end_and_its_letters_are_composed(cast: Cast) -> None:
    edition = published(cast, "term")
    seen = edition.text.digest
    change = next_edition(cast, fresh(edition).document, at=LATER, definition="Another.")
    actions.submit(change, by=cast.editor, at=LATER, seen=change.text.digest, change="major", note=TYPED)
    actions.propose(fresh(edition), actions.Retirement("withdraw", TYPED), by=cast.editor, at=LATER, seen=seen)
    actions.withdraw(fresh(edition), by=cast.publisher, at=LATER + STEP, seen=seen, reason=TYPED)

    assert found() == []
