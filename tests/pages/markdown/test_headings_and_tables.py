"""Headings stand under the page's one h1 with ids of their own; tables and code scroll by keyboard."""

import pytest

from pages.markdown import Heading
from tests.pages.markdown.cast import codes, new_renderer, render


def shape(text: str, heading_level: int = 2) -> list[tuple[int, str]]:
    """Level and words of each heading."""
    headings = new_renderer().render(text, heading_level=heading_level).headings
    return [(heading.level, heading.text) for heading in headings]


@pytest.mark.parametrize("text", ["# A\n\n## B\n\n# C", "## A\n\n### B\n\n## C", "A\n=\n\nB\n-\n\nC\n="])
def test_the_highest_heading_gets_the_first_level_however_it_is_written(text: str) -> None:
    assert shape(text) == [(2, "A"), (3, "B"), (2, "C")]
    assert shape(text, heading_level=3) == [(3, "A"), (4, "B"), (3, "C")]
    assert codes(text) == []


def test_headings_never_go_below_six() -> None:
    assert shape("# A\n## B\n### C", heading_level=5) == [(5, "A"), (6, "B"), (6, "C")]


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("## A\n\n#### B", 3, "skips a level: take away 1 #"),
        ("# A\n#### B", 2, "skips 2 levels: take away 2 #"),
        ("text\n\n### B\n\n## A", 3, "skips a level: take away 1 #"),
        ("## A\n\n##", 3, "no words"),
    ],
)
def test_a_skipped_level_and_a_heading_without_words_are_reported(text: str, line: int, advice: str) -> None:
    (problem,) = render(text).problems

    assert (problem.code, problem.line) == ("heading-level", line)
    assert advice in problem.message


def test_going_up_several_levels_is_no_problem() -> None:
    assert codes("# A\n## B\n### C\n# D") == []


def test_a_heading_has_an_id_that_begins_as_no_other_id_does() -> None:
    rendered = render("## What causes *Alström* syndrome? [@first]")

    assert rendered.headings == (
        Heading(level=2, text="What causes Alström syndrome?", id="section-what-causes-alstrom-syndrome"),
    )
    assert '<h2 id="section-what-causes-alstrom-syndrome">' in rendered.html


@pytest.mark.parametrize("text", ["main", "reference-1", "citation-2", "Reference 1"])
def test_no_heading_takes_the_id_of_another_part_of_the_page(text: str) -> None:
    (heading,) = render(f"# {text}").headings

    assert heading.id.startswith("section-")


def test_headings_with_the_same_words_have_different_ids_over_all_texts_of_a_page() -> None:
    page = new_renderer()

    ids = [heading.id for _ in range(2) for heading in page.render("# A\n# A 2\n# A\n# Ω\n").headings]

    assert ids == [
        *["section-a", "section-a-2", "section-a-3", "section-untitled"],
        *["section-a-4", "section-a-2-2", "section-a-5", "section-untitled-2"],
    ]


def test_a_table_stands_in_a_named_region_that_the_keyboard_reaches() -> None:
    page = new_renderer()
    text = "| a | b |\n|:-:|--:|\n| c | d |"

    first, second = page.render(text).html, page.render(text).html

    assert first == (
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Table 1">\n<table>\n<thead>\n<tr>\n'
        '<th class="align-center" scope="col">a</th>\n<th class="align-right" scope="col">b</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td class="align-center">c</td>\n<td class="align-right">d</td>\n</tr>\n</tbody>\n</table>\n'
        "</div>\n"
    )
    assert second == first.replace("Table 1", "Table 2")


@pytest.mark.parametrize("text", ["```python\na < b\n```", "    a < b"])
def test_code_can_be_scrolled_by_keyboard(text: str) -> None:
    assert render(text).html == '<pre tabindex="0"><code>a &lt; b\n</code></pre>\n'
