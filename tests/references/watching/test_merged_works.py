"""What is observed or taken back of an entry that was merged is told of the entry that took it in."""

import pytest

from alstrom_site.editorial.models import Document, Event, Reason
from references.models import ObservedNotice
from references.standing import observed_of
from references.watching import Notice, observe, take_back
from references.watching.observing import would_say
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, published
from tests.references.duplicates.test_merging import merged, page_of

pytestmark = pytest.mark.django_db

LATER = NOW + 40 * STEP
RETRACTED = Notice("RetractionIn", "2010-02-06", doi="10.1000/notice")


def retract(document: Document, cast: Cast) -> bool:
    return observe(document, [RETRACTED], source="Retraction Watch", by=cast.editor, at=LATER)


def last_told() -> tuple[int, str]:
    event = Event.objects.filter(verb="observe").order_by("-position").first()
    assert event is not None
    return event.document_id, event.fields["comment"]


def test_what_is_observed_of_an_entry_that_was_merged_is_told_of_the_one_that_took_it_in(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    article = published(cast, "article", body="One [@kept2001].")
    merged(cast, gone, kept)

    assert would_say(fresh(gone).document, [RETRACTED]) == "Retracted 2010"
    assert retract(fresh(gone).document, cast)

    assert would_say(fresh(gone).document, [RETRACTED]) is None
    assert last_told() == (kept.document_id, "Retraction Watch: Retracted 2010.")
    flag = article.document.flags.standing().get()
    assert (flag.reason, flag.about_id) == (Reason.SOURCE, kept.document_id)
    assert "Retracted 2010" in page_of(article)


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
        "Retraction Watch, taken back: Of another work.: nothing is known against it any more.",
    )
