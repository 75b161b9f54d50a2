"""A text is shown whole, with every passage marked and every beginning named, however passages overlap."""

from hypothesis import given
from hypothesis import strategies as st

from alstrom_site.editorial.anchoring import FieldText, Piece, Span, field_texts, pieces, stretches
from alstrom_site.editorial.comparison import ComparedField


def test_passages_that_overlap_are_one_marked_stretch_with_two_beginnings() -> None:
    found = pieces("one two three four", {1: Span(0, 7), 2: Span(4, 13)})
    assert found == [Piece("one ", True, (1,)), Piece("two three", True, (2,)), Piece(" four", False)]


def test_a_text_without_passages_is_one_piece() -> None:
    assert pieces("one two", {}) == [Piece("one two", False)]
    assert pieces("", {}) == []


def test_a_text_is_cut_behind_the_paragraphs_that_passages_stand_in_and_each_line_begins_a_piece() -> None:
    text = "One.\nOn two.\n\nThree.\n\nFour."
    found = stretches(text, {1: Span(5, 12), 2: Span(0, 4)})

    assert [("".join(piece.text for piece in each.pieces), each.numbers) for each in found] == [
        ("One.\nOn two.\n\n", (2, 1)),
        ("Three.\n\nFour.", ()),
    ]
    lines = {piece.line: piece.text for each in found for piece in each.pieces if piece.line}
    assert lines == {1: "One.", 2: "On two.", 3: "\n", 4: "Three.\n", 5: "\n", 6: "Four."}


def test_a_passage_that_goes_on_into_another_paragraph_is_not_cut() -> None:
    (whole,) = stretches("One.\n\nTwo.", {1: Span(0, 9), 2: Span(1, 3)})

    assert whole.numbers == (1, 2)


@given(
    text=st.text("a\n ", min_size=1, max_size=40),
    ends=st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40)), max_size=8),
)
def test_nothing_of_the_text_is_lost_and_each_passage_begins_once(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [Span(start, min(start + length, len(text))) for start, length in ends if start < len(text)]
    places = dict(enumerate(spans, start=1))

    found = pieces(text, places)

    assert "".join(piece.text for piece in found) == text
    cut = stretches(text, places)
    assert "".join(piece.text for each in cut for piece in each.pieces) == text
    assert sorted(number for each in cut for number in each.numbers) == sorted(places)
    assert sorted(number for piece in found for number in piece.begins) == sorted(places)
    at = 0
    for piece in found:
        inside = {any(span.start <= place < span.end for span in spans) for place in range(at, at + len(piece.text))}
        assert inside == {piece.is_marked}
        assert all(places[number].start == at for number in piece.begins)
        at += len(piece.text)


def test_every_word_of_a_content_stands_in_a_field_of_its_own() -> None:
    fields = (
        ComparedField("title", "Title", "line"),
        ComparedField("names", "Names", "list"),
        ComparedField("rows", "Rows", "rows"),
        ComparedField("origin", "Origin", "record"),
        ComparedField("empty", "Empty", "markdown"),
    )
    content = {
        "title": "A title",
        "names": ["One", "", "Two"],
        "rows": [{"address": "a", "about": "b"}, {"address": "c", "about": ""}],
        "origin": {"title": "T", "year": 2001},
        "empty": " \n",
        "unknown": "No field of the kind",
    }
    assert field_texts(content, fields) == [
        FieldText("title", "Title", "A title"),
        FieldText("names", "Names", "One\nTwo"),
        FieldText("rows", "Rows", "a, b\nc"),
        FieldText("origin", "Origin", "T, 2001"),
    ]
