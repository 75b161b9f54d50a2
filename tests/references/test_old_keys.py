"""Keys are edited until readers know them, and the key that a text cites leads to its entry for good."""

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Citation, Edition, FormerAddress
from alstrom_site.editorial.texts import citing, latest_texts
from alstrom_site.editorial.verification import faults
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, next_edition, published

pytestmark = pytest.mark.django_db


def rekeyed(cast: Cast, entry: Edition, key: str) -> Edition:
    content = {**entry.text.fields, "key": key}
    return actions.save(entry, content, by=cast.editor, at=NOW + 5 * STEP, seen=entry.text.digest).edition


def test_the_old_key_of_a_draft_that_is_cited_leads_to_it(cast: Cast) -> None:
    entry = draft(cast, key="old2001")
    question = draft(cast, "faq", answer="So [@old2001].")

    rekeyed(cast, entry, "new2001")

    found = latest_texts("reference", {"old2001", "new2001"})
    assert {key: text.address for key, text in found.items()} == {"old2001": "new2001", "new2001": "new2001"}
    assert Citation.objects.get(revision=question.text).key == "old2001"
    assert list(faults()) == []


def test_nobody_else_gets_a_key_that_a_text_cites(cast: Cast) -> None:
    entry = draft(cast, key="old2001")
    draft(cast, "faq", answer="So [@old2001].")
    rekeyed(cast, entry, "new2001")

    with pytest.raises(ContentRefused, match="Another bibliography entry stood at"):
        draft(cast, key="old2001", title="Another one")


def test_a_key_that_nothing_cites_is_free_again(cast: Cast) -> None:
    rekeyed(cast, draft(cast, key="old2001"), "new2001")

    assert not FormerAddress.objects.exists()
    assert draft(cast, key="old2001", title="Another one").document.address == "old2001"


def test_a_source_gets_its_old_key_back(cast: Cast) -> None:
    entry = draft(cast, key="old2001")
    draft(cast, "faq", answer="So [@old2001].")

    again = rekeyed(cast, rekeyed(cast, entry, "new2001"), "old2001")

    assert again.document.address == "old2001"
    assert latest_texts("reference", {"old2001"})["old2001"].address == "old2001"
    assert list(faults()) == []


def test_what_readers_know_keeps_its_key(cast: Cast) -> None:
    entry = published(cast, key="known2001")

    with pytest.raises(ContentRefused, match="Put “known2001” back"):
        next_edition(cast, entry.document, at=NOW + 9 * STEP, key="other2001")

    assert list(citing(entry.document)) == []
