"""Citations are taken apart as Pandoc takes them apart: what is expected here is what Pandoc 3.9 says of each."""

import pytest

from pages.markdown.citation_syntax import CitationItem, Mode, key_at, parse_following, parse_group, possible_keys
from pages.markdown.outline import Outline

SUPPRESS = Mode.SUPPRESS_AUTHOR


def group(inside: str) -> tuple[CitationItem, ...]:
    return parse_group(Outline(f"[{inside}]"), 1, len(inside) + 1)


def page(key: str, locator: str, suffix: str = "") -> CitationItem:
    return CitationItem(key, locator=locator, suffix=suffix, label="page")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("@first", CitationItem("first")),
        (" @first ", CitationItem("first")),
        ("-@first", CitationItem("first", SUPPRESS)),
        ("see -@first, p. 3", CitationItem("first", SUPPRESS, "see", "p. 3", label="page")),
        ("--@first", CitationItem("first", prefix="--")),
        ("x-@first", CitationItem("first", prefix="x-")),
        ("@first.", CitationItem("first", suffix=".")),
        ("see @first", CitationItem("first", prefix="see")),
        ("*see* @first", CitationItem("first", prefix="*see*")),
        ("see [x] @first", CitationItem("first", prefix="see [x]")),
        ("e.g., @first", CitationItem("first", prefix="e.g.,")),
        ("@first [x] y", CitationItem("first", suffix=" [x] y")),
        ("@first `x]` y", CitationItem("first", suffix=" `x]` y")),
        ("@first `;` y", CitationItem("first", suffix=" `;` y")),
        ("@first *y*", CitationItem("first", suffix=" *y*")),
        ('@first, "x; y"', CitationItem("first", suffix=', "x; y"')),
        ("@first, a\\; b", CitationItem("first", suffix=", a\\; b")),
        ("@first and @second", CitationItem("first", suffix=" and @second")),
        ("@first@second", CitationItem("first", suffix="@second")),
        ("&quot;x&quot; @first", CitationItem("first", prefix="&quot;x&quot;")),
        ("me@first.org @first", CitationItem("first", prefix="me@first.org")),
        ("(@first)", CitationItem("first", prefix="(", suffix=")")),
        ("@first, p. 3, redrawn", page("first", "p. 3", suffix=", redrawn")),
    ],
)
def test_one_citation_is_taken_apart(inside: str, expected: CitationItem) -> None:
    assert group(inside) == (expected,)


@pytest.mark.parametrize("inside", ["", "first", "\\@first", "me@first.org", "@", "@ first", "@;", "@{}", "@{a b}"])
def test_brackets_without_a_key_are_no_group(inside: str) -> None:
    assert group(inside) == ()


@pytest.mark.parametrize(
    "inside", ["see; @first", "@first; x", "@first;", ";@first", "@first;; @second", "x; @first; y", "@first {p. 3; 4}"]
)
def test_brackets_are_no_group_when_a_part_of_them_has_no_key(inside: str) -> None:
    assert group(inside) == ()


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("@first; @second", (CitationItem("first"), CitationItem("second"))),
        ("@first;@second", (CitationItem("first"), CitationItem("second"))),
        ("@first; -@second", (CitationItem("first"), CitationItem("second", SUPPRESS))),
        ("@first, p. 3; see @second", (page("first", "p. 3"), CitationItem("second", prefix="see"))),
        ("@first [a; b]; @second", (CitationItem("first", suffix=" [a; b]"), CitationItem("second"))),
        ("@first, “a; b”; @second", (CitationItem("first", suffix=", “a; b”"), CitationItem("second"))),
        ("@first, &quot;a&quot;; @second", (CitationItem("first", suffix=", &quot;a&quot;"), CitationItem("second"))),
    ],
)
def test_semicolons_part_the_citations_of_a_group(inside: str, expected: tuple[CitationItem, ...]) -> None:
    assert group(inside) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("@first", "first"),
        ("@_first", "_first"),
        ("@1st", "1st"),
        ("@é", "é"),
        ("@first_2.a:b", "first_2.a:b"),
        ("@a.b#c$d%e&f-g+h?i<j>k~l/m", "a.b#c$d%e&f-g+h?i<j>k~l/m"),
        ("@first.", "first"),
        ("@first's", "first"),
        ("@first, then", "first"),
        ("@Foo_bar.baz.", "Foo_bar.baz"),
        ("@Foo_bar--baz", "Foo_bar"),
        ("@a:.b", "a"),
        ("@a.:b", "a"),
        ("@a::b", "a"),
        ("@a-/b", "a"),
        ("@a_.b", "a_.b"),
        ("@a__b", "a__b"),
        ("@a_", "a_"),
        ("@a:/b", "a:/b"),
        ("@a///b", "a///b"),
        ("@a//", "a/"),
        ("@http://x.y/z", "http://x.y/z"),
        ("@{first}", "first"),
        ("@{Foo_bar.baz.}", "Foo_bar.baz."),
        ("@{a{b}c}", "a{b}c"),
        ("@{a[b]}", "a[b]"),
        ("@{https://example.com/bib?name=foobar&date=2000}", "https://example.com/bib?name=foobar&date=2000"),
        ("-@{odd.}", "odd."),
    ],
)
def test_a_key_ends_where_pandoc_ends_it(text: str, key: str) -> None:
    found = key_at(text, 0, len(text))

    assert found is not None
    assert found.key == key
    assert found.mode is (SUPPRESS if text.startswith("-") else Mode.AUTHOR_IN_TEXT)
    assert key in possible_keys(text)


@pytest.mark.parametrize("text", ["@", "@-k", "@.k", "@ k", "@{}", "@{k k}", "@{k", "first", "-k", "--@k"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert key_at(text, 0, len(text)) is None


@pytest.mark.parametrize("text", ["x@k", "é@k", "1@k", ".@k", "x-@k"])
def test_no_key_begins_inside_a_word(text: str) -> None:
    at = 1

    assert key_at(text, at, len(text)) is None


@pytest.mark.parametrize(
    ("brackets", "expected"),
    [
        ("p. 3", [("first", "p. 3", "")]),
        ("3", [("first", "3", "")]),
        (", p. 3", [("first", "p. 3", "")]),
        ("in passing", [("first", "", "in passing")]),
        ("", [("first", "", "")]),
        ("@second", [("first", "", ""), ("second", "", "")]),
        ("see @second, 4", [("first", "", ""), ("second", "4", "")]),
        ("p. 3; see @second, 4", [("first", "p. 3", ""), ("second", "4", "")]),
        ("-@second", [("first", "", ""), ("second", "", "")]),
    ],
)
def test_brackets_after_a_key_in_the_text_belong_to_it(brackets: str, expected: list[tuple[str, str, str]]) -> None:
    text = f"@first [{brackets}]"
    key = key_at(text, 0, len(text))
    assert key is not None

    items = parse_following(Outline(text), key, 8, len(text) - 1)

    assert [(item.key, item.locator, item.suffix) for item in items] == expected
    assert items[0].mode is Mode.AUTHOR_IN_TEXT


@pytest.mark.parametrize("brackets", ["x; y", "p. 3; @second; x", "@second;", "^1"])
def test_brackets_of_a_note_or_with_a_later_part_without_a_key_do_not(brackets: str) -> None:
    text = f"@first [{brackets}]"
    key = key_at(text, 0, len(text))
    assert key is not None

    assert parse_following(Outline(text), key, 8, len(text) - 1) == ()


def test_brackets_are_read_three_deep() -> None:
    assert group("@first [a [b [c]]]")
    text = "[@first [a [b [c [d]]]]]"
    assert 0 not in Outline(text).closing
