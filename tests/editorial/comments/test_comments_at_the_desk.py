"""Comments on the pages of the desk: beside the text, on the review screen, on the document's page."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url, part_url
from alstrom_site.editorial.admin.threads import comments_of
from alstrom_site.editorial.models import Comment, Edition
from tests.cast import Cast
from tests.documents import article_content, changes_requested, draft, fresh, in_review, published
from tests.editorial.admin.desk_visits import page, seen_form, signed_in
from tests.editorial.comments.remarks import LATER, PASSAGE, commented, shared

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> & “quoted” {{ 7|add:7 }}"


def send(person: User, edition: Edition, **words: Any) -> Any:
    """Send the form of a new comment and return the answer."""
    return signed_in(person).post(document_url(edition.document, "comments"), seen_form(edition, **words))


def settle(person: User, thread: Comment, step: str, **words: Any) -> Any:
    """Send the form of a thread and return the answer."""
    url = part_url(thread.edition.document, "comment", thread.pk)
    return signed_in(person).post(url, {"step": step, **words})


@pytest.mark.parametrize(("back", "name"), [("review", "review"), ("standing", "standing"), ("", "comments")])
def test_a_comment_leads_back_to_the_page_it_was_written_on(cast: Cast, back: str, name: str) -> None:
    edition = in_review(cast, "article")

    response = send(cast.reviewer, edition, comment="Is this so?", passage=PASSAGE, field="body", back=back)

    said = Comment.objects.get()
    assert response.status_code == 302
    assert response["Location"].startswith(document_url(edition.document, name))
    assert response["Location"].endswith(f"#comment-{said.pk}")
    assert f"<mark>{PASSAGE}</mark>" in page(cast.editor, edition, "review")
    assert "Is this so?" in page(cast.editor, edition)


def test_a_passage_and_its_comment_lead_to_each_other(cast: Cast) -> None:
    edition = in_review(cast, "article")
    commented(edition, cast.reviewer, passage=PASSAGE, field="body")

    shown = page(cast.editor, edition, "comments")

    assert 'id="passage-1" href="#thread-1"' in shown
    assert 'id="thread-1"' in shown
    assert 'href="#passage-1"' in shown


def test_what_was_refused_is_given_back_whole(cast: Cast) -> None:
    edition = in_review(cast, "article")

    response = send(cast.reviewer, edition, comment="Kept words.", passage="not there", must_fix="on", field="body")

    shown = response.content.decode()
    assert response.status_code == 409
    assert "These words do not stand in “Body”." in shown
    assert ">Kept words.</textarea>" in shown
    assert ">not there</textarea>" in shown
    assert '<option value="body" selected>' in shown
    assert 'name="must_fix" checked' in shown
    assert not Comment.objects.exists()


def test_a_form_that_does_not_say_which_text_it_is_about_is_refused(cast: Cast) -> None:
    edition = in_review(cast)
    response = signed_in(cast.reviewer).post(document_url(edition.document, "comments"), {"comment": "Kept words."})
    assert response.status_code == 409
    assert ">Kept words.</textarea>" in response.content.decode()


@pytest.mark.parametrize("body", [HOSTILE, "\x00", "\u202e", "x" * 10_001])
def test_hostile_words_are_shown_as_words_or_refused_in_a_sentence(cast: Cast, body: str) -> None:
    edition = in_review(cast, "article")

    response = send(cast.reviewer, edition, comment=body)

    assert response.status_code in (302, 409)
    assert "<script>alert" not in page(cast.editor, edition, "comments")
    assert Comment.objects.filter(body=HOSTILE).exists() is (body == HOSTILE)


def test_a_thread_is_answered_resolved_and_opened_again(cast: Cast) -> None:
    edition = in_review(cast, "article")
    thread = commented(edition, cast.reviewer, passage=PASSAGE, field="body", must_fix=True)

    assert settle(cast.editor, thread, "resolve").status_code == 403
    assert settle(cast.editor, thread, "answer", comment="It is changed.").status_code == 302
    assert "1 must be fixed before approval" in page(cast.reviewer, edition, "review")
    assert settle(cast.second_reviewer, thread, "resolve", comment="Seen.").status_code == 302
    shown = page(cast.reviewer, edition, "review")
    assert "must be fixed before approval" not in shown
    assert "Resolved by Test second reviewer" in shown
    assert settle(cast.reviewer, thread, "reopen").status_code == 302
    assert "1 must be fixed before approval" in page(cast.reviewer, edition, "review")


def test_an_answer_that_was_refused_is_given_back(cast: Cast) -> None:
    thread = commented(in_review(cast), cast.reviewer)
    response = settle(cast.editor, thread, "answer", comment="Turned \u202eround")
    assert response.status_code == 409
    assert "Turned \u202eround</textarea>" in response.content.decode()


def test_what_is_no_comment_or_no_step_is_not_found(cast: Cast) -> None:
    edition = in_review(cast)
    thread = commented(edition, cast.reviewer)
    reply = actions.answer(thread, "Yes.", by=cast.editor, at=LATER)
    other = draft(cast, key="other2002")
    client = signed_in(cast.editor)

    assert settle(cast.editor, thread, "delete").status_code == 404
    assert client.post(part_url(edition.document, "comment", reply.pk), {"comment": "x"}).status_code == 404
    assert client.post(part_url(other.document, "comment", thread.pk), {"comment": "x"}).status_code == 404
    assert client.get(f"{document_url(other.document, 'comments')}?edition={edition.pk}").status_code == 404
    assert client.get(f"{document_url(other.document, 'comments')}?edition={'9' * 30}").status_code == 200


def test_a_comment_moves_with_its_passage_and_is_shown_detached_without_it(cast: Cast) -> None:
    edition = in_review(cast, "article")
    commented(edition, cast.reviewer, passage=PASSAGE, field="body")
    changes_requested(cast.reviewer, edition, at=LATER)
    moved = {"body": f"## New part\n\nMore words. {PASSAGE} [@sample2001]."}
    seen = edition.text.digest
    edition = actions.save(fresh(edition), article_content(**moved), by=cast.editor, at=LATER, seen=seen).edition
    comments = comments_of(fresh(edition), cast.reviewer)
    assert [thread.is_detached for thread in comments.open] == [False]

    gone = {"body": "## New part\n\nOther words [@sample2001]."}
    seen = edition.text.digest
    edition = actions.save(fresh(edition), article_content(**gone), by=cast.editor, at=LATER, seen=seen).edition
    assert [thread.is_detached for thread in comments_of(fresh(edition), cast.reviewer).open] == [True]
    shown = page(cast.editor, edition, "comments")
    assert "Detached: the words are no longer there" in shown
    assert PASSAGE in shown


def test_comments_of_a_closed_edition_can_still_be_read(cast: Cast) -> None:
    edition = draft(cast)
    commented(edition, cast.reviewer, body="About a text that was discarded.")
    actions.discard(edition, by=cast.editor, at=LATER, seen=edition.text.digest, comment="Not wanted.")

    shown = page(cast.editor, edition, "comments")

    assert "About a text that was discarded." in shown
    assert "no comment can be added" in shown
    assert send(cast.editor, edition, comment="Too late.").status_code == 409


def test_a_document_without_comments_shows_none_when_none_can_be_made(cast: Cast) -> None:
    assert 'id="part-comments"' not in page(cast.editor, published(cast))
    assert 'id="part-comments"' in page(cast.editor, draft(cast, key="other2002"))


def test_an_outside_expert_is_named_with_their_role(cast: Cast) -> None:
    edition = in_review(cast, "article")
    link, _ = shared(cast, edition)
    words = actions.Words("Advice for a test.", passage=PASSAGE, field="body")
    actions.advise(link, words, name="Test Guest", role="Test adviser", at=LATER)

    shown = page(cast.reviewer, edition, "review")

    assert "Test Guest" in shown
    assert "Test adviser, outside expert" in shown


@pytest.mark.breaks_the_record
@pytest.mark.parametrize("name", ["comments", "review", "standing"])
def test_a_thousand_comments_take_as_many_queries_as_three(cast: Cast, name: str) -> None:
    edition = in_review(cast, "article")
    first = commented(edition, cast.reviewer, passage=PASSAGE, field="body", must_fix=True)
    counts = []
    for number in (3, 1_000):
        Comment.objects.bulk_create(_like(first, number - Comment.objects.count()))
        client = signed_in(cast.editor)
        client.get(document_url(edition.document, name))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(document_url(edition.document, name)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _like(first: Comment, number: int) -> list[Comment]:
    """Threads and answers as the first one, without their events."""
    columns = {field.attname: getattr(first, field.attname) for field in Comment._meta.fields if field.name != "id"}
    answers = {**columns, "answers_id": first.pk, "passage": "", "must_fix": False}
    return [Comment(**(columns if place % 2 else answers)) for place in range(number)]
