"""Two entries of one work become one: the key of the one leads to the other for good, and nothing is lost."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.actions import merging_documents
from alstrom_site.editorial.actions.merging_documents import Merge
from alstrom_site.editorial.models import (
    Document,
    Edition,
    Event,
    Flag,
    FormerAddress,
    Proposal,
    PublishedPage,
    Reason,
    Trait,
)
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.texts import citing, latest_texts, live_texts
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import NotPermitted, NotReady, OutOfDate, WrongState
from references.publication import published_contents
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, draft, fresh, made_live, next_edition, published, signed, submitted
from tests.editorial.policies_of_tests import under

pytestmark = pytest.mark.django_db

LATER = NOW + 20 * STEP
REASON = "Both are of the same made-up source."


def of(gone: Edition, kept: Edition, *, reason: str = REASON) -> Merge:
    gone, kept = fresh(gone), fresh(kept)
    newest = (gone.document.latest_edition.text.digest, kept.document.latest_edition.text.digest)
    return Merge(gone.document, kept.document, reason, newest)


def merged(cast: Cast, gone: Edition, kept: Edition) -> None:
    if fresh(gone).document.live_edition is not None:
        merging_documents.propose_merge(of(gone, kept), by=cast.editor, at=LATER)
    merging_documents.merge(of(gone, kept), by=cast.everything, at=LATER)


def page_of(edition: Edition) -> str:
    projection.refresh_stale()
    return bytes(PublishedPage.objects.get(document=edition.document_id).body).decode()


def test_the_key_of_a_draft_leads_to_the_entry_that_took_it_in(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), draft(cast, key="gone2001", DOI="10.1000/gone")

    merging_documents.merge(of(gone, kept), by=cast.editor, at=LATER)

    assert fresh(gone).status == "discarded"
    assert latest_texts("reference", ["gone2001"])["gone2001"].document_id == kept.document_id
    assert not Trait.objects.filter(document=gone.document).exists()
    comments = Event.objects.filter(verb__in=["give way", "take in"]).order_by("position")
    assert [(each.document_id, each.fields["comment"]) for each in comments] == [
        (gone.document_id, f"gone2001 leads to kept2001 now. {REASON}"),
        (kept.document_id, f"gone2001 leads here now. {REASON}"),
    ]
    assert list(faults()) == []


def test_a_live_entry_is_merged_by_two_people_and_readers_are_led_on(cast: Cast, client: Client) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")

    with pytest.raises(NotPermitted):
        merging_documents.merge(of(gone, kept), by=cast.publisher, at=LATER)
    merging_documents.propose_merge(of(gone, kept), by=cast.editor, at=LATER)
    merging_documents.merge(of(gone, kept), by=cast.publisher, at=LATER)

    assert fresh(gone).status == "unpublished"
    assert Proposal.objects.get().was_taken
    response = client.get("/bibliography/gone2001/")
    assert (response.status_code, response["Location"]) == (301, "/bibliography/kept2001/")
    assert list(faults()) == []


def test_a_proposed_merge_is_confirmed_where_any_unpublishing_is(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    proposal = merging_documents.propose_merge(of(gone, kept), by=cast.editor, at=LATER)

    said = {"reason": proposal.reason, "moved_to": proposal.moved_to}
    actions.unpublish(fresh(gone), by=cast.publisher, at=LATER, seen=gone.text.digest, **said)

    assert live_texts("reference", ["gone2001"])["gone2001"].document_id == kept.document_id


def test_a_merge_is_not_confirmed_with_another_text_than_the_one_it_was_proposed_with(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    proposal = merging_documents.propose_merge(of(gone, kept), by=cast.editor, at=LATER)
    following = next_edition(cast, kept.document, at=LATER, title="Quite another work")
    made_live(cast, signed(cast, submitted(cast, following, at=LATER), at=LATER), at=LATER)

    said = {"reason": proposal.reason, "moved_to": proposal.moved_to}
    with pytest.raises(OutOfDate, match="propose it again"):
        actions.unpublish(fresh(gone), by=cast.publisher, at=LATER, seen=gone.text.digest, **said)
    with pytest.raises(OutOfDate, match="propose it again"):
        merging_documents.merge(of(gone, kept), by=cast.publisher, at=LATER)
    actions.turn_down(proposal, answer="", by=cast.editor, at=LATER)
    merged(cast, gone, kept)

    assert fresh(gone).status == "unpublished"


def test_every_live_text_that_cites_what_was_merged_is_flagged_and_no_other(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    article = published(cast, "article", body="One [@gone2001].")
    published(cast, "article", slug="other-article", body="One [@kept2001].")

    merged(cast, gone, kept)

    flag = Flag.objects.get()
    assert (flag.document_id, flag.reason, flag.about) == (article.document_id, Reason.SOURCE, kept.document)
    assert "gone2001” was merged into The bibliography entry" in flag.statement
    assert REASON in flag.statement
    projection.refresh_stale()
    assert list(faults()) == []


def test_texts_that_cite_the_old_key_stay_as_approved_and_show_the_kept_entry_once(cast: Cast, client: Client) -> None:
    kept, gone = published(cast, key="kept2001", title="The kept one"), published(cast, key="gone2001")
    body = "One sentence [@gone2001]. Another one [@kept2001; @gone2001, p. 3]."
    article = published(cast, "article", body=body)
    approved = fresh(article).text.content

    merged(cast, gone, kept)

    html = page_of(article)
    assert fresh(article).text.content == approved
    assert html.count('id="reference-') == 1
    assert "The kept one" in html
    assert "gone2001" not in html
    assert [each.pk for each in citing(kept.document)] == [article.pk]
    assert "Sample article" in page_of(kept)
    assert set(published_contents(["gone2001"])) == {"kept2001", "gone2001"}
    files = client.get("/bibliography/references.ris?key=gone2001").getvalue().decode()
    assert "The kept one" in files
    assert list(faults()) == []


def test_merges_in_a_row_lead_to_the_last_entry(cast: Cast, client: Client) -> None:
    first, second, third = (published(cast, key=f"{name}2001") for name in ("first", "second", "third"))

    merged(cast, first, second)
    merged(cast, second, third)

    found = live_texts("reference", ["first2001", "second2001"])
    assert {each.document_id for each in found.values()} == {third.document_id}
    assert client.get("/bibliography/first2001/")["Location"] == "/bibliography/third2001/"


def test_what_was_merged_is_not_taken_up_again_and_its_key_is_nobody_elses(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), draft(cast, key="gone2001")
    merging_documents.merge(of(gone, kept), by=cast.editor, at=LATER)

    with pytest.raises(WrongState, match="was merged into “A made-up source for tests, kept2001”"):
        actions.open_edition(fresh(gone).document, by=cast.editor, at=LATER)
    with pytest.raises(ValueError, match="leads to it for good: “A made-up source for tests, kept2001”"):
        draft(cast, key="gone2001")
    with pytest.raises(WrongState, match="was merged into"):
        merging_documents.merge(of(kept, gone), by=cast.editor, at=LATER)


def test_readers_are_not_led_to_what_they_cannot_read(cast: Cast) -> None:
    live, unseen = published(cast, key="live2001"), draft(cast, key="unseen2001")

    with pytest.raises(WrongState, match="Readers rely on “A made-up source for tests, live2001”"):
        merging_documents.propose_merge(of(live, unseen), by=cast.editor, at=LATER)


def test_an_entry_that_is_being_worked_on_is_merged_after_that_ended(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    next_edition(cast, gone.document, at=LATER, volume="9")

    with pytest.raises(WrongState, match="is being worked on"):
        merging_documents.propose_merge(of(gone, kept), by=cast.editor, at=LATER)


@pytest.mark.parametrize("make", [draft, published])
def test_what_a_text_cites_is_not_merged_while_the_text_is_approved_and_waits(
    make: Callable[..., Edition], cast: Cast
) -> None:
    kept, gone = published(cast, key="kept2001"), make(cast, key="gone2001")
    article = approved(cast, "article", body="One [@gone2001].")

    with pytest.raises(WrongState, match=r"Edition 1 of “Sample article” .* is approved and cites"):
        merged(cast, gone, kept)
    seen = article.text.digest
    actions.discard(article, by=cast.editor, at=LATER, seen=seen, comment="Not needed.")
    merged(cast, gone, kept)

    assert latest_texts("reference", ["gone2001"])["gone2001"].document_id == kept.document_id


def test_what_a_text_cites_is_not_merged_while_only_some_have_signed_the_text(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    question = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2), kind="faq", answer="So [@gone2001].")
    signed(cast, question, at=LATER)

    with pytest.raises(WrongState, match=r"Somebody has signed edition 1 of .* which is in review and cites"):
        merged(cast, gone, kept)
    actions.discard(question, by=cast.editor, at=LATER, seen=question.text.digest, comment="Not needed.")
    merged(cast, gone, kept)

    assert latest_texts("reference", ["gone2001"])["gone2001"].document_id == kept.document_id


def test_a_page_that_was_taken_down_is_led_nowhere_by_one_person(cast: Cast, client: Client) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    wanted = actions.Retirement("unpublish", "It was made up.")
    actions.propose(gone, wanted, by=cast.editor, at=LATER, seen=gone.text.digest)
    actions.unpublish(fresh(gone), by=cast.publisher, at=LATER, seen=gone.text.digest, reason=wanted.reason)

    with pytest.raises(WrongState, match=r"Readers were told that .* is gone"):
        merging_documents.merge(of(gone, kept), by=cast.second_editor, at=LATER)

    assert client.get("/bibliography/gone2001/").status_code == 410


def test_nothing_is_merged_unseen_or_without_a_reason(cast: Cast) -> None:
    kept, gone = draft(cast, key="kept2001"), draft(cast, key="gone2001")
    seen = of(gone, kept)
    actions.save(kept, {**kept.text.fields, "volume": "9"}, by=cast.editor, at=LATER, seen=kept.text.digest)

    with pytest.raises(OutOfDate):
        merging_documents.merge(seen, by=cast.editor, at=LATER)
    with pytest.raises(NotReady):
        merging_documents.merge(of(gone, kept, reason=" "), by=cast.editor, at=LATER)
    with pytest.raises(NotPermitted):
        merging_documents.merge(of(gone, kept), by=cast.reviewer, at=LATER)

    assert fresh(gone).status == "draft"
    assert not FormerAddress.objects.exists()


def test_chosen_fields_go_into_a_new_edition_of_the_kept_entry(cast: Cast) -> None:
    kept = published(cast, key="kept2001")
    gone = draft(cast, key="gone2001", DOI="10.1000/gone", volume="99", issue="", notes=["Review."])
    merging_documents.merge(of(gone, kept), by=cast.editor, at=LATER)

    edition = merging_documents.take_over(
        kept.document, gone.document, ["DOI", "issue", "key"], by=cast.editor, at=LATER, seen=kept.text.digest
    )

    assert (edition.number, edition.status) == (2, "draft")
    taken = edition.text.fields
    assert (taken["DOI"], taken["issue"], taken["volume"], taken["key"]) == ("10.1000/gone", "", "7", "kept2001")


def test_the_database_lets_a_former_address_move_only_with_a_merge(cast: Cast) -> None:
    kept, gone, other = (draft(cast, key=f"{name}2001") for name in ("kept", "gone", "other"))
    merging_documents.merge(of(gone, kept), by=cast.editor, at=LATER)

    with pytest.raises(IntegrityError, match="leads to its document for good"), transaction.atomic():
        FormerAddress.objects.update(document=other.document)

    assert Document.objects.filter(former_addresses__address="gone2001").get() == kept.document


def test_an_entry_that_has_its_old_key_back_is_merged_with_every_key_it_had(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), draft(cast, key="old2001")
    draft(cast, "faq", answer="So [@old2001].")
    for key in ("new2001", "old2001"):
        now = fresh(gone)
        content = {**now.text.fields, "key": key}
        actions.save(now, content, by=cast.editor, at=NOW + STEP, seen=now.text.digest)
        draft(cast, "faq", slug=f"of-{key}", answer=f"So [@{key}].")
    assert FormerAddress.objects.filter(address="old2001", document=gone.document_id).exists()

    merging_documents.merge(of(gone, kept), by=cast.editor, at=LATER)

    keys = FormerAddress.objects.filter(document=kept.document).values_list("address", flat=True)
    assert set(keys) == {"new2001", "old2001"}
    assert list(faults()) == []


def test_two_are_told_apart_once_and_for_good(cast: Cast) -> None:
    one, other = draft(cast, key="one2001"), draft(cast, key="other2001")

    said = merging_documents.tell_apart(other.document, one.document, by=cast.editor, at=LATER)
    again = merging_documents.tell_apart(one.document, other.document, by=cast.second_editor, at=LATER + STEP)

    assert again == said
    assert (said.by, said.at) == (cast.editor, LATER)
    with pytest.raises(NotPermitted):
        merging_documents.tell_apart(one.document, other.document, by=cast.reviewer, at=LATER)
