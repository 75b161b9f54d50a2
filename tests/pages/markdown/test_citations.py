"""Citations are numbered in the order of first appearance, and lead to the list and back."""

import pytest

from pages.markdown import CitationUse, Cited, plain_text
from tests.pages.markdown.allowed import read
from tests.pages.markdown.cast import REFERENCES, codes, new_renderer, render


def marks(text: str) -> str:
    """The text as a reader sees it, citation marks included."""
    html = render(text).html.replace('<span class="citations">', "").replace("</span>", "")
    return plain_text(html)


def test_a_citation_is_a_link_to_its_reference_with_a_name_for_those_who_hear_it() -> None:
    assert render("A fact [@first].").html == (
        '<p>A fact <span class="citations">[<a class="citation" id="citation-1" href="#reference-1" '
        'aria-label="Reference 1: Tester and Sample 1973">1</a>]</span>.</p>\n'
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("[@first]", "[1]"),
        ("[@first, p. 3]", "[1, p. 3]"),
        ("[@first; @second]", "[1, 2]"),
        ("[see @second, p. 3; @third]", "[see 1, p. 3; 2]"),
        ("[@first, *in passing*]", "[1, in passing]"),
        ("[@first and others]", "[1 and others]"),
        ("[@first, 33-35]", "[1, pp. 33-35]"),
        ("[@first, {the abstract}]", "[1, the abstract]"),
        ("[-@first]", "[1]"),
        ("[(@first)]", "[(1)]"),
        ("[see @first and @second]", "[see 1 and Sample [2]]"),
        ("[see [there](/a) @first, p. **3** `x]`]", "[see there 1, p. 3 x]]"),
        ("@first says", "Tester and Sample [1] says"),
        ("@first [p. 3] says", "Tester and Sample [1, p. 3] says"),
        ("@first\n[p. 3; see @second]", "Tester and Sample [1, p. 3; see 2]"),
        ("@first [in passing]", "Tester and Sample [1, in passing]"),
        ("@first [@second]", "Tester and Sample [1, 2]"),
        ("@first [x; y]", "Tester and Sample [1] [x; y]"),
        ("@first [x](/a)", "Tester and Sample [1] x"),
        ("@first [p. 3][x]", "Tester and Sample [1] [p. 3][x]"),
        ("As -@first [p. 3] has", "As [1, p. 3] has"),
        (
            "@{first}, (@first) and *@first*.",
            "Tester and Sample [1], (Tester and Sample [1]) and Tester and Sample [1].",
        ),
        ("@first's and @first.", "Tester and Sample [1]'s and Tester and Sample [1]."),
        ("@third", "Tester and others 2008 [1]"),
        ("# @first on it", "Tester and Sample [1] on it"),
        ("\\[@first]", "[Tester and Sample [1]]"),
        ("[@first\\]", "[Tester and Sample [1]]"),
        ("[@first <https://example.org/]>]", "[1 https://example.org/]]"),
        ("[@first; no key]", "[Tester and Sample [1]; no key]"),
        ("[see\n@first]", "[see 1]"),
        ("[@second] [@first] [@second]", "[1] [2] [1]"),
        ("*[@first]*", "[1]"),
        ("# Title [@first]", "Title [1]"),
        ("[[@first]]", "[[1]]"),
        ("[@nobody; @first]", "[unknown reference: nobody, 1]"),
    ],
)
def test_marks_read_as_numbers_with_their_locators(text: str, seen: str) -> None:
    assert marks(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "`[@first]`",
        "```\n[@first]\n```",
        "    [@first]",
        "[\\@first]",
        "\\@first",
        "`@first`",
        "write to first@example.org",
        "write to me@first",
        "https://example.org/@first, or www.example.org/?by=@first",
        "https://example.org/-@first",
        "@nobody [p. 3] and @{nobody}",
        "@first-name and @first_name",
        "[say @first](https://example.org/)",
        "![by @first](/media/images/a.png)",
        "[first@example.org]",
        "<first@example.org>",
        "<https://example.org/[@first]>",
        "[@first](https://example.org/)",
        "[@first](</a> 'title')",
        "[@first][a]\n\n[a]: https://example.org/",
        "[@first][]\n\n[@first]: https://example.org/",
        "[@first]\n\n[@first]: https://example.org/",
        "[a](/b '[@first]')",
        "![[@first]](/media/images/a.png)",
        "[x `y] @first` z]",
        "[x `@first`]",
        "[x ` @first `]",
        "[x <https://example.org/?a=@first>]",
    ],
)
def test_code_links_escapes_and_addresses_are_left_alone(text: str) -> None:
    rendered = render(text)

    assert rendered.citations == ()
    assert "citation" not in rendered.html


def test_a_link_round_a_citation_is_no_link() -> None:
    tags = read(render("[x [@first]](/a)").html).tags

    assert [attributes["href"] for tag, attributes in tags if tag == "a"] == ["#reference-1"]
    assert marks("[x [@first]](/a)") == "[x [1]](/a)"


def test_a_citation_before_words_in_parentheses_stays_a_citation() -> None:
    assert marks("[@first](see there)") == "[1](see there)"


def test_a_use_tells_where_it_stands() -> None:
    page = new_renderer()
    page.render("[@second]", where="quick_answer")

    (use,) = page.render("one\ntwo `a\nb` [see *also* @first,\np. 3, redrawn]", where="body").citations

    assert use == CitationUse(
        key="first",
        position=2,
        number=2,
        mode="normal",
        prefix="see also",
        label="page",
        locator="p. 3",
        suffix="redrawn",
        where="body",
        line=3,
        anchor="citation-2",
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("> a\n> [@first]", 2),
        ("- a\n\n  - b\n    [@first]", 4),
        ("| a |\n|---|\n| b |\n| [@first] |", 4),
        ("a\n[@first]\n===", 2),
        ("a  \nb\\\n[@first]", 3),
        ("a\r\n\r\n[@first]", 3),
        ("[a\nb](/c\n'd') ![e\nf](/media/images/a.png) [@first]", 4),
    ],
)
def test_the_line_is_that_of_the_source(text: str, line: int) -> None:
    assert [use.line for use in render(text).citations] == [line]


def test_numbers_run_over_all_texts_of_a_page() -> None:
    page = new_renderer()

    page.render("[@second; @first]")
    page.render("[@third; @second]")

    assert [use.number for use in page.citations] == [1, 2, 3, 1]
    assert page.cited == [
        Cited(key="second", number=1, anchors=("citation-1", "citation-4")),
        Cited(key="first", number=2, anchors=("citation-2",)),
        Cited(key="third", number=3, anchors=("citation-3",)),
    ]


def test_an_unknown_key_is_reported_and_marked_and_takes_no_number() -> None:
    rendered = render("one\n[@nobody, p. 3]\n[@first]")

    (problem,) = rendered.problems
    assert (problem.code, problem.line) == ("unknown-reference", 2)
    assert "“nobody”" in problem.message
    assert [(use.number, use.position) for use in rendered.citations] == [(None, 1), (1, 2)]
    assert '<mark class="citation-unknown" id="citation-1">unknown reference: nobody</mark>, p. 3' in rendered.html


def test_a_label_and_a_key_are_shown_letter_by_letter() -> None:
    tags = read(render("[@hostile]").html).tags

    assert [attributes["aria-label"] for tag, attributes in tags if tag == "a"] == [
        f"Reference 1: {REFERENCES['hostile']}"
    ]
    assert marks('[@{<1>"&amp;}]') == '[unknown reference: <1>"&amp;]'


def test_the_modes_and_labels_of_citations_are_told() -> None:
    uses = render("@first [fig. 2] [-@second, 4; see @third and @known]").citations

    assert [(use.key, use.mode, use.label, use.locator, use.prefix, use.suffix) for use in uses] == [
        ("first", "author-in-text", "figure", "fig. 2", "", ""),
        ("second", "suppress-author", "page", "p. 4", "", ""),
        ("third", "normal", "", "", "see", "and @known"),
        ("known", "author-in-text", "", "", "", ""),
    ]


def test_a_heading_is_called_by_its_words_without_the_marks() -> None:
    (heading,) = render("# What @first found [see @second, p. 3]").headings

    assert heading.text == "What Tester and Sample found"


def test_the_description_of_a_picture_keeps_what_was_written() -> None:
    assert 'alt="by @first [@second]"' in render("![by @first [@second]](/media/images/a.png)").html


def test_a_link_before_a_citation_is_held_to_the_rules_of_links() -> None:
    assert codes("[see [x](javascript:alert(1)) @first]") == ["unsafe-link"]


def test_a_name_is_shown_letter_by_letter() -> None:
    assert "<img" not in render("@hostile").html


def test_a_key_counts_capital_letters() -> None:
    assert codes("[@First]") == ["unknown-reference"]
