"""What is observed or taken back of an entry that was merged is told of the entry that took it in."""

from typing import Any

import pytest

from alstrom_site.editorial.models import Document, Event, Reason
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.verification.one_document import faults_of
from alstrom_site.editorial.workflow import VERBS_OF_NOTICES, WrongState
from references.models import ObservedNotice
from references.standing import notices_in, observed_of
from references.watching import Notice, note_again, observe, take_back
from references.watching.observing import foresee
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, fresh, published
from tests.outbox import forget_mails, queued_mails
from tests.references.duplicates.test_merging import merged, page_of

pytestmark = pytest.mark.django_db

LATER = NOW + 40 * STEP
RETRACTED = Notice("RetractionIn", "2010-02-06", doi="10.1000/notice")


def retract(document: Document, cast: Cast) -> bool:
    return observe(document, [RETRACTED], source="Retraction Watch", by=cast.editor, at=LATER)


def foreseen(document: Document) -> str | None:
    return foresee(document, [RETRACTED], source="Retraction Watch").now


def last_told() -> tuple[int, str]:
    event = Event.objects.filter(verb__in=VERBS_OF_NOTICES).order_by("-position").first()
    assert event is not None
    return event.document_id, event.fields["comment"]


def test_what_is_observed_of_an_entry_that_was_merged_is_told_of_the_one_that_took_it_in(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    article = published(cast, "article", body="One [@kept2001].")
    merged(cast, gone, kept)

    assert foreseen(fresh(gone).document) == "Retracted 2010"
    assert retract(fresh(gone).document, cast)

    assert foreseen(fresh(gone).document) is None
    assert last_told() == (kept.document_id, "Retraction Watch: Retracted 2010.")
    flag = article.document.flags.standing().get()
    assert (flag.reason, flag.about_id) == (Reason.SOURCE, kept.document_id)
    assert "Retracted 2010" in page_of(article)


IN_ITS_TEXT: dict[str, Any] = {
    "publication_types": ["Retracted Publication"],
    "notices": [
        {"type": "RetractionIn", "pmid": "1000001", "text": "J Test Fixt. 2010;9:1"},
        {"type": "ExpressionOfConcernIn", "doi": "10.1000/" + "9" * 350, "text": "J Test Fixt. 2009;8:1"},
    ],
}


@pytest.mark.parametrize("of", [draft, published])
def test_what_only_the_text_of_a_merged_entry_says_counts_for_the_kept_one_until_it_is_taken_back(
    of: Any, cast: Cast
) -> None:
    kept, gone = published(cast, key="kept2001"), of(cast, key="gone2001", **IN_ITS_TEXT)
    article = published(cast, "article", body="One [@kept2001].")

    merged(cast, gone, kept)

    said = "gone2001 was merged into it: Expression of concern 2009; Retracted 2010."
    assert last_told() == (kept.document_id, said)
    assert article.document.flags.standing().filter(statement__contains=said).exists()
    assert "Retracted 2010" in page_of(article)
    assert "Retracted 2010" in page_of(kept)
    assert list(faults()) == []
    for notice in ObservedNotice.objects.all():
        assert (notice.document_id, notice.source) == (kept.document_id, "Entry gone2001")
        take_back(notice, because="Of another work.", by=cast.editor, at=LATER)
    assert "Retracted 2010" not in page_of(article)
    assert list(faults()) == []


def test_a_merge_notes_nothing_that_is_known_already_or_was_taken_back(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001", **IN_ITS_TEXT)
    known, again = notices_in(IN_ITS_TEXT)[:2]
    observe(kept.document, [known], source="PubMed", by=cast.editor, at=LATER)
    observe(gone.document, [again], source="Crossref", by=cast.editor, at=LATER)
    take_back(ObservedNotice.objects.get(source="Crossref"), because="Of another work.", by=cast.editor, at=LATER)

    merged(cast, gone, kept)

    assert [row.type for row in ObservedNotice.objects.filter(source="Entry gone2001")] == ["Retracted Publication"]
    assert list(faults()) == []


@pytest.mark.parametrize("of", [draft, published])
def test_a_merge_tells_who_cites_the_kept_entry_alone_what_was_known_of_the_other_one(of: Any, cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), of(cast, key="gone2001")
    article = published(cast, "article", body="One [@kept2001].")
    retract(gone.document, cast)
    forget_mails()

    merged(cast, gone, kept)

    assert last_told() == (kept.document_id, "gone2001 was merged into it: Retracted 2010.")
    flag = article.document.flags.standing().get()
    assert (flag.reason, flag.about_id) == (Reason.SOURCE, kept.document_id)
    assert "Retracted 2010. It is the source of: “One [@kept2001].”" in flag.statement
    assert [mail.to for mail in queued_mails() if mail.subject.startswith("What is known of a source")] == ["editor"]
    assert "Retracted 2010" in page_of(article)
    assert list(faults()) == []


def test_a_notice_of_an_entry_that_was_merged_is_taken_back_from_the_pages_too(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    article = published(cast, "article", body="One [@kept2001].")
    retract(gone.document, cast)
    merged(cast, gone, kept)
    assert "Retracted 2010" in page_of(kept)

    told = take_back(ObservedNotice.objects.get(), because="Of another work.", by=cast.editor, at=LATER)

    assert told
    assert observed_of([kept.document_id]) == {}
    assert "Retracted 2010" not in page_of(kept)
    assert "Retracted 2010" not in page_of(article)
    assert last_told() == (
        kept.document_id,
        "Retraction Watch, taken back (“Of another work.”): nothing is known against it any more.",
    )
    assert list(faults_of(kept.document)) == list(faults_of(gone.document)) == []


def test_what_was_taken_back_of_an_entry_before_it_was_merged_is_not_noted_of_the_one_that_took_it_in(
    cast: Cast,
) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    article = published(cast, "article", body="One [@kept2001].")
    retract(gone.document, cast)
    notice = ObservedNotice.objects.get()
    take_back(notice, because="Of another work.", by=cast.editor, at=LATER)
    merged(cast, gone, kept)

    assert not retract(kept.document, cast)
    assert foresee(kept.document, [RETRACTED], source="Retraction Watch").left_out == (notice,)

    assert note_again(notice, because="It is this one.", by=cast.second_editor, at=LATER)
    assert observed_of([kept.document_id, gone.document_id]) == {kept.document_id: (RETRACTED,)}
    assert "Retracted 2010" in page_of(article)
    assert list(faults_of(kept.document)) == list(faults_of(gone.document)) == []


def test_what_was_taken_back_of_one_of_two_merged_entries_holds_while_it_holds_of_the_other(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    retract(gone.document, cast)
    retract(kept.document, cast)
    notice = ObservedNotice.objects.get(document=gone.document)
    take_back(notice, because="Of another work.", by=cast.editor, at=LATER)
    merged(cast, gone, kept)

    assert foresee(kept.document, [RETRACTED], source="Retraction Watch").left_out == ()
    with pytest.raises(WrongState, match="noted again already"):
        note_again(notice, because="It is this one.", by=cast.editor, at=LATER)
    assert ObservedNotice.objects.holding().get().document_id == kept.document_id
