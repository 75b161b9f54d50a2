"""Writing at the desk when something came between: refused, given back, and gone on with by choice."""

import re
from typing import Any

import pytest
from django.test import Client

from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.editing import NOTHING_CHANGED
from alstrom_site.editorial.models import Document, Edition, Event
from alstrom_site.editorial.workflow import Status
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, draft, fresh, in_review, published
from tests.editorial.admin.writing_visits import page, said, save_by_somebody_else, written
from tests.posting import fields_of, opened, sent

pytestmark = pytest.mark.django_db


# Somebody else was there before


def test_a_stale_save_writes_nothing_and_gives_everything_back(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "article", faqs=["first", "second"])
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, summary="Their summary.")
    before = written()

    response = sent(editor, page(edition.document), fields, summary="My summary.", body="My body.")

    html = response.content.decode()
    assert response.status_code == 409
    assert written() == before
    assert fresh(edition).text == theirs.text
    back = fields_of(html)
    assert back.pop("mine")
    assert back == {**fields, "summary": ["My summary."], "body": ["My body."]}
    assert "Somebody changed this text since you opened it." in html
    assert "<strong>Test second editor</strong>" in html
    for words in ("Their", "My"):
        assert re.search(rf"<ins[^>]*>[^<]*(<span[^>]*>added: </span>)?[^<]*{words}", html)
    assert 'name="choice-0"' in html
    assert f'name="over" value="{theirs.text.digest}"' in html
    assert "Save draft" not in html


def test_sending_a_stale_form_again_is_refused_again(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    save_by_somebody_else(cast, edition, definition="Theirs.")
    refused = sent(editor, page(edition.document), fields, definition="Mine.")

    again = sent(editor, page(edition.document), fields_of(refused.content.decode()))

    assert again.status_code == 409
    assert fresh(edition).text.fields["definition"] == "Theirs."


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Mine."), ("theirs", "Theirs."), ("by hand", "By hand.")])
def test_where_both_changed_the_same_the_person_chooses(cast: Cast, editor: Client, choice: str, kept: str) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, definition="Theirs.")
    refused = sent(editor, page(edition.document), fields, definition="Mine.")
    back = fields_of(refused.content.decode())
    by_hand = {"definition": "By hand."} if choice == "by hand" else {}

    response = sent(editor, page(edition.document), back, over=theirs.text.digest, **{"choice-0": choice}, **by_hand)

    assert response.status_code == 302
    assert fresh(edition).text.fields["definition"] == kept


@pytest.mark.parametrize("choice", ["", "nobody’s", "MINE"])
def test_without_a_choice_nothing_is_saved_and_nothing_is_lost(cast: Cast, editor: Client, choice: str) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, definition="Theirs.")
    back = fields_of(sent(editor, page(edition.document), fields, definition="Mine.").content.decode())

    response = sent(
        editor, page(edition.document), back, over=theirs.text.digest, term="By hand", **{"choice-0": choice}
    )

    html = response.content.decode()
    assert response.status_code == 409
    assert "Choose what shall stand here." in html
    assert fields_of(html)["seen"] == fields["seen"]
    assert fields_of(html)["term"] == ["By hand"]
    assert fields_of(html)["mine"] == back["mine"]
    assert fresh(edition).text.fields["definition"] == "Theirs."


def test_what_was_changed_by_hand_and_chosen_otherwise_is_asked_about(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, definition="Theirs.")
    back = fields_of(sent(editor, page(edition.document), fields, definition="Mine.").content.decode())

    response = sent(
        editor,
        page(edition.document),
        back,
        over=theirs.text.digest,
        definition="By hand.",
        **{"choice-0": "theirs"},
    )

    html = response.content.decode()
    assert response.status_code == 409
    assert "Choose “By hand” for it." in html
    assert fields_of(html)["definition"] == ["By hand."]
    assert fields_of(html)["choice-0"] == ["theirs"]


def test_changes_that_do_not_touch_are_merged_and_saved_with_one_click(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term", definition="One here.\n\nTwo there.")
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, definition="One here.\n\nTwo there, by them.", alternate_names=["b"])
    refused = sent(editor, page(edition.document), fields, definition="One here, by me.\n\nTwo there.")
    html = refused.content.decode()

    response = sent(editor, page(edition.document), fields_of(html), over=theirs.text.digest)

    assert refused.status_code == 409
    assert "do not touch" in html
    assert "choice-0" not in html
    assert response.status_code == 302
    merged = fresh(edition).text.fields
    assert merged["definition"] == "One here, by me.\n\nTwo there, by them."
    assert merged["alternate_names"] == ["b"]


def test_a_third_text_that_came_while_choosing_is_merged_with_what_was_chosen(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term", definition="One here.\n\nTwo there.")
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, definition="One here, by them.\n\nTwo there.")
    html = sent(editor, page(edition.document), fields, definition="One here, by me.\n\nTwo there.").content.decode()
    third = save_by_somebody_else(cast, edition, alternate_names=["third"])

    refused = sent(editor, page(edition.document), fields_of(html), over=theirs.text.digest, **{"choice-0": "mine"})
    back = fields_of(refused.content.decode())
    response = sent(editor, page(edition.document), back, over=third.text.digest, **{"choice-0": "mine"})

    assert refused.status_code == 409
    assert response.status_code == 302
    merged = fresh(edition).text.fields
    assert (merged["definition"], merged["alternate_names"]) == ("One here, by me.\n\nTwo there.", ["third"])


@pytest.mark.parametrize("mine", ["", "[]", "{", "1", "null", '{"term": 5}', "[" * 2000])
def test_a_text_to_merge_that_is_none_does_no_harm(cast: Cast, editor: Client, mine: str) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, definition="Theirs.")

    response = sent(editor, page(edition.document), fields, definition="Mine.", over=theirs.text.digest, mine=mine)

    assert response.status_code == 409
    assert fields_of(response.content.decode())["definition"] == ["Mine."]
    assert fresh(edition).text.fields["definition"] == "Theirs."


def test_saving_over_is_refused_when_a_third_text_has_come(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, definition="Theirs.")
    save_by_somebody_else(cast, edition, definition="A third one.")

    response = sent(editor, page(edition.document), fields, definition="Mine.", over=theirs.text.digest)

    assert response.status_code == 409
    assert fresh(edition).text.fields["definition"] == "A third one."


@pytest.mark.parametrize("seen", ["", "x", "\x00", "0" * 64, "' OR 1=1 --", "a" * 5000])
@pytest.mark.parametrize("field", ["seen", "over"])
@pytest.mark.parametrize("definition", ["Mine.", "A word for tests."])
def test_a_digest_that_nobody_saw_is_no_leave_to_write(
    cast: Cast, editor: Client, definition: str, field: str, seen: str
) -> None:
    edition = draft(cast, "term")
    fields = {**opened(editor, page(edition.document)), "seen": [""]}

    response = sent(editor, page(edition.document), fields, **{"definition": definition, field: seen})

    assert response.status_code == 409
    assert fresh(edition).text == edition.text


def test_the_same_change_by_two_people_is_one_change(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    save_by_somebody_else(cast, edition, definition="The same.")
    before = written()

    response = sent(editor, page(edition.document), fields, definition="The same.")

    assert NOTHING_CHANGED in said(editor, response)
    assert written() == before


# In review or approved


@pytest.mark.parametrize("make", [in_review, approved])
def test_a_text_that_others_rely_on_is_locked_until_somebody_chooses_to_take_it_back(
    cast: Cast, editor: Client, make: Any
) -> None:
    edition = make(cast, "term")
    before = written()

    locked = editor.get(page(edition.document)).content.decode()
    chosen = editor.get(page(edition.document), {"take_back": "1"}).content.decode()

    assert "This text is locked" in locked
    assert 'name="definition"' not in locked
    assert "Saving takes it back to draft" in chosen
    assert fields_of(chosen)["take_back"] == ["on"]
    assert (written(), fresh(edition).status) == (before, edition.status)


@pytest.mark.parametrize("make", [in_review, approved])
def test_a_change_that_was_not_to_take_it_back_is_refused_and_given_back(cast: Cast, editor: Client, make: Any) -> None:
    edition = make(cast, "term")
    fields = opened(editor, page(edition.document) + "?take_back=1")
    del fields["take_back"]

    response = sent(editor, page(edition.document), fields, definition="Mine.")

    html = response.content.decode()
    assert response.status_code == 409
    assert "Take it back to draft and save" in html
    assert fields_of(html)["definition"] == ["Mine."]
    assert "take_back" not in fields_of(html)
    assert fresh(edition).status == edition.status
    assert fresh(edition).text == edition.text


@pytest.mark.parametrize("make", [in_review, approved])
def test_one_choice_and_one_save_take_it_back_to_draft(cast: Cast, editor: Client, make: Any) -> None:
    edition = make(cast, "term")
    fields = opened(editor, page(edition.document) + "?take_back=1")

    response = sent(editor, page(edition.document), fields, definition="Mine.")

    now = fresh(edition)
    assert "taken back to draft" in said(editor, response)
    assert (now.state, now.approved_at) == (Status.DRAFT, None)
    assert now.text.fields["definition"] == "Mine."
    assert Event.objects.latest("position").verb == "take back"


@pytest.mark.parametrize("make", [in_review, approved])
def test_a_save_without_a_change_takes_nothing_back(cast: Cast, editor: Client, make: Any) -> None:
    edition = make(cast, "term")
    fields = opened(editor, page(edition.document) + "?take_back=1")
    before = written()

    sent(editor, page(edition.document), fields)

    assert (written(), fresh(edition).status) == (before, edition.status)


def test_a_form_opened_in_draft_and_submitted_meanwhile_comes_back_with_the_choice(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    actions.submit(edition, by=cast.second_editor, at=NOW + STEP, seen=edition.text.digest)

    refused = sent(editor, page(edition.document), fields, definition="Mine.")
    back = fields_of(refused.content.decode())
    accepted = sent(editor, page(edition.document), back, take_back="on")

    assert refused.status_code == 409
    assert "while the edition is in review" in refused.content.decode()
    assert back["definition"] == ["Mine."]
    assert accepted.status_code == 302
    assert fresh(edition).text.fields["definition"] == "Mine."


def test_overtaken_and_submitted_at_once_is_settled_on_one_page(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, definition="Theirs.")
    actions.submit(theirs, by=cast.second_editor, at=NOW + 2 * STEP, seen=theirs.text.digest)

    refused = sent(editor, page(edition.document), fields, definition="Mine.")
    html = refused.content.decode()
    accepted = sent(editor, page(edition.document), fields_of(html), over=theirs.text.digest, **{"choice-0": "mine"})

    assert refused.status_code == 409
    assert "Take it back and save the merged text" in html
    assert accepted.status_code == 302
    assert fresh(edition).text.fields["definition"] == "Mine."
    assert fresh(edition).state is Status.DRAFT


def test_taking_back_does_no_harm_once_changes_were_asked_for(cast: Cast, editor: Client) -> None:
    edition = in_review(cast, "term")
    fields = opened(editor, page(edition.document) + "?take_back=1")
    actions.request_changes(edition, by=cast.reviewer, at=NOW + 2 * STEP, seen=edition.text.digest, comment="Shorter.")

    response = sent(editor, page(edition.document), fields, definition="Shorter.")

    assert response.status_code == 302
    assert fresh(edition).state is Status.DRAFT


# Nothing open


def test_with_nothing_open_a_new_edition_is_offered_and_begun(cast: Cast, editor: Client) -> None:
    live = published(cast, "term")
    before = Edition.objects.count()

    offered = editor.get(page(live.document)).content.decode()
    assert Edition.objects.count() == before
    response = editor.post(page(live.document), {"begin": "1"})

    assert 'name="begin"' in offered
    assert response["Location"] == page(live.document)
    begun = Document.objects.get(pk=live.document_id).open_edition
    assert begun is not None
    assert (begun.number, begun.text.fields) == (2, live.text.fields)


def test_an_edition_that_is_open_already_is_not_begun_twice(cast: Cast, editor: Client) -> None:
    live = published(cast, "term")
    editor.post(page(live.document), {"begin": "1"})

    response = editor.post(page(live.document), {"begin": "1"})

    assert "An edition is open already." in said(editor, response)
    assert Edition.objects.filter(document=live.document).count() == 2


def test_what_was_typed_into_an_edition_that_was_published_meanwhile_begins_the_next(
    cast: Cast, editor: Client
) -> None:
    edition = approved(cast, "term")
    fields = opened(editor, page(edition.document) + "?take_back=1")
    actions.publish(edition, by=cast.publisher, at=NOW + 3 * STEP, seen=edition.text.digest)

    refused = sent(editor, page(edition.document), fields, definition="Mine.")
    back = fields_of(refused.content.decode())
    accepted = sent(editor, page(edition.document), back, over=edition.text.digest)

    assert refused.status_code == 409
    assert "is no longer open" in refused.content.decode()
    assert back["definition"] == ["Mine."]
    assert accepted.status_code == 302
    begun = Document.objects.get(pk=edition.document_id).open_edition
    assert begun is not None
    assert (begun.number, begun.text.fields["definition"]) == (2, "Mine.")
    assert fresh(edition).text.fields == edition.text.fields
