"""Whatever the texts: nothing is lost, nothing is made up, and a difference always shows."""

from collections.abc import Mapping

from hypothesis import example, given, settings
from hypothesis import strategies as st

from alstrom_site.editorial.comparison import ComparedField, Comparison, FieldChange, compare
from alstrom_site.editorial.comparison.parts import canonical, row_text

BODY = ComparedField("body", "Body", "markdown")
TITLE = ComparedField("title", "Title", "line")
FAQS = ComparedField("faqs", "Questions", "list", item="question")
RELATED = ComparedField("related", "Related pages", "rows", item="related page", columns=("address", "description"))

SCRAPS = [
    "Alström", "Alstr\u043em", "Alstro\u0308m", "syndrome", "is not", "5 mg", "50 mg", "−0.5", "0,5",
    "**", "_", "`", "# ", "## ", "- ", "1. ", "> ", "| a | b |", "\n", "\n\n", " ", "  ", "\u00a0", "\u00ad",
    "\u200b", "\u202e", "\t", "\r\n", "[@joy2007, p. 3]", "[see @a; @b]", "[gene](/alms1/)",
    "![eye](/media/images/a.png)", "](", "[", "![", "```\n", "~~~", "---", "\x00", "\ud800", "\u2028", "\x1c",
    "👩\u200d👧", "https://a.example/x", "@", "!", ".", "\\",
]  # fmt: skip
MARKDOWN = st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join)
ANY_TEXT = st.text(st.characters(), max_size=40)
TEXT = MARKDOWN | ANY_TEXT
SMALL = st.sampled_from(["", "a", "b", "a b", "a b c", "1", "\u00a0"])
SINGLE = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, 1.0, 0.5]) | SMALL
JSON = st.recursive(SINGLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SMALL, inner, max_size=3))


@st.composite
def two_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A text and what became of it when pieces were taken out, doubled, put elsewhere or replaced."""
    pieces = draw(st.lists(st.sampled_from(SCRAPS) | TEXT, max_size=12))
    after = list(pieces)
    for _ in range(draw(st.integers(0, 4))):
        at, to = draw(st.integers(0, 12)), draw(st.integers(0, 12))
        moved = after[at : at + 2]
        after[at : at + 2] = draw(st.sampled_from([[], ["\n\n"], ["5 mg"], ["not "]]))
        after[to:to] = moved
    return "".join(pieces), "".join(after)


def _only(comparison: Comparison) -> FieldChange:
    (change,) = comparison.changes
    return change


def _visible(change: FieldChange) -> bool:
    return bool(change.note) or any(block.status != "unchanged" for block in change.blocks)


@settings(max_examples=600, deadline=None)
@given(two_texts() | st.tuples(TEXT, TEXT))
@example(("a\n\nb", "b\n\na"))
@example(("```\na\n\nb", "```\na\n\nb\n```\n"))
def test_joined_spans_give_both_markdown_texts_back(texts: tuple[str, str]) -> None:
    old, new = texts

    change = _only(compare({"body": old}, {"body": new}, [BODY]))

    assert "".join(change.texts_before) == old
    assert "".join(change.texts_after) == new
    assert (change.status == "unchanged") == (old == new)
    assert _visible(change) == (old != new)


@settings(max_examples=300, deadline=None)
@given(two_texts() | st.tuples(TEXT, TEXT))
def test_joined_spans_give_both_lines_back(texts: tuple[str, str]) -> None:
    old, new = texts

    change = _only(compare({"title": old}, {"title": new}, [TITLE]))

    assert ("".join(change.texts_before), "".join(change.texts_after)) == (old, new)
    assert _visible(change) == (old != new)


@settings(max_examples=300, deadline=None)
@given(st.lists(SMALL | TEXT, max_size=7), st.lists(SMALL | TEXT, max_size=7))
def test_entries_come_back_in_both_orders(old: list[str], new: list[str]) -> None:
    change = _only(compare({"faqs": old}, {"faqs": new}, [FAQS]))

    assert change.texts_before == tuple(old)
    assert change.texts_after == tuple(new)
    assert _visible(change) == (old != new)


ROW = st.dictionaries(st.sampled_from(["address", "description", "as_of"]), SINGLE, max_size=3)


@settings(max_examples=300, deadline=None)
@given(st.lists(ROW, max_size=5), st.lists(ROW, max_size=5))
def test_rows_come_back_in_both_orders(old: list[dict[str, object]], new: list[dict[str, object]]) -> None:
    change = _only(compare({"related": old}, {"related": new}, [RELATED]))

    assert change.texts_before == tuple(row_text(row, RELATED.columns) for row in old)
    assert change.texts_after == tuple(row_text(row, RELATED.columns) for row in new)


@settings(max_examples=600, deadline=None)
@given(st.dictionaries(SMALL, JSON, max_size=4), st.dictionaries(SMALL, JSON, max_size=4))
@example({"a": 1}, {"a": "1"})
@example({"a": True}, {"a": 1})
@example({"a": []}, {"a": {}})
@example({"a": [{}]}, {"a": [{"": ""}]})
@example({"a": ""}, {})
def test_any_contents_compare_empty_exactly_when_equal(old: Mapping[str, object], new: Mapping[str, object]) -> None:
    comparison = compare(old, new, [])

    assert comparison.is_empty == (canonical(dict(old)) == canonical(dict(new)))
    assert all(_visible(change) for change in comparison.changed)
    assert comparison.summary().endswith(".")
    assert [change for change in comparison.changes if change.status == "unchanged" and _visible(change)] == []


@settings(max_examples=200, deadline=None)
@given(two_texts())
def test_folded_groups_hold_no_change_and_lose_no_block(texts: tuple[str, str]) -> None:
    change = _only(compare({"body": texts[0]}, {"body": texts[1]}, [BODY]))

    folded = [block for group in change.groups if group.is_folded for block in group.blocks]

    assert tuple(block for group in change.groups for block in group.blocks) == change.blocks
    assert all(block.before == block.after for block in folded)
    assert {block.status for block in folded} <= {"unchanged"}


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_nothing_shown_can_disturb_the_page(old: str, new: str) -> None:
    change = _only(compare({"body": old}, {"body": new}, [BODY]))

    shown = "".join(piece.text + piece.name for b in change.blocks for span in b.spans for piece in span.pieces)

    assert not set(shown) & {"\u202e", "\u202a", "\u2066", "\u200f", "\x00", "\ud800", "\x1b"}
