"""What holds for any text at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pages.markdown import Renderer, plain_text, word_count
from tests.pages.markdown.allowed import faults, read
from tests.pages.markdown.cast import REFERENCES, TERMS, new_renderer, render
from tests.pages.markdown.payloads import PAYLOADS

_FRAGMENTS = [
    *["[", "]", "(", ")", "[@first]", "[see @second, p. 3; @third]", "@first", ";", "`", "``", "\\", "*", "**", "_"],
    *["# ", "## ", "#### ", "\n", "\n\n", "> ", "- ", "1. ", "    ", "|", "|-|", "\n|a|b|\n|-|-|\n|c|d|\n", "![", "]("],
    *[
        "](/a)",
        "](term:cone)",
        "](term:no)",
        "](/media/images/a.png)",
        "<",
        ">",
        "&",
        "&quot;",
        '"',
        "'",
        "https://x.y",
    ],
    *["a", " ", "ö", "\u2028", "\x00", "\r", "\t", "[a]: /b\n", "[@nobody]", "{", "}", "-@first", "[@{first}, {p. 1}]"],
    *["@first [p. 3; see @second] ", "@second", "@{hostile}", "[@first [x] @second]", "@third[", ";@first", "p. 3"],
]
ANY_TEXT = st.text(max_size=300) | st.text(
    alphabet=st.characters(categories=["Cs", "Cc", "Po", "Ps", "Pe"]), max_size=60
)
MARKDOWN = st.lists(st.sampled_from(_FRAGMENTS) | st.text(max_size=8), max_size=40).map("".join)
HOSTILE = st.lists(st.sampled_from(PAYLOADS) | st.sampled_from(_FRAGMENTS), max_size=12).map("".join)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT | MARKDOWN | HOSTILE)
def test_only_what_is_allowed_comes_out_of_any_text(text: str) -> None:
    assert faults(render(text).html) == []


@settings(max_examples=200, deadline=None)
@given(st.lists(MARKDOWN, max_size=4))
def test_citations_count_from_one_over_all_texts_of_a_page(texts: list[str]) -> None:
    page = new_renderer()

    rendered = [page.render(text, where=f"text {number}") for number, text in enumerate(texts)]

    together = [use for each in rendered for use in each.citations]
    assert together == page.citations
    assert [use.position for use in together] == list(range(1, len(together) + 1))
    assert [cited.number for cited in page.cited] == list(range(1, len(page.cited) + 1))


@settings(max_examples=200, deadline=None)
@given(st.lists(MARKDOWN | HOSTILE, max_size=4))
def test_every_id_stands_once_on_a_page_and_every_mark_can_be_found(texts: list[str]) -> None:
    page = new_renderer()

    html = "".join(page.render(text).html for text in texts)

    ids = read(html).ids
    assert len(ids) == len(set(ids))
    assert {use.anchor for use in page.citations} <= set(ids)
    assert {anchor for cited in page.cited for anchor in cited.anchors} <= set(ids)


@settings(max_examples=200, deadline=None)
@given(MARKDOWN)
def test_every_problem_and_citation_has_a_line_of_the_text(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1

    rendered = render(text)

    found = [problem.line for problem in rendered.problems] + [use.line for use in rendered.citations]
    assert all(1 <= line <= lines for line in found)


@settings(max_examples=200, deadline=None)
@given(MARKDOWN, st.integers(min_value=2, max_value=6))
def test_headings_stay_between_the_first_level_and_six(text: str, first_level: int) -> None:
    rendered = new_renderer().render(text, heading_level=first_level)

    assert all(first_level <= heading.level <= 6 for heading in rendered.headings)
    tags = [int(tag[1]) for tag, _ in read(rendered.html).tags if tag in {"h2", "h3", "h4", "h5", "h6"}]
    assert tags == [heading.level for heading in rendered.headings]


@settings(max_examples=100, deadline=None)
@given(MARKDOWN)
def test_the_same_text_gives_the_same_result(text: str) -> None:
    first, second = (Renderer(references=REFERENCES, terms=TERMS).render(text) for _ in range(2))

    assert first == second


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT | MARKDOWN)
def test_no_text_has_more_words_than_its_plain_text_has_parts(text: str) -> None:
    plain = plain_text(Renderer(references={}, terms={}).render(text).html)

    assert plain == " ".join(plain.split())
    assert word_count(text) <= len(plain.split())
