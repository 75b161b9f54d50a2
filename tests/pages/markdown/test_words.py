"""Plain text and word counts are those of what is read."""

import subprocess
import sys

import pytest

from pages.markdown import MAX_BYTES, plain_text, word_count
from tests.pages.markdown.cast import render


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Title\n\nOne *two*three.", "Title One twothree."),
        ("A fact [@first, p. 3]. Another [see @second; @nobody].", "A fact. Another."),
        ("- a\n- b\n\n1. c", "a b c"),
        ("a  \nb\nc", "a b c"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("a ![b](/media/images/c.png) d", "a d"),
        ("[a](/b/) `c < d` &amp; e", "a c < d & e"),
        ("[a](term:cone) <script>b</script>", "a <script>b</script>"),
    ],
)
def test_plain_text_is_the_words_without_marks(text: str, words: str) -> None:
    assert plain_text(render(text).html) == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two three.", 3),
        ("One – two [@first]; *three* [four](https://example.org/five).", 4),
        ("- well-known\n- it's", 2),
        ("[](term:cone)", 1),
        ("1 in 100,000", 3),
        ("word " * (MAX_BYTES // 4), MAX_BYTES // 4),
    ],
)
def test_words_are_counted_as_they_are_read(text: str, count: int) -> None:
    assert word_count(text) == count


def test_the_package_needs_no_django() -> None:
    script = "import sys, pages.markdown; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
