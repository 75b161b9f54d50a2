"""What is observed of a work is kept, told once to everybody whom it concerns, and never silent."""

import pytest
from django.test import Client

from alstrom_site.editorial.actions.merging_documents import Merge, merge
from alstrom_site.editorial.models import Document, Event, PublishedPage, Reason
from alstrom_site.editorial.workflow import NotPermitted
from references.importing import Brought
from references.models import ObservedNotice
from references.provenance import TakenFrom
from references.refreshing import observe_notices
from references.standing import observed_of
from references.watching import Notice, observe
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, draft, made_live, next_edition, published, signed, submitted
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db

LATER = NOW + 40 * STEP
RETRACTED = Notice("RetractionIn", "2010-02-06", doi="10.1000/notice")


def seen(document: Document, *notices: Notice, cast: Cast, source: str = "Retraction Watch") -> bool:
    return observe(document, notices, source=source, by=cast.publisher, at=LATER)


def test_a_retraction_is_kept_recorded_and_mailed_to_the_owner(cast: Cast) -> None:
    document = published(cast).document
    forget_mails()

    assert seen(document, RETRACTED, cast=cast)

    notice = ObservedNotice.objects.get()
    assert (notice.type, notice.date, notice.source, notice.seen_by) == (
        "RetractionIn",
        "2010-02-06",
        "Retraction Watch",
        cast.publisher,
    )
    event = Event.objects.order_by("-position").first()
    assert event is not None
    assert event.verb == "observe"
    assert event.fields["comment"] == "Retraction Watch: Retracted 2010."
    (mail,) = queued_mails()
    assert mail.to == "editor"
    assert "Retracted 2010" in mail.text


def test_what_is_known_already_is_told_once(cast: Cast) -> None:
    document = published(cast).document
    seen(document, Notice("RetractionIn", "2010"), cast=cast)
    before = Event.objects.count()
    forget_mails()

    assert not seen(document, Notice("RetractionIn", "2010"), cast=cast)
    assert (Event.objects.count(), ObservedNotice.objects.count()) == (before, 1)
    assert not seen(document, Notice("RetractionIn", "2010", pmid="7"), cast=cast, source="PubMed")

    # The second source is recorded, and readers are led to its notice; nobody is told the same again.
    assert (Event.objects.count(), ObservedNotice.objects.count()) == (before + 1, 2)
    assert queued_mails() == []
    assert b"pubmed.ncbi.nlm.nih.gov/7/" in bytes(PublishedPage.objects.get().body)


def test_the_notice_of_a_retraction_is_not_a_retracted_paper(cast: Cast) -> None:
    document = published(cast).document

    assert not seen(document, Notice("RetractionOf", "2010", pmid="7"), cast=cast)

    assert not ObservedNotice.objects.exists()


def test_every_live_text_that_cites_it_is_flagged_with_its_statement(cast: Cast) -> None:
    article = published(cast, "article", body="Words before.\n\nA claim that rests on it [@sample2001].")
    other = published(cast, "faq", answer="This answer cites nothing.")
    source = Document.objects.addressed("reference", ["sample2001"]).get()
    forget_mails()

    seen(source, RETRACTED, cast=cast)

    flag = article.document.flags.standing().get()
    assert flag.reason == Reason.SOURCE
    assert "Retracted 2010" in flag.statement
    assert "“A claim that rests on it [@sample2001].”" in flag.statement
    assert not other.document.flags.exists()
    assert {mail.subject.partition(":")[0] for mail in queued_mails()} == {
        "Look at this again",
        "What is known of a source has changed",
    }


def test_a_draft_entry_takes_notices_too(cast: Cast) -> None:
    assert seen(draft(cast).document, RETRACTED, cast=cast)


def test_an_entry_that_goes_live_as_retracted_is_told_as_well(cast: Cast) -> None:
    article = published(cast, "article", body="A claim that rests on it [@sample2001].")
    source = Document.objects.addressed("reference", ["sample2001"]).get()
    edition = next_edition(cast, source, at=LATER, notices=[{"type": "RetractionIn", "text": "J Test. 2010;1:1"}])
    signed_text = signed(cast, submitted(cast, edition, at=LATER + STEP), at=LATER + 2 * STEP)

    made_live(cast, signed_text, at=LATER + 3 * STEP)

    assert "Edition 2: Retracted 2010. It is the source of: “A claim that rests on it [@sample2001].”" in (
        article.document.flags.standing().get(reason=Reason.SOURCE).statement
    )
    assert not seen(source, RETRACTED, cast=cast)


def test_what_was_observed_of_an_entry_is_known_of_the_one_that_takes_it_in(cast: Cast) -> None:
    gone, kept = draft(cast, key="gone2001"), published(cast, key="kept2001")
    seen(gone.document, RETRACTED, cast=cast)
    digests = (gone.text.digest, kept.text.digest)

    merge(Merge(gone.document, kept.document, "Both are one work.", digests), by=cast.editor, at=LATER)

    assert observed_of([kept.document_id]) == {kept.document_id: (RETRACTED,)}
    assert observed_of([gone.document_id]) == {}


def test_what_a_look_up_brings_of_an_approved_entry_stands_on_its_page_once_it_is_live(
    cast: Cast, client: Client
) -> None:
    edition = approved(cast, PMID="7")
    custom = {"notices": [{"type": "RetractionIn", "text": "J Test. 2010 Oct;1(1):1", "pmid": "8"}]}
    item = {"type": "article-journal", "title": "A work", "PMID": "7", "custom": custom}
    brought = Brought(1, 1, item, TakenFrom("Looked up", "PubMed", "PMID 7", ""))

    assert observe_notices(edition.document, brought, by=cast.editor, at=NOW + 20 * STEP).is_news

    made_live(cast, edition, at=LATER)
    assert "<strong>Retracted 2010</strong>" in client.get("/bibliography/sample2001/").content.decode()


@pytest.mark.parametrize("role", ["reviewer", "administrator", "stranger"])
def test_nothing_is_noted_in_the_name_of_who_writes_and_publishes_nothing(cast: Cast, role: str) -> None:
    document = draft(cast).document

    with pytest.raises(NotPermitted, match="Only editors and publishers note"):
        observe(document, [Notice("RetractionIn", "2010")], source="Test", by=getattr(cast, role), at=LATER)
    assert not document.observed_notices.exists()
