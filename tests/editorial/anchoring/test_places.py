"""A passage is found again by its words and what stood around them, and never on other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alstrom_site.editorial.anchoring import Quote, Span, carry, find, quote

OLD = "One first sentence. Take 5 mg of it each day. A last sentence that ends the text."
LONG = "A last sentence that ends the text."


def quoted(words: str, text: str = OLD, nth: int = 0) -> Quote:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return quote(text, Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("passage", "new", "found"),
    [
        (quoted("5 mg"), OLD, True),
        (quoted("5 mg"), f"A sentence before it. {OLD}", True),
        (quoted("5 mg"), OLD.replace("5 mg", "50 mg"), False),
        (quoted("5 mg"), OLD.replace("5 mg", "15 mg"), False),
        (quoted("5 mg"), OLD.replace("5 mg", "5 mgs"), False),
        (quoted("5 mg"), OLD.replace("Take 5 mg of it each day", "Never take it"), False),
        (quoted("5 mg"), "Another text. Give 5 mg, once.", False),
        (quoted("5 mg"), "", False),
        (quoted(LONG), f"{LONG} One first sentence.", True),
        (quoted(LONG), f"Another text altogether. {LONG} And more.", True),
        (quoted(LONG), OLD.replace("last", "final"), False),
        (quoted(LONG), LONG.upper(), False),
        (quote("ALMS1", Span(0, 5)), "ALMS1", True),
        (quote("ALMS1", Span(0, 5)), "ALMS2", False),
    ],
)
def test_a_passage_is_carried_while_its_words_stand_in_their_place(passage: Quote, new: str, found: bool) -> None:
    span = carry(passage, OLD if passage.before or passage.after else passage.exact, new)
    assert (span is not None) is found
    if span is not None:
        assert new[span.start : span.end] == passage.exact


def test_of_two_like_places_the_one_with_its_surroundings_is_taken() -> None:
    text = "For adults it is safe. For children it is safe. For others it is safe."
    second = quoted("it is safe", text, nth=1)
    span = carry(second, text, f"New. {text}")
    assert span == Span(text.index("children") + 14, text.index("children") + 24)


def test_words_that_stood_in_two_places_are_not_carried_to_the_other_one() -> None:
    twice = "Ask the people who look after you. A middle part between the two. Ask the people who look after you."
    first = quoted("Ask the people who look after you.", twice)
    assert carry(first, twice, "Words. A middle part between both. Ask the people who look after you.") is None


def test_between_two_places_with_the_same_surroundings_none_is_taken() -> None:
    part = "The same words in the same place, which is a part of some length so that nothing tells them apart. "
    assert carry(quoted("some length", part * 4, nth=1), part * 4, part * 4) is None


def test_words_that_stand_in_more_places_than_can_be_told_apart_have_no_place() -> None:
    text = "so " * 5_000
    assert carry(quoted("so", text), text, text) is None
    assert len(find(Quote("so"), text)) > 1


@pytest.mark.parametrize(
    ("words", "source", "found"),
    [
        ("The second statement", "The **second** statement.", ["The **second** statement"]),
        ("it is rare. A figure", "Is it? it is rare [@joy2007; @b]. A figure", ["it is rare [@joy2007; @b]. A figure"]),
        ("it is rare [1, 2]. A", "it is rare [@joy2007; @b]. A figure", ["it is rare [@joy2007; @b]. A"]),
        ("a word here", "See [a word](term:cell) here.", ["a word](term:cell) here"]),
        ("One two three", "One\ntwo   three.", ["One\ntwo   three"]),
        ("First thing", "- First *thing*\n- Second thing", ["First *thing"]),
        ("dose", "An overdose.", []),
        ("dose", "A dose. Another dose.", ["dose", "dose"]),
        ("nothing of it", "Some text.", []),
        ("**", "Some **text**.", ["**", "**"]),
        ("*", "Some text.", []),
        ("  ", "Some text.", []),
    ],
)
def test_words_are_found_as_they_read(words: str, source: str, found: list[str]) -> None:
    assert [source[span.start : span.end] for span in find(Quote(words.strip()), source)] == found


def test_what_stands_around_rendered_words_tells_two_places_apart() -> None:
    source = "In **adults** it is *rare*. In children it is *rare* too."
    [span] = find(Quote("it is rare", before="In children ", after=" too."), source)
    assert source[span.start : span.end] == "it is *rare"
    assert span.start > source.index("children")


WORDS = st.text(alphabet="ab \n*[]@().", max_size=60)


@given(old=WORDS, new=WORDS, cut=st.tuples(st.integers(0, 60), st.integers(1, 20)))
def test_a_passage_is_never_placed_on_other_words(old: str, new: str, cut: tuple[int, int]) -> None:
    passage = quote(old, Span(min(cut[0], len(old)), min(cut[0] + cut[1], len(old))))
    span = carry(passage, old, new)
    if span is not None:
        assert new[span.start : span.end] == passage.exact != ""


@given(before=st.text(max_size=40), words=st.text(min_size=1, max_size=40), after=st.text(max_size=40))
def test_a_passage_that_stands_once_is_found_in_its_own_text(before: str, words: str, after: str) -> None:
    text = before + words + after
    if text.count(words) == 1 and text.find(words, text.find(words) + 1) < 0:
        assert carry(quote(text, Span(len(before), len(before) + len(words))), text, text) == Span(
            len(before), len(before) + len(words)
        )


@given(words=WORDS, source=WORDS)
def test_words_are_found_inside_the_source_and_hold_something(words: str, source: str) -> None:
    for span in find(Quote(words.strip()), source):
        assert 0 <= span.start < span.end <= len(source)
