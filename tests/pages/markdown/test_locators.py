"""Locators are read as Pandoc 3.9 reads them; our labels are more than those that its locale knows."""

import pytest

from pages.markdown.locators import LABELS, read_locator


def read(after: str) -> tuple[str, str, str] | None:
    """Label, locator as readers see it, and suffix of what follows a key."""
    found = read_locator(after, 0, len(after))
    return (
        None if found is None else (found.label, found.implied + after[found.begins : found.ends], after[found.rest :])
    )


@pytest.mark.parametrize(
    ("after", "label", "locator", "suffix"),
    [
        (", p. 3", "page", "p. 3", ""),
        (" p. 3", "page", "p. 3", ""),
        (",p.3", "page", "p.3", ""),
        (", pp. 33-35, 38-39 and *passim*", "page", "pp. 33-35, 38-39", " and *passim*"),
        (", pp. 33-35 and 38", "page", "pp. 33-35", " and 38"),
        (" p. iv-xi, (xv)-(xvii)", "page", "p. iv-xi, (xv)-(xvii)", ""),
        (", p. 3a, b", "page", "p. 3a", ", b"),
        (", p. A.3", "page", "p. A.3", ""),
        (", p. 2:49", "page", "p. 2:49", ""),
        (", p. 3.", "page", "p. 3", "."),
        (", p. 3/4", "page", "p. 3", "/4"),
        (", p. 3 - 4", "page", "p. 3", " - 4"),
        (", p. 3 (n. 4)", "page", "p. 3", " (n. 4)"),
        (", p. 3(4)a-8", "page", "p. 3(4)a-8", ""),
        (", p. **32**", "page", "p. **32**", ""),
        (", p. e12", "page", "p. e12", ""),
        (", p. mix", "page", "p. mix", ""),
        (", chap. X, p. 3", "chapter", "chap. X", ", p. 3"),
        (", fig. 1A, redrawn", "figure", "fig. 1A", ", redrawn"),
        (", Fig. 1", "figure", "Fig. 1", ""),
        (", §§ 3-4", "section", "§§ 3-4", ""),
        (", §3", "section", "§3", ""),
        (', s.v. "3"', "sub-verbo", 's.v. "3"', ""),
        (", no. 3", "issue", "no. 3", ""),
    ],
)
def test_a_locator_has_a_label_and_words_with_numbers(after: str, label: str, locator: str, suffix: str) -> None:
    assert read(after) == (label, locator, suffix)


@pytest.mark.parametrize(
    ("after", "locator", "suffix"),
    [
        (", 3", "p. 3", ""),
        (" 3", "p. 3", ""),
        (", 33-35", "pp. 33-35", ""),
        (", 3, 5", "pp. 3, 5", ""),
        (", e12", "p. e12", ""),
        (", 99 years later", "p. 99", " years later"),
    ],
)
def test_numbers_without_a_label_are_pages_and_say_so(after: str, locator: str, suffix: str) -> None:
    assert read(after) == ("page", locator, suffix)


@pytest.mark.parametrize(
    ("after", "label", "locator", "suffix"),
    [
        (", {pp. iv, vi-xi, (xv)-(xvii)} with suffix", "page", "pp. iv, vi-xi, (xv)-(xvii)", " with suffix"),
        ("{ii, A, D-Z}, with a suffix", "", "ii, A, D-Z", ", with a suffix"),
        (", { p. 9 }", "page", "p. 9", ""),
        (" {p. a}", "page", "p. a", ""),
        (" {123-35} not", "page", "123-35", " not"),
        (", {the abstract}", "", "the abstract", ""),
        (", {a{b}c} d", "", "a{b}c", " d"),
        (", {{}}", "", "{}", ""),
        (" {green}x}y", "", "green", "x}y"),
        ("{}, 99 years later", "", "", ", 99 years later"),
        (" {} 123-35 are suffix", "", "", " 123-35 are suffix"),
    ],
)
def test_braces_hold_any_locator_or_say_that_there_is_none(after: str, label: str, locator: str, suffix: str) -> None:
    assert read(after) == (label, locator, suffix)


@pytest.mark.parametrize(
    "after",
    [
        *[
            "",
            ".",
            ", in p. 3",
            ": p. 3",
            ", p VI",
            ", page a",
            ", p. civil",
            ", iv",
            ", s.v. word",
            " , p. 3",
            ",, p. 3",
        ],
        *[", p.", ", pages", ", a b12", ", (p. 3)", ", p. {(a)}", " {p. x{y}z"],
    ],
)
def test_anything_else_is_suffix(after: str) -> None:
    assert read(after) is None


@pytest.mark.parametrize("written", LABELS)
def test_every_label_is_known_in_every_form(written: str) -> None:
    assert read(f", {written} 3 of it") == (LABELS[written], f"{written} 3", " of it")
    assert read(f", {written.upper()} IV") == (LABELS[written], f"{written.upper()} IV", "")


def test_every_locator_term_of_csl_has_a_label() -> None:
    terms = (
        "act appendix article-locator book canon chapter column elocation equation figure folio issue line note opus"
    )
    terms += " page paragraph part rule scene section sub-verbo supplement table timestamp title-locator verse version"
    assert set(LABELS.values()) == {*terms.split(), "volume"}
