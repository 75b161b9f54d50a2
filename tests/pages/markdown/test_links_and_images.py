"""Links, glossary links and images lead where they may, and say so where they do not."""

import pytest

from pages.markdown import Renderer
from pages.markdown.addresses import is_allowed_image, is_allowed_link
from tests.pages.markdown.cast import codes, render


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "http://example.org/a?b=c#d", "HTTPS://example.org", "mailto:a@b.org", "/", "/a/", "#a"],
)
def test_a_link_may_go_to_other_sites_mailboxes_pages_and_headings(address: str) -> None:
    assert is_allowed_link(address)
    assert codes(f"[x]({address})") == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a/b",
        "../a",
        "?a",
        "//a.org",
        "/\\a.org",
        "https:a",
        "https://",
        "https:///a",
        "ftp://a",
        "tel:1",
        "/a b",
    ],
)
def test_a_link_may_go_nowhere_else(address: str) -> None:
    assert not is_allowed_link(address)


@pytest.mark.parametrize("address", ["/media/images/a.png", "/media/images/a-1_b.webp"])
def test_an_image_may_be_one_that_editors_uploaded(address: str) -> None:
    assert is_allowed_image(address)


@pytest.mark.parametrize(
    "address",
    [
        "/media/a.png",
        "/media/images/",
        "/media/images/../a",
        "/media/images/a/b.png",
        "https://a.org/media/images/a.png",
    ],
)
def test_an_image_may_be_no_other(address: str) -> None:
    assert not is_allowed_image(address)


def test_a_link_to_another_site_keeps_this_page_out_of_its_hands() -> None:
    assert render("[x](https://example.org/ 'y')").html == (
        '<p><a href="https://example.org/" title="y" rel="noopener">x</a></p>\n'
    )


def test_a_link_within_the_site_is_plain() -> None:
    assert render("[x](/a/#b)").html == '<p><a href="/a/#b">x</a></p>\n'


def test_a_link_without_words_shows_its_address() -> None:
    assert render("[](/a/)").html == '<p><a href="/a/">/a/</a></p>\n'


def test_a_glossary_link_leads_to_its_term() -> None:
    rendered = render("[dark](term:night-blindness) and [dim](term:night-blindness), [cones](term:cone)")

    assert '<a class="term" href="/glossary/night-blindness/">dark</a>' in rendered.html
    assert rendered.terms == ("night-blindness", "cone")
    assert rendered.problems == ()


def test_a_glossary_link_without_words_shows_the_canonical_spelling() -> None:
    assert render("[](term:night-blindness)").html == (
        '<p><a class="term" href="/glossary/night-blindness/">night blindness</a></p>\n'
    )


def test_the_path_of_the_glossary_can_be_another() -> None:
    page = Renderer(references={}, terms={"cone": "cone"}, path_prefix_terms="/words/")

    assert 'href="/words/cone/"' in page.render("[x](term:cone)").html


def test_an_unknown_term_is_reported_and_marked() -> None:
    rendered = render("one\n\n[words](term:nothing)")

    (problem,) = rendered.problems
    assert (problem.code, problem.line) == ("unknown-term", 3)
    assert "“nothing”" in problem.message
    assert rendered.html.endswith('<p><mark class="term-unknown">words</mark></p>\n')
    assert rendered.terms == ()


def test_an_image_is_shown_with_its_alternative_text() -> None:
    rendered = render("![a *b* `c`](/media/images/a.png 'd')")

    assert rendered.html == '<p><img src="/media/images/a.png" alt="a b c" title="d" loading="lazy"></p>\n'
    assert (rendered.images, rendered.problems) == (("/media/images/a.png",), ())


@pytest.mark.parametrize(
    "text", ["![](/media/images/a.png)", "![ ](/media/images/a.png)", "![&nbsp;](/media/images/a.png)"]
)
def test_an_image_without_alternative_text_is_reported(text: str) -> None:
    assert codes(text) == ["image-without-alt"]


def test_an_image_from_elsewhere_is_reported_and_leaves_its_words() -> None:
    rendered = render("one\n![a < b](https://example.org/a.png)")

    assert [(problem.code, problem.line) for problem in rendered.problems] == [("foreign-image", 2)]
    assert rendered.html == "<p>one\na &lt; b</p>\n"
    assert rendered.images == ()


def test_an_image_can_be_a_link() -> None:
    assert render("[![a](/media/images/a.png)](/b/)").html == (
        '<p><a href="/b/"><img src="/media/images/a.png" alt="a" loading="lazy"></a></p>\n'
    )


def test_a_message_quotes_no_more_than_a_person_can_read() -> None:
    (problem,) = render(f"[x](x:{'y' * 1000})").problems

    assert len(problem.message) < 400
