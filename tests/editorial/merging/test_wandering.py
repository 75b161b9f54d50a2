"""What one side put elsewhere and the other changed is one place to settle: nothing comes back, nothing is doubled."""

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.merging import Choice, Merged, merge

BODY = ComparedField("body", "Body", "markdown")
QUESTIONS = ComparedField("questions", "Questions", "list", item="question")
A, B, C, D = (
    "Take fifty spoons every single day.",
    "Water boils at one hundred degrees here.",
    "Cats sleep in the sun often.",
    "Books stand upon very old shelves.",
)
CORRECTED = A.replace("fifty", "five")
SPLIT = "Water boils at ninety degrees here."


def merged(base: Any, mine: Any, theirs: Any, field: ComparedField = BODY) -> Merged:
    """The merge of one field."""
    return merge({field.name: base}, {field.name: mine}, {field.name: theirs}, [field])


def paragraphs(*parts: str) -> str:
    """A text of these blocks."""
    return "\n\n".join(parts)


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        pytest.param((A, B, C, D), (B, C, D, A), (B, C, D), id="put elsewhere and taken out"),
        pytest.param((A, B, C, D), (B, A, C, D), (B, C, D, A), id="put elsewhere by both"),
        pytest.param((A, B, C, D), (B, C, D, A), (CORRECTED, B, C, D), id="put elsewhere and corrected"),
        pytest.param((f"{A} {B}", C), (A, B, C), (f"{A} {SPLIT}", C), id="split and corrected"),
        pytest.param((A, B, C), (f"{A} {B}", C), (A, C), id="joined and taken out"),
    ],
)
def test_each_side_can_be_had_as_it_is(base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    before, here, there = (paragraphs(*side) for side in (base, mine, theirs))

    for outcome, first, second in (
        (merged(before, here, there), here, there),
        (merged(before, there, here), there, here),
    ):
        (conflict,) = outcome.conflicts
        assert not conflict.can_be_both
        assert outcome.content([Choice.MINE]) == {"body": first}
        assert outcome.content([Choice.THEIRS]) == {"body": second}


def test_what_one_put_elsewhere_and_the_other_left_alone_is_put_there() -> None:
    outcome = merged(paragraphs(A, B, C, D), paragraphs(B, C, A, D), paragraphs(A, B, C, f"{D} More."))

    assert outcome.conflicts == ()
    assert outcome.content() == {"body": paragraphs(B, C, A, f"{D} More.")}


def test_a_correction_reaches_what_was_joined_meanwhile() -> None:
    outcome = merged(paragraphs(A, B, C), paragraphs(f"{A} {B}", C), paragraphs(A, SPLIT, C))

    assert outcome.conflicts == ()
    assert outcome.content() == {"body": paragraphs(f"{A} {SPLIT}", C)}


def test_what_both_put_at_one_place_is_put_there() -> None:
    outcome = merged(paragraphs(A, B, C), paragraphs(B, C, A), paragraphs(B, f"{C} More.", A))

    assert outcome.conflicts == ()
    assert outcome.content() == {"body": paragraphs(B, f"{C} More.", A)}


ALL = [f"{word} is a question of its own" for word in ("alpha", "bravo", "china", "delta", "empty")]


@st.composite
def rearranged(draw: st.DrawFn) -> list[str]:
    """All questions in some order, some of them taken out or changed."""
    fates = st.sampled_from(["kept", "kept", "gone", "changed"])
    found = []
    for question in draw(st.permutations(ALL)):
        fate = draw(fates)
        found += [] if fate == "gone" else [question + " now" * (fate == "changed")]
    return found


@settings(max_examples=300, deadline=None)
@given(rearranged(), rearranged())
@example([*ALL[1:], ALL[0]], ALL[1:])
@example([*ALL[1:], ALL[0]], [ALL[1], ALL[0], *ALL[2:]])
def test_nothing_that_a_side_took_out_comes_back_with_it_and_nothing_is_doubled(
    mine: list[str], theirs: list[str]
) -> None:
    outcome = merged(ALL, mine, theirs, QUESTIONS)

    for choice, side in ((Choice.MINE, mine), (Choice.THEIRS, theirs)):
        (found,) = outcome.content([choice] * len(outcome.conflicts)).values()
        assert len(set(found)) == len(found)
        assert {*found} & {*ALL} <= {*side}
