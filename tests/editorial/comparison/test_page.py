"""The comparison as a page shows it."""

import re
from html import unescape

from django.template.loader import render_to_string

from alstrom_site.editorial.comparison import compare

from .examples import BODY, FAQS


def _page(old: dict[str, object], new: dict[str, object]) -> str:
    return render_to_string("editorial/comparison.html", {"comparison": compare(old, new, [BODY, FAQS])})


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_added_and_removed_words_are_marked_for_eyes_and_for_screen_readers() -> None:
    page = _page({"body": "Give 5 mg."}, {"body": "Give 50 mg."})

    assert "Give removed: 5 mg (end of removed)added: 50 mg (end of added)." in _text(page)
    assert page.count("<del class=") == page.count("<ins class=") == 1


def test_text_stands_with_its_white_space_as_it_is() -> None:
    page = _page({"body": "one  two\n  three x"}, {"body": "one  two\n  three y"})

    assert ">one  two\n  three <" in unescape(page).replace("</span>", "<")


def test_hostile_text_is_shown_and_not_run() -> None:
    page = _page({"body": "a"}, {"body": "a <script>alert(1)</script> \u202e", "<b>": "<i>"})

    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "right-to-left override" in page


def test_half_a_surrogate_pair_does_not_break_the_page() -> None:
    assert "character U+D800" in _page({"body": "a"}, {"body": "a \ud800"}).encode().decode()


def test_the_move_is_said_in_words() -> None:
    page = _page({"faqs": ["a", "b", "c"]}, {"faqs": ["c", "a", "b"]})

    assert "Question moved from 3 to 1</p>" in page


def test_two_comparisons_on_one_page_keep_their_addresses_apart() -> None:
    comparison = compare({"body": "a"}, {"body": "b"}, [BODY])

    page = render_to_string("editorial/comparison.html", {"comparison": comparison, "prefix": "since-live"})

    assert 'id="since-live-body"' in page


def test_the_page_has_no_inline_style_or_script() -> None:
    page = _page({"body": "a", "faqs": ["a"]}, {"body": "b", "faqs": []})

    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)
