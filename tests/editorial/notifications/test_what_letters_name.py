"""Letters name a text as whom they are about has it, and the cause that their own step gave."""

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions.drafting import save
from alstrom_site.editorial.models import Document
from references.watching import Notice, observe
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, made_live, next_edition, published, signed, submitted
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db
LATER = NOW + 20 * STEP
REASON = "A sentence in it no longer holds."


def test_a_letter_about_what_readers_see_names_it_as_they_know_it(cast: Cast) -> None:
    live = published(cast, "faq")
    next_edition(cast, live.document, at=LATER, question="Does the draft ask otherwise?")
    forget_mails()

    actions.propose(
        fresh(live), actions.Retirement("withdraw", REASON), by=cast.second_editor, at=LATER, seen=live.text.digest
    )

    (subject,) = {mail.subject for mail in queued_mails()}
    assert "Is this a test?" in subject
    assert "otherwise" not in subject


def test_a_letter_about_a_flag_says_what_its_own_step_found(cast: Cast) -> None:
    published(cast, "article")
    source = Document.objects.get(kind="reference")
    observe(source, [Notice("ErratumIn", "2010")], source="PubMed", by=cast.editor, at=LATER)
    edition = actions.open_edition(source, by=cast.editor, at=LATER + STEP)
    notices = [{"type": "RetractionIn", "text": "J Test. 2011", "pmid": ""}]
    content = {**edition.text.fields, "title": "Quite another title", "notices": notices}
    save(edition, content, by=cast.editor, at=LATER + STEP, seen=edition.text.digest)
    ready = signed(cast, submitted(cast, fresh(edition), at=LATER + STEP), at=LATER + 2 * STEP)
    forget_mails()

    made_live(cast, ready, at=LATER + 3 * STEP)

    about = [mail.text for mail in queued_mails() if "was flagged" in mail.text]
    assert about
    assert any("Retracted 2011" in text for text in about)
