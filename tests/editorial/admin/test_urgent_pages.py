"""Two open editions of one document at the desk: each page is about the one it names, and one takes over the other."""

from typing import Any

import pytest
from django.test import Client

from alstrom_site.editorial import actions, content
from alstrom_site.editorial.admin.addresses import document_url, edition_url
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.urgent import OVERTAKEN
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document, Edition, Revision
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, made_live, next_edition, published, signed, submitted
from tests.editorial.admin.desk_visits import page, signed_in, take
from tests.outbox import forget_mails, queued_mails
from tests.posting import fields_of, opened, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def slow(cast: Cast) -> Edition:
    """A draft beside which something live can be fixed."""
    live = published(cast, "term", definition="One here.\n\nTwo there.")
    return next_edition(cast, live.document, at=NOW + 9 * STEP, definition="One here, slowly.\n\nTwo there.")


def fixed(cast: Cast, slow: Edition, definition: str = "One here.\n\nTwo there, fixed.") -> Edition:
    """Return the urgent fix, a draft."""
    urgent = actions.open_edition(slow.document, by=cast.second_editor, at=NOW + 10 * STEP, urgent=True)
    content = {**urgent.text.fields, "definition": definition}
    return actions.save(urgent, content, by=cast.second_editor, at=NOW + 11 * STEP, seen=urgent.text.digest).edition


def fixed_live(cast: Cast, slow: Edition, definition: str = "One here.\n\nTwo there, fixed.") -> Edition:
    """Return the urgent fix after it went live."""
    urgent = submitted(cast, fixed(cast, slow, definition), at=NOW + 12 * STEP)
    return made_live(cast, signed(cast, urgent, at=NOW + 13 * STEP), at=NOW + 14 * STEP)


def test_the_page_offers_an_urgent_fix_and_one_click_begins_it(cast: Cast, slow: Edition, editor: Client) -> None:
    offered = page(cast.editor, slow)

    response = editor.post(document_url(slow.document, "urgent"), {"begin": "urgent"})

    urgent = Document.objects.get(pk=slow.document_id).urgent_edition
    assert document_url(slow.document, "urgent") in offered
    assert urgent is not None
    assert response["Location"] == edition_url(urgent, "change")
    assert opened(editor, response["Location"])["definition"] == ["One here.\n\nTwo there."]


def test_each_mail_of_a_fix_leads_where_its_reader_acts_on_that_edition(cast: Cast, slow: Edition) -> None:
    submitted(cast, slow, at=NOW + 9 * STEP)
    forget_mails()
    urgent = submitted(cast, fixed(cast, slow), at=NOW + 12 * STEP)
    (to_review,) = {mail.link for mail in queued_mails()}
    forget_mails()
    signed(cast, urgent, at=NOW + 13 * STEP)
    (to_publish,) = {mail.link for mail in queued_mails()}

    review = signed_in(cast.reviewer).get(to_review, follow=True)
    standing = signed_in(cast.publisher).get(to_publish, follow=True)

    assert [each.redirect_chain[-1][0] for each in (review, standing)] == [
        f"{document_url(slow.document, page)}?edition={urgent.pk}" for page in ("review", "standing")
    ]
    assert "Edition 3, text" in review.content.decode()


@pytest.mark.parametrize("who", ["reviewer", "publisher", "administrator"])
def test_who_may_not_write_begins_none(cast: Cast, slow: Edition, who: str) -> None:
    client = signed_in(getattr(cast, who))

    assert client.post(document_url(slow.document, "urgent"), {"begin": "urgent"}).status_code == 403
    assert Edition.objects.filter(is_urgent=True).count() == 0


def test_each_form_is_about_the_edition_that_it_names(cast: Cast, slow: Edition, editor: Client) -> None:
    urgent = fixed(cast, slow)
    change = document_url(slow.document, "change")

    sent(editor, edition_url(urgent, "change"), opened(editor, edition_url(urgent, "change")), definition="Fix.")
    sent(editor, change, opened(editor, change), definition="Draft.")
    # The form says it itself, wherever it is sent.
    sent(editor, change, opened(editor, edition_url(urgent, "change")), definition="Fix again.")

    assert fresh(urgent).text.fields["definition"] == "Fix again."
    assert fresh(slow).text.fields["definition"] == "Draft."


def test_both_editions_and_the_live_one_stand_on_the_page_with_a_way_to_each(cast: Cast, slow: Edition) -> None:
    urgent = fixed(cast, slow)

    about_the_draft = page(cast.editor, slow)
    about_the_fix = signed_in(cast.editor).get(edition_url(urgent)).content.decode()

    for html in (about_the_draft, about_the_fix):
        assert [f'id="edition-{number}"' in html for number in (1, 2, 3)] == [True] * 3
        assert "Edition 3, an urgent fix, being worked on" in html
    assert "Steps for edition 3" in about_the_draft
    assert "Steps for edition 2" in about_the_fix
    assert edition_url(urgent, "submit") in about_the_fix


def test_the_page_of_the_draft_says_first_that_the_fix_waits_for_who_looks(cast: Cast, slow: Edition) -> None:
    urgent = submitted(cast, fixed(cast, slow), at=NOW + 12 * STEP)
    to_review = f'href="{edition_url(urgent, "review")}">Review this text<'
    assert to_review in page(cast.reviewer, slow)
    assert to_review not in page(cast.publisher, slow)

    signed(cast, urgent, at=NOW + 13 * STEP)
    assert f'href="{edition_url(urgent)}">Publish<' in page(cast.publisher, slow)
    assert "It waits for you." not in page(cast.reviewer, slow)


def test_a_step_is_taken_on_the_edition_that_its_form_names(cast: Cast, slow: Edition) -> None:
    urgent = fixed(cast, slow)

    take(cast.editor, urgent, "discard", comment="Not needed.")

    assert (fresh(urgent).status, fresh(slow).status) == ("discarded", "draft")


@pytest.mark.parametrize("named", ["", "x", "0", "999999", "9" * 40, "-1", "１"])
def test_a_page_that_names_no_edition_of_its_own_is_about_the_draft(cast: Cast, slow: Edition, named: str) -> None:
    fixed(cast, slow)

    html = signed_in(cast.editor).get(document_url(slow.document, "change"), {"edition": named}).content.decode()

    assert fields_of(html)["edition"] == [str(slow.pk)]


def test_the_draft_is_said_to_be_behind_and_cannot_be_submitted(cast: Cast, slow: Edition) -> None:
    fixed_live(cast, slow)

    html = page(cast.editor, slow)

    assert "Edition 2 is behind:" in html
    assert "Bring this one up to date first." in html


def test_what_does_not_touch_is_taken_over_by_one_confirmation(cast: Cast, slow: Edition, editor: Client) -> None:
    fixed_live(cast, slow)
    address = document_url(slow.document, "up-to-date")
    form, newest = opened(editor, address), last_position(slow.document)

    response = sent(editor, address, form)

    now = fresh(slow)
    assert (response.status_code, form["after"]) == (302, [str(newest)])
    assert now.text.fields["definition"] == "One here, slowly.\n\nTwo there, fixed."
    assert (now.status, now.is_behind) == ("draft", False)


def test_what_an_older_text_holds_unseen_is_taken_over_and_refused_at_the_next_save(
    cast: Cast, slow: Edition, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(content, "unseen_in", lambda label, text: "")
        fixed_live(cast, slow, "One here.\n\nTwo there.\n\nThree\u200b then.")
    address = edition_url(slow, "up-to-date")

    answer = sent(editor, address, opened(editor, address))

    now = fresh(slow)
    assert answer.status_code == 302
    assert now.text.fields["definition"].endswith("Three\u200b then.")
    with pytest.raises(ContentRefused, match=r"U\+200B in line 5"):
        actions.save(now, {**now.text.fields, "term": "New"}, by=cast.editor, at=NOW + 20 * STEP, seen=now.text.digest)


def test_what_readers_see_no_more_is_taken_over_too(cast: Cast, slow: Edition, editor: Client) -> None:
    urgent = fixed_live(cast, slow)
    gone = actions.Retirement("unpublish", "Gone.")
    actions.propose(urgent, gone, by=cast.editor, at=NOW + 15 * STEP, seen=urgent.text.digest)
    actions.unpublish(urgent, by=cast.publisher, at=NOW + 16 * STEP, seen=urgent.text.digest, reason="Gone.")
    address = document_url(slow.document, "up-to-date")

    html = editor.get(address).content.decode()
    sent(editor, address, fields_of(html))

    now = fresh(slow)
    assert "The text that readers saw last: edition 3" in html
    assert (now.text.fields["definition"], now.is_behind) == ("One here, slowly.\n\nTwo there, fixed.", False)


@pytest.mark.parametrize(("choice", "kept"), [("mine", "slowly"), ("theirs", "fixed")])
def test_what_both_changed_is_chosen(cast: Cast, slow: Edition, editor: Client, choice: str, kept: str) -> None:
    fixed_live(cast, slow, "One here, fixed.\n\nTwo there.")
    address = document_url(slow.document, "up-to-date")
    fields = opened(editor, address)
    before = Revision.objects.count()

    refused = sent(editor, address, fields)
    still = Revision.objects.count()
    response = sent(editor, address, fields, **{"choice-0": choice})

    assert (refused.status_code, still) == (409, before)
    assert "Choose what shall stand here." in refused.content.decode()
    assert response.status_code == 302
    assert fresh(slow).text.fields["definition"] == f"One here, {kept}.\n\nTwo there."


def _another_goes_live(cast: Cast, slow: Edition) -> None:
    fixed_live(cast, slow, "One here, fixed twice.\n\nTwo there.")


def _the_draft_is_saved(cast: Cast, slow: Edition) -> None:
    content = {**slow.text.fields, "alternate_names": ["new"]}
    actions.save(fresh(slow), content, by=cast.second_editor, at=NOW + 30 * STEP, seen=slow.text.digest)


@pytest.mark.parametrize("meanwhile", [_another_goes_live, _the_draft_is_saved])
def test_a_confirmation_of_texts_that_changed_meanwhile_is_refused_and_chooses_nothing(
    cast: Cast, slow: Edition, editor: Client, meanwhile: Any
) -> None:
    fixed_live(cast, slow, "One here, fixed.\n\nTwo there.")
    address = document_url(slow.document, "up-to-date")
    fields = opened(editor, address)
    meanwhile(cast, slow)
    before = Revision.objects.count()

    response = sent(editor, address, fields, **{"choice-0": "theirs"})

    html = response.content.decode()
    assert (response.status_code, OVERTAKEN in html) == (409, True)
    assert 'name="choice-0"' in html
    assert "choice-0" not in fields_of(html)
    assert Revision.objects.count() == before
    assert fresh(slow).is_behind


def test_what_is_not_behind_has_nothing_to_confirm(cast: Cast, slow: Edition, editor: Client) -> None:
    assert editor.get(document_url(slow.document, "up-to-date")).status_code == 302
