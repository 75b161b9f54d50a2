"""Pandoc's citation groups are taken apart as its guide says."""

import pytest

from pages.markdown.citation_syntax import CitationItem, parse_group


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("@first", CitationItem("first")),
        ("-@first", CitationItem("first")),
        ("@first_2.a:b", CitationItem("first_2.a:b")),
        ("@{https://x.y/z?a=1.}", CitationItem("https://x.y/z?a=1.")),
        ("@first.", CitationItem("first", suffix=".")),
        ("see @first", CitationItem("first", prefix="see")),
        ("@first, p. 3", CitationItem("first", locator="p. 3")),
        ("@first p. 3", CitationItem("first", locator="p. 3")),
        ("@first, pp. 33-35, 38-39", CitationItem("first", locator="pp. 33-35, 38-39")),
        ("@first, 33–35 and 38", CitationItem("first", locator="33–35 and 38")),
        ("@first, chap. iv", CitationItem("first", locator="chap. iv")),
        ("@first, Table 2", CitationItem("first", locator="Table 2")),
        ("@first, fig. 1A, redrawn", CitationItem("first", locator="fig. 1A", suffix=", redrawn")),
        ("@first, {the abstract}", CitationItem("first", locator="the abstract")),
        ("@first{p. 3} and *passim*", CitationItem("first", locator="p. 3", suffix=" and *passim*")),
        ("@first, in passing", CitationItem("first", suffix=", in passing")),
        ("@first 3 families", CitationItem("first", suffix=" 3 families")),
        ("see @first, p. 3; and others", CitationItem("first", prefix="see", locator="p. 3", suffix="; and others")),
        ("see; @first", CitationItem("first", prefix="see;")),
        ("&quot;x&quot; @first", CitationItem("first", prefix="&quot;x&quot;")),
        ("me@first.org @first", CitationItem("first", prefix="me@first.org")),
        ("(@first)", CitationItem("first", prefix="(", suffix=")")),
    ],
)
def test_one_citation_is_taken_apart(inside: str, expected: CitationItem) -> None:
    assert parse_group(inside) == (expected,)


@pytest.mark.parametrize("inside", ["", "first", "\\@first", "me@first.org", "@", "@ first", "x/@first", "@;", "@{}"])
def test_brackets_without_a_key_are_no_group(inside: str) -> None:
    assert parse_group(inside) == ()


@pytest.mark.parametrize(
    ("inside", "keys", "middle"),
    [
        ("@first; @second", ["first", "second"], ("", "")),
        ("@first;@second", ["first", "second"], ("", "")),
        ("@first, p. 3; see @second", ["first", "second"], ("", "see")),
        ("@first; and others; see @second", ["first", "second"], ("; and others", "see")),
        ("@first and @second", ["first", "second"], (" and", "")),
        ("@first, a\\; b @second", ["first", "second"], (", a\\; b", "")),
        ("@first, &quot;a&quot; b @second", ["first", "second"], (", &quot;a&quot; b", "")),
    ],
)
def test_what_stands_between_two_keys_is_shared_out(inside: str, keys: list[str], middle: tuple[str, str]) -> None:
    before, after = parse_group(inside)

    assert [before.key, after.key] == keys
    assert (before.suffix, after.prefix) == middle
