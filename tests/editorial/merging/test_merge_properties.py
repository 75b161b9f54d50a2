"""What holds for every merge, whatever is merged."""

import re
from collections import Counter
from typing import Any

import hypothesis.strategies as st
from hypothesis import example, given, settings

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.merging import Choice, Conflict, Merged, merge

FIELDS = [
    ComparedField("title", "Title", "line"),
    ComparedField("body", "Body", "markdown"),
    ComparedField("faqs", "Questions", "list", item="question"),
    ComparedField("related", "Related pages", "rows", "related page", ("address", "description")),
    ComparedField("origin", "Origin", "record"),
]
WORDS = st.sampled_from(
    ["alpha", "beta", "gamma", "delta", "Epsilon", "5 mg", "twice", "not", "- item", "# Head", "```"]
)
LINES = st.lists(WORDS, max_size=4).map(" ".join)
ENDS = st.sampled_from([". ", "\n", "\n\n", ".\n\n", "\n\n\n", " \n"])
TEXTS = st.lists(st.tuples(WORDS, ENDS), max_size=8).map(lambda pairs: "".join(word + end for word, end in pairs))
ROWS = st.fixed_dictionaries({"address": LINES, "description": LINES})
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": LINES,
    "body": TEXTS,
    "faqs": st.lists(LINES, max_size=4),
    "related": st.lists(ROWS, max_size=3),
    "origin": ROWS,
}
CONTENTS = st.fixed_dictionaries(VALUES)


@st.composite
def changed(draw: st.DrawFn, content: dict[str, Any], mark: str) -> dict[str, Any]:
    """The content after one person's changes; all that they wrote anew holds their mark."""
    after = dict(content)
    for name in draw(st.sets(st.sampled_from(sorted(content)))):
        after[name] = _changed(draw, after[name], VALUES[name], mark)
    return after


def _changed(draw: st.DrawFn, value: Any, anew: st.SearchStrategy[Any], mark: str) -> Any:
    if isinstance(value, dict):
        return {
            key: f"{cell} {mark}{draw(st.integers(1, 9))}" if draw(st.booleans()) else cell
            for key, cell in value.items()
        }
    pieces = re.split(r"(?<=\n\n)", value) if isinstance(value, str) else list(value)
    for _ in range(draw(st.integers(1, 3))):
        at, size = draw(st.integers(0, len(pieces))), draw(st.integers(0, 1))
        new: Any = f"{mark}{draw(st.integers(1, 99))} written anew.\n\n"
        if pieces and isinstance(pieces[0], dict):
            new = {"address": new.strip(), "description": draw(LINES)}
        elif not isinstance(value, str):
            new = new.strip()
        pieces[at : at + size] = draw(st.sampled_from([[], [new]]))
    return "".join(pieces) if isinstance(value, str) else pieces


@st.composite
def three(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """A content and two changes of it."""
    base = draw(CONTENTS)
    return base, draw(changed(base, "mine")), draw(changed(base, "theirs"))


def words(content: Any) -> Counter[str]:
    """Every word that stands anywhere in a value."""
    if isinstance(content, dict):
        return sum((words(value) for value in content.values()), Counter())
    if isinstance(content, list):
        return sum((words(value) for value in content), Counter())
    return Counter(str(content).split())


def all_as(merged: Merged, choice: Choice) -> dict[str, Any]:
    """The content with the same choice everywhere."""
    return merged.content([choice] * len(merged.conflicts))


def swapped(conflict: Conflict) -> tuple[Any, ...]:
    """A conflict as the other person sees it."""
    return conflict.field, conflict.base, conflict.theirs, conflict.mine


@settings(max_examples=400, deadline=None)
@given(CONTENTS, CONTENTS)
def test_the_same_change_on_both_sides_is_that_change(base: dict[str, Any], new: dict[str, Any]) -> None:
    merged = merge(base, new, new, FIELDS)

    assert merged.conflicts == ()
    assert merged.content() == new


@settings(max_examples=400, deadline=None)
@given(CONTENTS, CONTENTS)
def test_a_change_of_one_side_is_taken_exactly(base: dict[str, Any], new: dict[str, Any]) -> None:
    for merged in (merge(base, base, new, FIELDS), merge(base, new, base, FIELDS)):
        assert merged.conflicts == ()
        assert merged.content() == new


@settings(max_examples=600, deadline=None)
@given(three())
def test_no_new_word_of_either_side_is_lost(texts: tuple[dict[str, Any], ...]) -> None:
    base, mine, theirs = texts

    merged = merge(base, mine, theirs, FIELDS)

    for side, choice in ((mine, Choice.MINE), (theirs, Choice.THEIRS)):
        new = set(words(side)) - set(words(base))
        assert new <= set(words(all_as(merged, choice)))
    shown = sum((words([each.mine, each.theirs]) for each in merged.conflicts), words(merged.content()))
    assert (set(words(mine)) | set(words(theirs))) - set(words(base)) <= set(shown)


@settings(max_examples=400, deadline=None)
@given(three())
def test_both_people_see_the_same_conflicts_from_their_side(texts: tuple[dict[str, Any], ...]) -> None:
    base, mine, theirs = texts

    here, there = merge(base, mine, theirs, FIELDS), merge(base, theirs, mine, FIELDS)

    assert [swapped(each) for each in here.conflicts] == [
        (each.field, each.base, each.mine, each.theirs) for each in there.conflicts
    ]
    assert all_as(here, Choice.MINE) == all_as(there, Choice.THEIRS)


@settings(max_examples=300, deadline=None)
@given(CONTENTS, CONTENTS, CONTENTS)
@example({"body": "a"}, {"body": "b"}, {"body": ""})
def test_anything_can_be_merged(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = merge(base, mine, theirs, FIELDS)

    for choice in Choice:
        assert set(all_as(merged, choice)) <= {*base, *mine, *theirs}
