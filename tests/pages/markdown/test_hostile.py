"""No hostile text gets anything into the HTML that is not on the list."""

import pytest

from pages.markdown import Renderer
from pages.markdown.sanitising import sanitise
from tests.pages.markdown.allowed import faults
from tests.pages.markdown.cast import new_renderer, render
from tests.pages.markdown.payloads import ADDRESSES, BREAKOUTS, MARKUP, PAYLOADS


def test_the_corpus_has_many_different_payloads() -> None:
    assert len(set(MARKUP + ADDRESSES + BREAKOUTS)) >= 150


@pytest.mark.parametrize("payload", PAYLOADS)
def test_only_allowed_tags_attributes_and_addresses_come_out(payload: str) -> None:
    assert faults(render(payload).html) == []


def test_nothing_forbidden_comes_out_when_all_payloads_stand_in_one_page() -> None:
    page = new_renderer()

    rendered = [page.render(payload) for payload in PAYLOADS]

    assert faults("\n".join(each.html for each in rendered)) == []


@pytest.mark.parametrize("payload", MARKUP)
def test_the_last_gate_alone_lets_nothing_forbidden_through(payload: str) -> None:
    assert faults(sanitise(payload)) == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", "/\\evil.example"])
def test_the_last_gate_alone_takes_forbidden_addresses_off(address: str) -> None:
    html = sanitise(f'<a href="{address}" id="main" class="admin" rel="opener">x</a><img src="{address}" alt="y">')

    assert html == '<a>x</a><img alt="y">'


def test_a_hostile_path_prefix_does_not_get_through() -> None:
    page = Renderer(references={}, terms={"cone": "cone"}, path_prefix_terms="javascript:alert(1)//")

    assert page.render("[x](term:cone)").html == '<p><a class="term">x</a></p>\n'


@pytest.mark.parametrize("address", ["javascript:alert(1)", "vbscript:x", "data:text/html,x", "//evil.example/"])
def test_a_forbidden_link_is_reported_with_its_line(address: str) -> None:
    (problem,) = render(f"first line\n[x]({address})").problems

    assert (problem.code, problem.line, problem.where) == ("unsafe-link", 2, "body")
    assert address in problem.message


def test_a_forbidden_link_keeps_its_words() -> None:
    assert render("[my *words*](javascript:x) end").html == (
        '<p><mark class="link-refused">my <em>words</em></mark> end</p>\n'
    )


@pytest.mark.parametrize("reader_trusts", ["<b>x</b>", "<br>", "<!-- x -->", "&lt;b&gt;"])
def test_html_in_a_text_is_shown_as_it_was_written(reader_trusts: str) -> None:
    html = render(reader_trusts).html

    assert html.startswith("<p>&lt;")
