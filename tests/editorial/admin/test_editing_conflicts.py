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
    assert fields_of(html) == {**fields, "summary": ["My summary."], "body": ["My body."]}
    assert "Somebody changed this text since you opened it." in html
    assert "<strong>Test second editor</strong>" in html
    assert re.search(r"<del[^>]*>.*?Their.*?</del>", html, re.DOTALL)
    assert re.search(r"<ins[^>]*>.*?My.*?</ins>", html, re.DOTALL)
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


def test_who_saw_both_may_save_over_it(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, definition="Theirs.")
    refused = sent(editor, page(edition.document), fields, definition="Mine.")

    response = sent(editor, page(edition.document), fields_of(refused.content.decode()), over=theirs.text.digest)

    assert response.status_code == 302
    assert fresh(edition).text.fields["definition"] == "Mine."


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


@pytest.mark.parametrize(("make", "shown"), [(draft, False), (in_review, True), (approved, True)])
def test_the_box_to_take_it_back_is_there_only_when_it_is_needed(
    cast: Cast, editor: Client, make: Any, shown: bool
) -> None:
    html = editor.get(page(make(cast, "term").document)).content.decode()

    assert ('name="take_back"' in html) is shown


@pytest.mark.parametrize("make", [in_review, approved])
def test_a_change_without_the_box_is_refused_and_given_back(cast: Cast, editor: Client, make: Any) -> None:
    edition = make(cast, "term")

    response = sent(editor, page(edition.document), opened(editor, page(edition.document)), definition="Mine.")

    html = response.content.decode()
    assert response.status_code == 409
    assert "Tick this box if you want to change it all the same." in html
    assert fields_of(html)["definition"] == ["Mine."]
    assert fresh(edition).status == edition.status
    assert fresh(edition).text == edition.text


@pytest.mark.parametrize("make", [in_review, approved])
def test_a_change_with_the_box_takes_it_back_to_draft(cast: Cast, editor: Client, make: Any) -> None:
    edition = make(cast, "term")
    fields = opened(editor, page(edition.document))

    sent(editor, page(edition.document), fields, definition="Mine.", take_back="on")

    now = fresh(edition)
    assert (now.state, now.approved_at) == (Status.DRAFT, None)
    assert now.text.fields["definition"] == "Mine."
    assert Event.objects.latest("position").verb == "take back"


def test_a_form_opened_in_draft_and_submitted_meanwhile_comes_back_with_the_box(cast: Cast, editor: Client) -> None:
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
    accepted = sent(editor, page(edition.document), fields_of(html), over=theirs.text.digest, take_back="on")

    assert refused.status_code == 409
    assert 'name="take_back"' in html
    assert f'name="over" value="{theirs.text.digest}"' in html
    assert accepted.status_code == 302
    assert fresh(edition).text.fields["definition"] == "Mine."


def test_a_box_left_ticked_does_no_harm_once_changes_were_asked_for(cast: Cast, editor: Client) -> None:
    edition = in_review(cast, "term")
    fields = opened(editor, page(edition.document))
    actions.request_changes(edition, by=cast.reviewer, at=NOW + 2 * STEP, seen=edition.text.digest, comment="Shorter.")

    response = sent(editor, page(edition.document), fields, definition="Shorter.", take_back="on")

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
    fields = opened(editor, page(edition.document))
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
