"""Writing in a text that others rely on, and where nothing is open: the person chooses, and nothing is lost."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, Event
from alstrom_site.editorial.workflow import Status
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, changes_requested, draft, fresh, in_review, published
from tests.editorial.admin.writing_visits import page, said, save_by_somebody_else, written
from tests.posting import fields_of, opened, sent

pytestmark = pytest.mark.django_db


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
    changes_requested(cast.reviewer, edition, at=NOW + 2 * STEP)

    response = sent(editor, page(edition.document), fields, definition="Shorter.")

    assert response.status_code == 302
    assert fresh(edition).state is Status.DRAFT


DRAWN = b"A drawing made up for tests."
NAME = f"{sha256(DRAWN).hexdigest()[:32]}.png"
PICTURE = f"![A drawing made up for tests.](/media/images/{NAME})"
BODY = f"A sentence made up for tests [@sample2001, p. 3].\n\n{PICTURE}"
RELATIONS: dict[str, dict[str, str]] = {
    "faqs": {"faqs-1-address": "a-second-question"},
    "related": {"related-0-address": "a-second-article"},
    "body": {"body": BODY.replace("p. 3", "p. 4")},
    "body, a picture": {"body": BODY.replace("drawing", "photograph")},
}


def with_relations(cast: Cast) -> Edition:
    """Return an approved article that carries a question, leads to another page, cites a source and shows a picture."""
    drawing = Path(settings.MEDIA_ROOT) / "images" / NAME
    drawing.parent.mkdir(exist_ok=True)
    drawing.write_bytes(DRAWN)
    for kind in ("faq", "article"):
        for number in ("first", "second"):
            draft(cast, kind, slug=f"a-{number}-{'question' if kind == 'faq' else kind}")
    related = [{"address": "a-first-article", "description": "A page made up for tests."}]
    return approved(cast, "article", body=BODY, faqs=["a-first-question"], related=related)


@pytest.mark.parametrize("changed", RELATIONS)
def test_an_approval_never_stands_for_another_relation_than_those_it_was_given_for(
    changed: str, cast: Cast, editor: Client
) -> None:
    edition = with_relations(cast)
    address, typed = page(edition.document), RELATIONS[changed]
    fields = opened(editor, f"{address}?take_back=1")
    unchosen = {name: values for name, values in fields.items() if name != "take_back"}

    refused = sent(editor, address, unchosen, **typed)
    untouched = fresh(edition)
    sent(editor, address, fields, **typed)

    assert (refused.status_code, untouched.status, untouched.text) == (409, "approved", edition.text)
    now = fresh(edition)
    assert (now.state, now.approved_at) == (Status.DRAFT, None)
    differs = [name for name, value in now.text.fields.items() if value != edition.text.fields[name]]
    assert differs == [changed.partition(",")[0]]


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
