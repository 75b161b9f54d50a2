"""An approval says yes to every statement of its kind's checklist, whoever asks for it."""

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition, Review
from alstrom_site.editorial.requirements import unanswered
from alstrom_site.editorial.workflow import NotReady
from tests.cast import NOW, Cast
from tests.documents import CONTENTS, STEP, all_true, draft, fresh, in_review

LATER = NOW + 20 * STEP
Answers = list[tuple[str, bool]]


def approve(cast: Cast, edition: Edition, checklist: Answers) -> Review:
    return actions.approve(
        edition, by=cast.reviewer, at=LATER, seen=edition.text.digest, said=actions.Said("", checklist, "password")
    )


@pytest.mark.parametrize("kind", CONTENTS)
def test_an_approval_without_answers_is_told_every_statement_of_the_kind(cast: Cast, kind: str) -> None:
    edition = in_review(cast, kind)

    with pytest.raises(NotReady) as refused:
        actions.approve(edition, by=cast.reviewer, at=LATER, seen=edition.text.digest)

    issues = refused.value.issues
    assert [issue.field for issue in issues] == ["checklist"] * len(kind_named(kind).checklist)
    assert all(statement in issue.message for issue, (statement, _) in zip(issues, all_true(edition), strict=True))


def test_a_refused_approval_leaves_no_review_and_the_edition_in_review(cast: Cast) -> None:
    edition = in_review(cast)

    with pytest.raises(NotReady):
        approve(cast, edition, all_true(edition)[1:])

    assert not edition.reviews.exists()
    assert fresh(edition).status == "in review"


def test_an_approval_with_every_statement_true_is_signed_with_them(cast: Cast) -> None:
    edition = in_review(cast)

    review = approve(cast, edition, all_true(edition))

    assert review.checklist == [[statement, True] for statement in kind_named("reference").checklist]


def test_open_statements_are_told_together_with_what_the_text_lacks(cast: Cast) -> None:
    term = draft(cast, "term", slug="a-word")
    edition = in_review(cast, "article", body="A [word](term:a-word) [@sample2001].")
    actions.discard(term, by=cast.editor, at=LATER, seen=term.text.digest, comment="Not needed.")

    with pytest.raises(NotReady) as refused:
        approve(cast, edition, all_true(edition)[:-1])

    assert [issue.code for issue in refused.value.issues] == ["unknown-term", "unanswered"]


@pytest.mark.parametrize(
    "answers",
    [
        [("One.", True)],
        [("One.", True), ("Two.", False)],
        [("One.", True), ("Two.", True), ("Two.", False)],
        [("One.", True), ("Another.", True)],
    ],
    ids=["left out", "answered with no", "answered both ways", "another in its place"],
)
def test_a_statement_counts_only_when_it_was_answered_with_yes_and_nothing_else(answers: Answers) -> None:
    (issue,) = unanswered(["One.", "Two."], answers)

    assert (issue.field, issue.message) == (
        "checklist",
        "Tick “Two.” to approve. If it is not true, request changes.",
    )
