"""Submitting a text that readers know: the page asks what the change means to them, and nothing stands chosen."""

from typing import Any

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url, step_url
from alstrom_site.editorial.admin.forewarning import UNCHANGED
from alstrom_site.editorial.admin.offers import offers_on
from alstrom_site.editorial.models import Edition
from tests.cast import NOW, Cast
from tests.documents import STEP, UNSEEN, changes_requested, draft, fresh, next_edition, published, submitted
from tests.editorial.admin.desk_visits import page, seen_form, signed_in
from tests.posting import fields_of

pytestmark = pytest.mark.django_db


def later(cast: Cast) -> Edition:
    """Return a draft of a live term."""
    return next_edition(cast, published(cast, "term").document, at=NOW + 9 * STEP, definition="Another word.")


def submit(cast: Cast, edition: Edition, **fields: Any) -> Any:
    """Send the page's form and return the answer."""
    client = signed_in(cast.editor)
    return client.post(document_url(edition.document, "submit"), seen_form(edition, **fields))


def test_a_first_edition_is_submitted_by_a_plain_confirmation(cast: Cast) -> None:
    edition = draft(cast, "term")

    html = page(cast.editor, edition)
    answer = signed_in(cast.editor).get(document_url(edition.document, "submit"))

    assert step_url(edition.document, "submit") in html
    assert answer.status_code == 302


def test_a_later_edition_is_submitted_on_a_page_on_which_nothing_is_chosen(cast: Cast) -> None:
    edition = later(cast)

    html = page(cast.editor, edition, "submit")

    assert document_url(edition.document, "submit") in page(cast.editor, edition)
    assert "change" not in fields_of(html)
    assert fields_of(html)["change_note"] == [""]
    assert "Another" in html


@pytest.mark.parametrize(("change", "note"), [("minor", ""), ("minor", "A word."), ("major", "The word is another.")])
def test_what_was_said_of_the_change_is_kept_with_the_edition(cast: Cast, change: str, note: str) -> None:
    edition = later(cast)

    response = submit(cast, edition, change=change, change_note=note)

    now = fresh(edition)
    assert response.status_code == 302
    assert (now.status, now.change, now.change_note) == ("in review", change, note)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Say whether readers must know of this change"),
        ({"change": "huge"}, "Say whether readers must know of this change"),
        ({"change": "major"}, "Tell readers in a sentence what has changed."),
        ({"change": "major", "change_note": "  \n"}, "Tell readers in a sentence what has changed."),
        ({"change": "major", "change_note": "x" * 401}, "Shorten it to 400."),
        ({"change": "minor", "change_note": "x" * 401}, "Shorten it to 400."),
        ({"change": "major", "change_note": "a\x00b"}, "Null characters are not allowed."),
        *(({"change": "major", "change_note": f"a{sign}b"}, "cannot be seen") for sign in UNSEEN[-9:]),
    ],
)
def test_what_is_missing_or_unfit_is_said_and_what_was_typed_given_back(
    cast: Cast, fields: dict[str, str], told: str
) -> None:
    edition = later(cast)

    response = submit(cast, edition, **fields)

    html = response.content.decode()
    assert told in html
    assert fresh(edition).status == "draft"
    assert fields_of(html)["change_note"] == [fields.get("change_note", "").replace("\x00", "")]
    assert fields_of(html).get("change", [""]) == [
        fields["change"] if fields.get("change") in {"minor", "major"} else ""
    ]


def test_the_plain_form_of_a_step_does_not_go_round_the_question(cast: Cast) -> None:
    edition = later(cast)

    response = signed_in(cast.editor).post(step_url(edition.document, "submit"), seen_form(edition))

    assert response.status_code == 409
    assert "Say whether readers must know of this change" in response.content.decode()
    assert fresh(edition).status == "draft"


def test_a_stale_submission_gives_the_note_back(cast: Cast) -> None:
    edition = later(cast)
    form = seen_form(edition, change="major", change_note="My note.", seen="0" * 64)

    response = signed_in(cast.editor).post(document_url(edition.document, "submit"), form)

    assert response.status_code == 409
    assert fields_of(response.content.decode())["change_note"] == ["My note."]
    assert fresh(edition).status == "draft"


def test_sent_twice_it_is_submitted_once(cast: Cast) -> None:
    edition = later(cast)
    submit(cast, edition, change="minor")

    client = signed_in(cast.editor)
    form = seen_form(edition, change="minor")
    response = client.post(document_url(edition.document, "submit"), form, follow=True)

    assert "already. It was done once." in response.content.decode()
    assert fresh(edition).round == 1


def test_what_can_only_be_refused_is_not_offered_but_the_way_to_mend_it(cast: Cast) -> None:
    edition = next_edition(cast, published(cast, "article").document, at=NOW + 9 * STEP, summary="")

    html, answer = page(cast.editor, edition, "submit"), submit(cast, edition, change="minor", change_note="Kept.")

    change = document_url(edition.document, "change")
    assert f'Summary is empty. Fill it in. <a href="{change}#id_summary">Go to the field' in html
    assert f'<a class="button-link" href="{change}">Edit the text</a>' in html
    assert "Submit for review now" not in html
    assert "Kept.</textarea>" in answer.content.decode()


def test_after_a_request_for_changes_editing_comes_first_and_submitting_says_that_nothing_changed(cast: Cast) -> None:
    edition = submitted(cast, later(cast), at=NOW + 10 * STEP)
    changes_requested(cast.reviewer, edition, at=NOW + 11 * STEP, comment="Plainer, please.")

    refused = fresh(edition)
    first = [offer.transition.verb for offer in offers_on(refused, cast.editor, NOW)[0] if offer.is_next]

    assert first == ["revise"]
    assert UNCHANGED in page(cast.editor, refused, "submit")
    content = {**refused.text.fields, "definition": "A plainer word."}
    actions.save(refused, content, by=cast.editor, at=NOW + 12 * STEP, seen=refused.text.digest)
    assert UNCHANGED not in page(cast.editor, refused, "submit")
