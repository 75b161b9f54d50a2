"""Each action refused: stale, in the wrong state, unready, half-way broken; nothing is written."""

from collections.abc import Callable
from typing import Any

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, Event, PublishedCopy, PublishedPage, Review, Revision
from alstrom_site.editorial.workflow import ActionRefused, NotReady, OutOfDate, WrongState
from tests.cast import NOW, Cast
from tests.documents import (
    PROVEN,
    STEP,
    all_true,
    approved,
    draft,
    fresh,
    in_review,
    next_edition,
    published,
    signed,
    submitted,
    yes_to_all,
)

pytestmark = pytest.mark.django_db

LATER = NOW + 20 * STEP
Act = Callable[[Cast, Edition, str], Any]


def _save(cast: Cast, edition: Edition, seen: str) -> Any:
    content = {**edition.text.fields, "volume": "99"}
    return actions.save(edition, content, by=cast.editor, at=LATER, seen=seen)


def _take_back(cast: Cast, edition: Edition, seen: str) -> Any:
    content = {**edition.text.fields, "volume": "99"}
    return actions.save(edition, content, by=cast.editor, at=LATER, seen=seen, take_back=True)


def _submit(cast: Cast, edition: Edition, seen: str) -> Any:
    return actions.submit(edition, by=cast.editor, at=LATER, seen=seen)


def _request_changes(cast: Cast, edition: Edition, seen: str) -> Any:
    return actions.request_changes(edition, by=cast.reviewer, at=LATER, seen=seen, comment="Shorter.", said=PROVEN)


def _approve(cast: Cast, edition: Edition, seen: str) -> Any:
    return actions.approve(edition, by=cast.second_reviewer, at=LATER, seen=seen, said=yes_to_all(edition))


def _publish(cast: Cast, edition: Edition, seen: str) -> Any:
    return actions.publish(edition, by=cast.publisher, at=LATER, seen=seen)


def _discard(cast: Cast, edition: Edition, seen: str) -> Any:
    return actions.discard(edition, by=cast.editor, at=LATER, seen=seen, comment="Not needed.")


ACTS: dict[str, tuple[Act, Callable[..., Edition]]] = {
    "save": (_save, draft),
    "take back": (_take_back, approved),
    "submit": (_submit, draft),
    "request changes": (_request_changes, in_review),
    "approve": (_approve, in_review),
    "publish": (_publish, approved),
    "discard": (_discard, draft),
}
# From a state in which none of the steps is possible.
EVERY_ACT = pytest.mark.parametrize("name", ACTS)


def rows() -> tuple[Any, ...]:
    """All that an action may write, as values to compare."""
    return tuple(
        tuple(model.objects.order_by("pk").values_list())
        for model in (Document, Edition, Revision, Review, Event, PublishedPage, PublishedCopy)
    )


@EVERY_ACT
def test_a_step_on_another_text_than_the_current_one_is_refused_and_writes_nothing(cast: Cast, name: str) -> None:
    act, prepare = ACTS[name]
    edition = prepare(cast)
    before = rows()

    with pytest.raises(OutOfDate, match="changed this text since you opened it"):
        act(cast, edition, "0" * 64)

    assert rows() == before


@EVERY_ACT
def test_a_step_on_a_closed_edition_is_refused_and_writes_nothing(cast: Cast, name: str) -> None:
    act, _ = ACTS[name]
    edition = draft(cast)
    _discard(cast, edition, edition.text.digest)
    before = rows()

    with pytest.raises(WrongState, match="while the edition is discarded"):
        act(cast, fresh(edition), edition.text.digest)

    assert rows() == before


@EVERY_ACT
def test_a_step_taken_twice_has_one_effect(cast: Cast, name: str) -> None:
    act, prepare = ACTS[name]
    edition = prepare(cast)
    act(cast, edition, edition.text.digest)
    before = rows()

    if name in {"save", "take back"}:
        assert not act(cast, edition, edition.text.digest).changed
    else:
        with pytest.raises(ActionRefused):
            act(cast, edition, edition.text.digest)

    assert rows() == before


@EVERY_ACT
def test_when_the_last_write_fails_nothing_was_written(cast: Cast, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    act, prepare = ACTS[name]
    edition = prepare(cast)
    before = rows()
    last_write = (
        "alstrom_site.editorial.projection.refresh"
        if name == "publish"
        else "alstrom_site.editorial.actions._transitions.record"
    )

    def broken(*_: object, **__: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(last_write, broken)

    with pytest.raises(OSError, match="disk is full"):
        act(cast, edition, edition.text.digest)

    assert rows() == before


@pytest.mark.parametrize("prepare", [in_review, approved], ids=["in review", "approved"])
def test_an_edit_voids_approvals_in_its_own_transaction(cast: Cast, prepare: Callable[..., Edition]) -> None:
    edition = prepare(cast)

    _take_back(cast, edition, edition.text.digest)

    assert fresh(edition).status == "draft"
    assert fresh(edition).approved_at is None
    with pytest.raises(WrongState):
        _publish(cast, fresh(edition), fresh(edition).text.digest)


def test_an_approval_of_an_earlier_text_does_not_publish_a_later_one(cast: Cast) -> None:
    edition = approved(cast)
    first_digest = edition.text.digest
    _take_back(cast, edition, first_digest)
    edition = submitted(cast, fresh(edition), at=LATER + STEP)

    with pytest.raises(WrongState):
        _publish(cast, edition, edition.text.digest)
    with pytest.raises(OutOfDate):
        _approve(cast, edition, first_digest)


def test_an_approval_given_before_a_refusal_does_not_count_in_the_next_round(cast: Cast) -> None:
    edition = approved(cast)
    _request_changes(cast, edition, edition.text.digest)
    edition = submitted(cast, fresh(edition), at=LATER + STEP)

    with pytest.raises(WrongState):
        _publish(cast, edition, edition.text.digest)


@pytest.mark.parametrize("prepare", [in_review, approved], ids=["in review", "approved"])
def test_a_text_in_review_is_changed_only_by_who_says_so(cast: Cast, prepare: Callable[..., Edition]) -> None:
    edition = prepare(cast)
    before = rows()

    with pytest.raises(WrongState):
        _save(cast, edition, edition.text.digest)

    assert rows() == before


def test_a_save_that_changes_nothing_makes_no_text_and_voids_no_approval(cast: Cast) -> None:
    edition = approved(cast)
    before = rows()

    saved = actions.save(edition, edition.text.fields, by=cast.editor, at=LATER, seen=edition.text.digest)

    assert not saved.changed
    assert rows() == before


def test_going_back_to_an_earlier_wording_is_a_new_text_that_needs_a_new_approval(cast: Cast) -> None:
    edition = approved(cast)
    original = edition.text.fields
    changed = _take_back(cast, edition, edition.text.digest)

    saved = actions.save(fresh(edition), original, by=cast.editor, at=LATER + STEP, seen=changed.revision.digest)

    assert saved.changed
    edition = submitted(cast, fresh(edition), at=LATER + 2 * STEP)
    with pytest.raises(WrongState):
        _publish(cast, edition, edition.text.digest)


def test_everything_that_is_missing_is_told_at_once(cast: Cast) -> None:
    edition = draft(cast, author=[], title="", issued="")

    with pytest.raises(NotReady) as refused:
        _submit(cast, edition, edition.text.digest)

    assert {issue.field for issue in refused.value.issues} == {"author", "title", "issued"}


def test_an_unknown_citation_key_stops_submission_by_name(cast: Cast) -> None:
    edition = draft(cast, "article")

    with pytest.raises(NotReady, match="sample2001") as refused:
        _submit(cast, edition, edition.text.digest)

    assert [issue.code for issue in refused.value.issues] == ["unknown-reference"]


def test_a_request_for_changes_without_a_comment_is_refused(cast: Cast) -> None:
    edition = in_review(cast)
    before = rows()

    with pytest.raises(NotReady, match="Say in a comment"):
        actions.request_changes(edition, by=cast.reviewer, at=LATER, seen=edition.text.digest, comment=" \n")

    assert rows() == before


def test_an_edition_is_not_discarded_without_a_reason(cast: Cast) -> None:
    edition = draft(cast)
    before = rows()

    with pytest.raises(NotReady, match="Say in a comment why"):
        actions.discard(edition, by=cast.editor, at=LATER, seen=edition.text.digest, comment="\t")

    assert rows() == before


def _approve_saying(edition: Edition, *, comment: str, **step: Any) -> Any:
    return actions.approve(edition, said=actions.Said(comment, all_true(edition), "password"), **step)


@pytest.mark.parametrize("comment", ["a\x00b", "a\ud800b"], ids=["NUL", "half of a surrogate pair"])
@pytest.mark.parametrize("act", [_approve_saying, actions.request_changes, actions.discard])
def test_a_comment_that_cannot_be_stored_is_refused_with_a_sentence(
    cast: Cast, act: Callable[..., Any], comment: str
) -> None:
    edition = in_review(cast)
    by = cast.editor if act is actions.discard else cast.reviewer

    with pytest.raises(NotReady, match="Take it out"):
        act(edition, by=by, at=LATER, seen=edition.text.digest, comment=comment)


def test_an_article_waits_for_its_sources_to_be_live(cast: Cast) -> None:
    source = draft(cast)
    article = submitted(cast, draft(cast, "article"), at=NOW + STEP)
    article = signed(cast, article, at=NOW + 2 * STEP)

    with pytest.raises(NotReady, match=r"“sample2001” is not live yet"):
        _publish(cast, article, article.text.digest)

    assert fresh(source).status == "draft"


def test_the_key_of_a_source_that_readers_know_stays(cast: Cast) -> None:
    live = published(cast, "reference")

    with pytest.raises(ValueError, match="Readers know this page as /bibliography/sample2001/"):
        next_edition(cast, live.document, at=LATER, key="other2001")


def test_two_documents_of_one_kind_cannot_share_an_address(cast: Cast) -> None:
    draft(cast, "term")

    with pytest.raises(ValueError, match="stands at /glossary/sample-term/ already"):
        draft(cast, "term")

    assert Document.objects.count() == 1
