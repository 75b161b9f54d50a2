"""What a form sends by itself while somebody types, through the real addresses: kept apart, offered again, private."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import working_copies
from alstrom_site.editorial.actions._transitions import WAITED_TOO_LONG
from alstrom_site.editorial.admin import saving
from alstrom_site.editorial.models import Document, WorkingCopy
from alstrom_site.editorial.workflow import Busy
from tests.cast import Cast
from tests.documents import approved, draft, fresh, in_review
from tests.editorial.admin.desk_visits import signed_in
from tests.editorial.admin.writing_visits import MODELS, new, page, save_by_somebody_else, written
from tests.posting import Sent, fields_of, opened, sent

pytestmark = pytest.mark.django_db

FORM = {"definition": "Half a senten", "term": "Sample term", "slug": "sample-term"}


def typing(document: Document, did: str = "type", **asked: Any) -> str:
    """The address to which the form of a document sends what is typed."""
    return f"{page(document, 'typing')}?did={did}" + "".join(f"&{name}={value}" for name, value in asked.items())


def type_in(client: Client, document: Document, **fields: Any) -> Any:
    """Send what the form would send a moment after these fields were typed."""
    edition = document.latest_edition
    return client.post(typing(document), {**FORM, "seen": edition.text.digest, "edition": edition.pk, **fields})


@pytest.mark.parametrize("make", [draft, in_review, approved])
def test_typing_writes_no_text_and_changes_no_state(cast: Cast, editor: Client, make: Any) -> None:
    edition = make(cast, "term")
    before = written()

    response = type_in(editor, edition.document)

    assert response.status_code == 200
    assert "UTC" in response.json()["kept"]
    assert (written(), fresh(edition).status, fresh(edition).text) == (before, edition.status, edition.text)
    assert WorkingCopy.objects.get().form["definition"] == ["Half a senten"]


def test_what_was_typed_is_offered_when_the_form_is_opened_again(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    type_in(editor, edition.document)

    html = editor.get(page(edition.document)).content.decode()

    assert f"You have typing from {WorkingCopy.objects.get().typed_at:%H:%M} that was not saved" in html
    assert "Half a senten" in html
    assert 'name="definition"' not in html
    assert "It is open in another tab or window now." in html
    type_in(signed_in(cast.second_editor), edition.document)
    assert "Test second editor is in this document now." in editor.get(page(edition.document)).content.decode()
    WorkingCopy.objects.update(touched_at=None)
    assert "in another tab or window" not in editor.get(page(edition.document)).content.decode()


def test_restored_it_stands_in_the_form_and_a_save_drops_the_copy(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    type_in(editor, edition.document)

    fields = opened(editor, page(edition.document) + "?restore=1")
    response = sent(editor, page(edition.document) + "?restore=1", fields)

    assert fields["definition"] == ["Half a senten"]
    assert response.status_code == 302
    assert fresh(edition).text.fields["definition"] == "Half a senten"
    assert not WorkingCopy.objects.exists()


def test_discarded_it_is_gone_and_the_form_is_there_again(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    type_in(editor, edition.document)
    fields = opened(editor, page(edition.document))

    response = sent(editor, page(edition.document), fields, discard_typing="1")

    assert response["Location"] == page(edition.document)
    assert opened(editor, page(edition.document))["definition"] == ["A word for tests."]
    assert not WorkingCopy.objects.exists()


def test_restored_over_a_text_of_somebody_else_it_is_merged_with_it(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    type_in(editor, edition.document)
    theirs = save_by_somebody_else(cast, edition, alternate_names=["theirs"])

    asked = editor.get(page(edition.document)).content.decode()
    fields = opened(editor, page(edition.document) + "?restore=1")
    refused = sent(editor, page(edition.document), fields)
    saved = sent(editor, page(edition.document), fields_of(refused.content.decode()), over=theirs.text.digest)

    assert "The text was changed since." in asked
    assert (refused.status_code, saved.status_code) == (409, 302)
    merged = fresh(edition).text.fields
    assert (merged["definition"], merged["alternate_names"]) == ("Half a senten", ["theirs"])


def test_a_copy_that_arrives_after_the_save_of_the_same_text_is_not_offered(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    sent(editor, page(edition.document), fields, definition="Saved.")
    editor.post(typing(edition.document), {**_flat(fields), "definition": "Saved."})
    save_by_somebody_else(cast, edition, definition="Later.")

    assert opened(editor, page(edition.document))["definition"] == ["Later."]


def test_what_was_typed_into_an_edition_that_was_closed_since_can_begin_the_next(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    type_in(editor, edition.document)
    actions.discard(edition, by=cast.second_editor, at=timezone.now(), seen=edition.text.digest, comment="Not needed.")

    asked = editor.get(page(edition.document)).content.decode()
    restored = editor.get(page(edition.document) + "?restore=1").content.decode()
    sent(editor, page(edition.document), fields_of(restored), over=edition.text.digest)

    assert "You have typing from" in asked
    begun = Document.objects.get(pk=edition.document_id).open_edition
    assert begun is not None
    assert (begun.number, begun.text.fields["definition"]) == (2, "Half a senten")


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_a_document_that_is_being_begun_is_kept_too(cast: Cast, editor: Client, kind: str) -> None:
    fields = _flat(opened(editor, new(kind)))
    name = next(name for name in ("title", "question", "term") if name in fields)
    address = reverse(f"admin:{MODELS[kind]}_add_typing")

    kept = editor.post(f"{address}?did=type", {**fields, name: "Begun and not saved"})
    asked = editor.get(new(kind)).content.decode()
    desk = editor.get(reverse("admin:index")).content.decode()
    restored = opened(editor, new(kind) + "?restore=1")
    discarded = sent(editor, new(kind), {}, discard_typing="1", tab=fields["tab"])

    assert kept.status_code == 200
    assert "that was not saved" in asked
    assert f'<a href="{new(kind)}">Go on with it, or discard it' in desk
    assert restored[name] == ["Begun and not saved"]
    assert discarded.status_code == 302
    assert opened(editor, new(kind))[name] == [""]
    assert "Go on with it" not in editor.get(reverse("admin:index")).content.decode()


def test_beginning_the_document_drops_what_was_kept_of_it(cast: Cast, editor: Client) -> None:
    fields = opened(editor, new("term"))
    editor.post(reverse("admin:pages_term_add_typing") + "?did=type", {**_flat(fields), "term": "Begun"})

    sent(editor, new("term"), fields, term="Begun", definition="Text.")

    assert not WorkingCopy.objects.exists()


# Others


def test_nobody_sees_or_writes_what_somebody_else_typed(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    type_in(editor, edition.document)
    other = signed_in(cast.second_editor)

    shown = other.get(page(edition.document)).content.decode()
    type_in(other, edition.document, definition="Theirs")
    sent(other, page(edition.document), {}, edition=str(edition.pk), discard_typing="1")

    assert "Half a senten" not in shown
    assert 'name="definition"' in shown
    assert [copy.person for copy in WorkingCopy.objects.all()] == [cast.editor]
    assert WorkingCopy.objects.get().form["definition"] == ["Half a senten"]


def test_who_else_is_there_is_said_on_the_form_the_page_and_by_the_beat(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    other = signed_in(cast.second_editor)
    sentence = "Test second editor is in this document now."
    assert other.post(typing(edition.document, "stay")).json() == {"kept": "", "others": ""}

    beat = editor.post(typing(edition.document, "stay")).json()

    assert beat["others"] == sentence
    assert sentence in editor.get(page(edition.document)).content.decode()
    both = "Test second editor and Test editor are in this document now."
    assert both in signed_in(cast.reviewer).get(page(edition.document, "standing")).content.decode()
    other.post(typing(edition.document, "leave"))
    assert editor.post(typing(edition.document, "stay")).json()["others"] == ""


# Refused


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"seen": "x"}, "type"),
        ({"seen": "A" * 64}, "type"),
        ({"definition": "a\x00b"}, "type"),
        ({"definition": "x" * (working_copies.MOST_BYTES + 1)}, "type"),
        ({}, ""),
        ({}, "save"),
    ],
    ids=["no digest", "capitals", "NUL", "too long", "nothing", "another word"],
)
def test_what_is_no_typing_is_refused_with_a_sentence(
    cast: Cast, editor: Client, fields: dict[str, str], asked: str
) -> None:
    edition = draft(cast, "term")

    response = editor.post(
        typing(edition.document, asked), {**FORM, "seen": edition.text.digest, "edition": edition.pk, **fields}
    )

    assert response.status_code == 400
    assert json.loads(response.content)["error"].endswith(".")
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("name", ["reviewer", "publisher", "administrator"])
def test_who_may_not_write_keeps_nothing(cast: Cast, name: str) -> None:
    edition = draft(cast, "term")
    client = signed_in(getattr(cast, name))

    found = [type_in(client, edition.document), client.post(reverse("admin:pages_term_add_typing") + "?did=type", FORM)]

    assert [response.status_code for response in found] == [403, 403]
    assert all(response.json()["error"] for response in found)
    assert not WorkingCopy.objects.exists()


def test_typing_needs_the_token_of_the_form(cast: Cast) -> None:
    edition = draft(cast, "term")
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.editor)

    assert type_in(client, edition.document).status_code == 403
    assert not WorkingCopy.objects.exists()


def test_the_page_asks_the_database_the_same_whatever_was_kept(
    cast: Cast, editor: Client, django_assert_max_num_queries: Any
) -> None:
    edition = draft(cast, "term")
    for person in (cast.editor, cast.second_editor, cast.everything, cast.superuser):
        type_in(signed_in(person), edition.document)

    with django_assert_max_num_queries(45):
        editor.get(page(edition.document))


def _flat(fields: Sent) -> dict[str, str]:
    return {name: values[-1] for name, values in fields.items()}


def test_a_save_that_waited_too_long_is_refused_kindly_and_given_back(
    cast: Cast, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    monkeypatch.setattr(saving, "save", _too_busy)

    response = sent(editor, page(edition.document), fields, definition="Mine.")

    assert response.status_code == 409
    assert "Try again in a moment." in response.content.decode()
    assert fields_of(response.content.decode())["definition"] == ["Mine."]


def _too_busy(*_: Any, **__: Any) -> None:
    raise Busy(WAITED_TOO_LONG)
