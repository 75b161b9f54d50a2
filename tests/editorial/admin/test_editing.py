"""Writing at the desk: begun, changed, refused, given back; through the real pages."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.editing import NOTHING_CHANGED
from alstrom_site.editorial.models import Document, Edition, Event, Revision
from alstrom_site.editorial.workflow import Status
from tests.cast import NOW, Cast, person
from tests.documents import CONTENTS, STEP, approved, draft, fresh, in_review, published
from tests.posting import fields_of, opened, sent

pytestmark = pytest.mark.django_db

MODELS = {
    "article": "pages_article",
    "faq": "pages_question",
    "term": "pages_term",
    "reference": "references_reference",
}
WRITERS = {"editor", "second_editor", "everything", "superuser"}


def page(document: Document, name: str = "change") -> str:
    return reverse(f"admin:{MODELS[document.kind]}_{name}", args=[document.pk])


def new(kind: str) -> str:
    return reverse(f"admin:{MODELS[kind]}_add")


@pytest.fixture
def editor(cast: Cast, client: Client) -> Client:
    """A browser in which the editor is signed in."""
    client.force_login(cast.editor)
    return client


def texts() -> int:
    return Revision.objects.count()


def said(client: Client, response: Any) -> str:
    """What the page says to which a save leads."""
    return str(client.get(response["Location"]).content.decode())


def save_by_somebody_else(cast: Cast, edition: Edition, **changes: Any) -> Edition:
    seen = fresh(edition).text
    content = {**seen.fields, **changes}
    return actions.save(edition, content, by=cast.second_editor, at=NOW + STEP, seen=seen.digest).edition


# Who


@pytest.mark.parametrize("kind", sorted(MODELS))
@pytest.mark.parametrize("name", sorted(Cast.__dataclass_fields__))
def test_only_writers_open_and_send_the_forms(cast: Cast, client: Client, kind: str, name: str) -> None:
    edition = draft(cast, kind)
    before = texts(), Event.objects.count()
    client.force_login(getattr(cast, name))

    found = [client.get(url).status_code for url in (new(kind), page(edition.document))]
    found += [client.post(url, {}).status_code for url in (new(kind), page(edition.document))]

    assert found == ([200] * 4 if name in WRITERS else [403] * 4)
    assert (texts(), Event.objects.count()) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_and_closed_accounts_are_asked_to_sign_in(cast: Cast, client: Client, method: str) -> None:
    edition = draft(cast, "term")
    closed = Client()
    closed.force_login(person("gone", active=False))

    for browser in (client, closed):
        for url in (new("term"), page(edition.document)):
            response = getattr(browser, method)(url)
            assert response.status_code == 302
            assert response["Location"].startswith(reverse("admin:login"))


def test_nothing_can_be_deleted_and_djangos_log_stands_for_no_record(cast: Cast, client: Client) -> None:
    document = draft(cast, "term").document
    client.force_login(cast.superuser)

    assert client.post(page(document, "delete"), {"post": "yes"}).status_code == 403
    assert client.get(page(document, "history"))["Location"] == page(document, "standing")
    assert "historylink" not in client.get(page(document)).content.decode()


@pytest.mark.parametrize("wrong", ["999999", "x", "0", "-1", "9" * 40])
def test_what_is_not_there_is_not_found(editor: Client, wrong: str) -> None:
    url = reverse("admin:pages_term_change", args=[wrong])

    assert [editor.get(url).status_code, editor.post(url, {}).status_code] == [404, 404]


def test_a_document_is_edited_under_its_own_kind_only(cast: Cast, editor: Client) -> None:
    article = draft(cast, "article").document

    assert editor.get(reverse("admin:pages_term_change", args=[article.pk])).status_code == 404


# Beginning


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_a_document_begins_with_what_was_typed(cast: Cast, editor: Client, kind: str) -> None:
    content = CONTENTS[kind]()
    typed = {name: value for name, value in content.items() if isinstance(value, str)}

    response = sent(editor, new(kind), opened(editor, new(kind)), **typed)

    document = Document.objects.get(kind=kind)
    assert response["Location"] == page(document)
    assert document.owner == cast.editor
    assert document.open_edition is not None
    assert document.open_edition.state is Status.DRAFT
    saved = document.open_edition.text.fields
    assert {name: saved[name] for name in typed} == typed


def test_an_empty_address_is_made_from_the_name(editor: Client) -> None:
    response = sent(editor, new("term"), opened(editor, new("term")), term="Ciliën, Straße", definition="Text.")

    assert response.status_code == 302
    assert Document.objects.get(kind="term").address == "cilien-strasse"


def test_an_empty_key_is_made_from_the_first_author_and_the_year(editor: Client) -> None:
    fields = opened(editor, new("reference"))
    row = {"author-0-family": "Alström-Test", "author-0-given": "A", "issued": "1959-01"}

    sent(editor, new("reference"), fields, **row, **{"author-TOTAL": "1"})

    assert Document.objects.get(kind="reference").address == "alstromtest1959"


def test_a_name_from_which_no_address_can_be_made_asks_for_one(editor: Client) -> None:
    response = sent(editor, new("term"), opened(editor, new("term")), term="纤毛")

    assert "Address is empty. Fill it in." in response.content.decode()
    assert not Document.objects.exists()


def test_an_address_that_is_taken_is_refused_beside_its_field(cast: Cast, editor: Client) -> None:
    draft(cast, "term", slug="taken")

    response = sent(editor, new("term"), opened(editor, new("term")), term="Another", slug="taken", definition="Mine.")

    html = response.content.decode()
    assert response.status_code == 200
    assert '<a href="#id_slug">Another glossary term stands at /glossary/taken/ already.' in html
    assert fields_of(html)["definition"] == ["Mine."]
    assert Document.objects.count() == 1


# Changing


def test_a_change_is_saved_as_a_new_text_by_the_person(cast: Cast, client: Client) -> None:
    edition = draft(cast, "article")
    client.force_login(cast.second_editor)

    response = sent(client, page(edition.document), opened(client, page(edition.document)), summary="Another summary.")

    now = fresh(edition).text
    assert response["Location"] == page(edition.document)
    assert (now.fields, now.author) == ({**edition.text.fields, "summary": "Another summary."}, cast.second_editor)


def test_the_other_button_leads_to_the_page_of_the_document(cast: Cast, editor: Client) -> None:
    document = draft(cast, "term").document

    response = sent(editor, page(document), opened(editor, page(document)), term="Changed", to_its_page="1")

    assert response["Location"] == page(document, "standing")


@pytest.mark.parametrize("make", [draft, in_review, approved])
@pytest.mark.parametrize("kind", sorted(MODELS))
def test_sending_the_form_as_it_was_opened_changes_nothing(cast: Cast, editor: Client, make: Any, kind: str) -> None:
    edition = make(cast, kind)
    before = texts(), Event.objects.count()

    response = sent(editor, page(edition.document), opened(editor, page(edition.document)))

    assert NOTHING_CHANGED in said(editor, response)
    assert (texts(), Event.objects.count()) == before
    assert fresh(edition).status == edition.status


def test_what_is_missing_is_listed_after_a_save_and_stops_no_draft(cast: Cast, editor: Client) -> None:
    document = draft(cast, "article").document

    response = sent(editor, page(document), opened(editor, page(document)), summary="", body="")

    html = said(editor, response)
    assert '<a href="#id_summary">Summary is empty. Fill it in.</a>' in html
    assert '<a href="#id_body">The article cites nothing.' in html


def test_the_address_of_a_page_that_readers_know_stays(cast: Cast, editor: Client) -> None:
    document = published(cast, "term", slug="known").document
    editor.post(page(document), {"begin": "1"})
    fields = opened(editor, page(document))

    response = sent(editor, page(document), {**fields, "slug": ["elsewhere"]}, definition="Changed.")

    assert "slug" not in fields
    assert response.status_code == 302
    assert Document.objects.get(pk=document.pk).address == "known"


def test_the_form_asks_the_database_no_more_for_many_questions(
    cast: Cast, editor: Client, django_assert_max_num_queries: Any
) -> None:
    addresses = [f"question-number-{number}" for number in range(12)]
    for address in addresses:
        draft(cast, "faq", slug=address)
    document = draft(cast, "article", faqs=addresses).document

    with django_assert_max_num_queries(30):
        html = editor.get(page(document)).content.decode()

    assert html.count("Question number 7?") == 2


# Somebody else was there before


def test_a_stale_save_writes_nothing_and_gives_everything_back(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "article", faqs=["first", "second"])
    fields = opened(editor, page(edition.document))
    theirs = save_by_somebody_else(cast, edition, summary="Their summary.")
    before = texts(), Event.objects.count()

    response = sent(editor, page(edition.document), fields, summary="My summary.", body="My body.")

    html = response.content.decode()
    assert response.status_code == 409
    assert (texts(), Event.objects.count()) == before
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
def test_a_digest_that_nobody_saw_is_no_leave_to_write(cast: Cast, editor: Client, field: str, seen: str) -> None:
    edition = draft(cast, "term")
    fields = {**opened(editor, page(edition.document)), "seen": [""]}

    response = sent(editor, page(edition.document), fields, **{"definition": "Mine.", field: seen})

    assert response.status_code == 409
    assert fresh(edition).text == edition.text


def test_the_same_change_by_two_people_is_one_change(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))
    save_by_somebody_else(cast, edition, definition="The same.")
    before = texts()

    response = sent(editor, page(edition.document), fields, definition="The same.")

    assert NOTHING_CHANGED in said(editor, response)
    assert texts() == before


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
    assert Event.objects.last().verb == "take back"  # type: ignore[union-attr]  # there are events


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


# Hostile


@pytest.mark.parametrize(
    "name", ["title", "slug", "summary", "quick_answer", "body", "alternate_names", "faqs-0-address"]
)
def test_a_character_that_cannot_be_stored_is_refused_and_nothing_is_written(
    cast: Cast, editor: Client, name: str
) -> None:
    edition = draft(cast, "article", faqs=["one"])
    fields = opened(editor, page(edition.document))

    response = sent(editor, page(edition.document), fields, **{name: "a\x00b", "closing_summary": "Kept."})

    assert response.status_code == 200
    assert "Not saved" in response.content.decode()
    assert fields_of(response.content.decode())["closing_summary"] == ["Kept."]
    assert fresh(edition).text == edition.text


def test_a_text_that_is_too_long_is_refused_and_given_back_whole(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "article")
    long = "Ö word " * 43_000

    response = sent(editor, page(edition.document), opened(editor, page(edition.document)), body=long)

    html = response.content.decode()
    assert response.status_code == 200
    assert "Shorten it to 200,000 or split it in two." in html
    assert fields_of(html)["body"] == [long]
    assert fresh(edition).text == edition.text


def test_fields_that_the_kind_does_not_know_change_nothing(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))

    response = sent(editor, page(edition.document), fields, status="published", owner="1", kind="article", head="1")

    assert NOTHING_CHANGED in said(editor, response)
    assert fresh(edition).status == "draft"


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "{{ 7|add:7 }} & \"'", "]]><svg onload=x>"])
def test_markup_in_a_title_is_shown_as_text_everywhere(cast: Cast, editor: Client, title: str) -> None:
    response = sent(editor, new("term"), opened(editor, new("term")), term=title, slug="odd", definition="Text.")
    document = Document.objects.get(kind="term")
    edition = document.open_edition
    assert edition is not None
    fields = opened(editor, page(document))
    save_by_somebody_else(cast, edition, term=title + title)

    pages = [editor.get(response["Location"]), sent(editor, page(document), fields, term=title + "<b>", slug="!<i>")]
    pages.append(sent(editor, page(document), fields, term=title + "<b>"))

    assert [one.status_code for one in pages] == [200, 200, 409]
    for one in pages:
        assert not re.search(r"<script>|<svg onload|<b>|<i>|1414| 14 ", one.content.decode())


def test_an_empty_form_loses_nothing_and_says_what_is_needed(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "article")

    response = editor.post(page(edition.document), {})

    assert "Title is empty. Fill it in." in response.content.decode()
    assert fresh(edition).text == edition.text


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_no_script_and_no_style_stands_inside_the_page(cast: Cast, editor: Client, kind: str) -> None:
    edition = draft(cast, kind)
    fields = opened(editor, page(edition.document))
    save_by_somebody_else(cast, edition, **{"reference": {"title": "Theirs"}}.get(kind, {"slug": "theirs"}))

    pages = [editor.get(new(kind)), editor.get(page(edition.document)), sent(editor, page(edition.document), fields)]
    pages.append(sent(editor, page(edition.document), fields, **{"type": "book", "slug": "mine"}))

    assert [one.status_code for one in pages] == [200, 200, 409, 409]
    for one in pages:
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", one.content.decode())
        assert "script-src 'self'" in one["Content-Security-Policy"]
