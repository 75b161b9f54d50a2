"""Texts made to grow come back, and come back safe; how they grow is what the script ``growth`` prints."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pages.markdown import MAX_BYTES
from pages.markdown.limits import MAX_ADDRESSES
from tests.pages.markdown.allowed import faults
from tests.pages.markdown.cast import codes, render
from tests.pages.markdown.growth import CASES, FULL_LENGTH

SMALL = 10_000
# Far beyond what a linear parser needs on a slow machine for all cases of one share, far below what others take.
PATIENCE = 140
SHARES = 2
_RENDER_SHARE = """
import sys
from pages.markdown import MAX_BYTES
from tests.pages.markdown.cast import render
from tests.pages.markdown.growth import CASES, FULL_LENGTH
LONG = MAX_BYTES // 4
for name in FULL_LENGTH[int(sys.argv[1])::int(sys.argv[2])]:
    text = CASES[name](LONG)
    assert 0.6 * LONG < len(text.encode()) <= LONG, (name, len(text.encode()))
    assert render(text).html or not text.strip(), name
    print(name)
"""


@pytest.mark.parametrize("name", CASES)
def test_a_text_made_to_grow_comes_out_safe(name: str) -> None:
    assert faults(render(CASES[name](SMALL)).html) == []


@pytest.mark.slow
def test_one_long_text_of_each_way_to_grow_comes_back() -> None:
    with ThreadPoolExecutor(SHARES) as pool:
        shares = list(pool.map(_rendered_names, range(SHARES)))

    assert sorted(name for share in shares for name in share) == sorted(FULL_LENGTH)


def _rendered_names(share: int) -> list[str]:
    """Render in another interpreter, which can be stopped when it hangs."""
    command = [sys.executable, "-c", _RENDER_SHARE, str(share), str(SHARES)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_text_at_the_limit_is_rendered() -> None:
    assert codes("ö" * (MAX_BYTES // 2)) == []


@pytest.mark.parametrize("text", ["a" * (MAX_BYTES + 1), "ö" * (MAX_BYTES // 2 + 1), "[@nobody]" + "\n" * MAX_BYTES])
def test_a_text_over_the_limit_is_refused_with_a_sentence(text: str) -> None:
    rendered = render(text)

    assert [problem.code for problem in rendered.problems] == ["text-too-long"]
    assert "200,000 are allowed" in rendered.problems[0].message
    assert rendered.html.startswith("<p>This text is too long to be shown")
    assert rendered.citations == ()


def test_a_short_text_that_would_become_gigabytes_is_refused() -> None:
    rendered = render("[a]: /" + "x" * 100_000 + "\n\n" + "[a]" * 30_000)

    assert [problem.code for problem in rendered.problems] == ["text-too-long"]
    assert len(rendered.html) < MAX_ADDRESSES


def test_quotes_too_deep_inside_each_other_are_reported() -> None:
    assert codes("one\n\n" + ">" * 20 + " lost") == ["nested-too-deep"]
    assert "lost" not in render(">" * 20 + " lost").html


def test_quotes_deep_inside_each_other_are_shown() -> None:
    text = ">" * 19 + " kept"

    assert codes(text) == []
    assert "kept" in render(text).html
