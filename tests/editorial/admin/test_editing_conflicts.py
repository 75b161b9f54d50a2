"""Writing at the desk when something came between: refused, given back, and gone on with by choice."""

import re

import pytest
from django.test import Client

from alstrom_site.editorial.admin.editing import NOTHING_CHANGED, SETTLED
from tests.cast import Cast
from tests.documents import draft, fresh
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
    assert (SETTLED in said(editor, response)) == (choice == "theirs")


@pytest.mark.parametrize("somebody_else_too", [False, True])
def test_what_one_person_saved_in_another_tab_alone_is_not_called_somebody_else_s(
    cast: Cast, editor: Client, somebody_else_too: bool
) -> None:
    edition = draft(cast, "term")
    one, other = opened(editor, page(edition.document)), opened(editor, page(edition.document))
    sent(editor, page(edition.document), one, definition="In one tab.")
    if somebody_else_too:
        save_by_somebody_else(cast, edition, alternate_names=["theirs"])

    html = sent(editor, page(edition.document), other, definition="In the other tab.").content.decode()

    assert ("Not saved: you saved in another tab meanwhile" in html) == (not somebody_else_too)
    assert ("You changed this text in another tab since you opened it here." in html) == (not somebody_else_too)
    assert ("Not saved: somebody else saved meanwhile" in html) == somebody_else_too
    assert 'value="by hand"' in html


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


@pytest.mark.parametrize("field", ["seen", "over"])
@pytest.mark.parametrize("definition", ["Mine.", "A word for tests."])
def test_a_digest_that_nobody_saw_is_no_leave_to_write(cast: Cast, editor: Client, definition: str, field: str) -> None:
    edition = draft(cast, "term")
    fields = {**opened(editor, page(edition.document)), "seen": [""]}

    for seen in ("", "x", "\x00", "0" * 64, "' OR 1=1 --", "a" * 5000):
        response = sent(editor, page(edition.document), fields, **{"definition": definition, field: seen})

        assert response.status_code == 409, seen
        assert fresh(edition).text == edition.text, seen


def test_the_same_change_by_two_people_is_one_change(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    save_by_somebody_else(cast, edition, definition="The same.")
    before = written()

    response = sent(editor, page(edition.document), fields, definition="The same.")

    assert NOTHING_CHANGED in said(editor, response)
    assert written() == before
