"""verify_record finds comments and links that were altered, taken away or brought in behind the site's back."""

import pytest

from alstrom_site.editorial import actions, requirements
from alstrom_site.editorial.models import Comment, SharedLink
from alstrom_site.editorial.verification import faults
from tests.breaking import run, triggers_off
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, fresh, in_review, made_live, signed
from tests.editorial.comments.remarks import LATER, advised, commented, shared

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]
ALTERED = "it is not what was recorded."
TO_BE_FIXED = "it was done while a comment that must be fixed stood open."
UNSETTLED = "whether it is settled, by whom and when, is not what was recorded."


def found() -> list[str]:
    """The faults as sentences."""
    return [str(fault) for fault in faults()]


def test_a_whole_record_with_comments_and_links_has_no_fault(cast: Cast) -> None:
    edition = draft(cast)
    thread = commented(edition, cast.reviewer, must_fix=True)
    actions.answer(thread, "Seen.", by=cast.editor, at=LATER)
    actions.resolve(thread, by=cast.reviewer, at=LATER)
    actions.reopen(thread, by=cast.editor, at=LATER)
    link, _ = shared(cast, edition)
    advised(link)
    actions.revoke(link, by=cast.editor, at=LATER)

    assert found() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE editorial_comment SET body = 'Something else.' WHERE id = %s",
        "UPDATE editorial_comment SET author_name = 'Somebody else' WHERE id = %s",
        "UPDATE editorial_comment SET must_fix = false WHERE id = %s",
        "UPDATE editorial_comment SET passage = 'other words' WHERE id = %s",
        "UPDATE editorial_comment SET at = at - interval '1 day' WHERE id = %s",
    ],
)
def test_an_altered_comment_is_found(cast: Cast, change: str) -> None:
    said = commented(draft(cast), cast.reviewer, must_fix=True)
    with triggers_off("editorial_comment"):
        run(change, said.pk)

    assert found() == [f"Comment {said.pk}: {ALTERED}"]


def test_a_comment_that_was_resolved_without_a_record_is_found(cast: Cast) -> None:
    said = commented(draft(cast), cast.reviewer, must_fix=True)
    run("UPDATE editorial_comment SET resolved_at = at, resolved_by_id = author_id WHERE id = %s", said.pk)

    assert found() == [f"Comment {said.pk}: {UNSETTLED}"]


def test_a_comment_that_was_taken_away_or_brought_in_is_found(cast: Cast) -> None:
    said = commented(draft(cast), cast.reviewer)
    gone = said.pk
    with triggers_off("editorial_comment"):
        run("DELETE FROM editorial_comment WHERE id = %s", gone)
    said.pk = None
    said.save(force_insert=True)

    assert found() == [
        f"Comment {Comment.objects.get().pk}: no event records it.",
        f"Comment {gone}: it was recorded, and is no longer there.",
    ]


def test_a_link_that_lasts_longer_than_it_was_made_for_is_found(cast: Cast) -> None:
    link, _ = shared(cast, draft(cast))
    with triggers_off("editorial_sharedlink"):
        run("UPDATE editorial_sharedlink SET expires_at = expires_at + interval '1 year' WHERE id = %s", link.pk)

    assert found() == [f"Shared link {link.pk}: {ALTERED}"]


def test_a_revoked_link_that_works_again_is_found(cast: Cast) -> None:
    link, _ = shared(cast, draft(cast))
    actions.revoke(link, by=cast.editor, at=LATER)
    with triggers_off("editorial_sharedlink"):
        SharedLink.objects.filter(pk=link.pk).update(revoked_at=None, revoked_by=None)

    assert found() == [f"Shared link {link.pk}: {UNSETTLED}"]


def test_a_must_fix_comment_is_in_the_way_although_its_passage_is_gone(cast: Cast) -> None:
    edition = draft(cast, "article", summary="A summary of some length for a passage.")
    commented(edition, cast.reviewer, passage="some length", field="summary", must_fix=True)
    content = {**edition.text.fields, "summary": "Another one."}
    seen = edition.text.digest
    saved = actions.save(edition, content, by=cast.editor, at=LATER, seen=seen).edition
    assert saved.comments.blocking().count() == 1
    assert found() == []


def test_an_approval_while_a_comment_stood_open_that_must_be_fixed_is_found_and_one_after_it_was_settled_is_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = in_review(cast, "term")
    said = commented(edition, cast.reviewer, must_fix=True)
    monkeypatch.setattr(requirements, "_must_be_fixed", lambda edition: [])
    signed(cast, edition, at=NOW + 2 * STEP)
    actions.resolve(said, by=cast.reviewer, at=NOW + 3 * STEP)
    made_live(cast, fresh(edition), at=NOW + 4 * STEP)

    assert found() == [f"Event {edition.events.get(verb='approve').position}: {TO_BE_FIXED}"]
