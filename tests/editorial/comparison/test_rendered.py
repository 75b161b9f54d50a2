"""Two renderings as one: nothing is lost, nothing but marks is added, and what differs is marked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alstrom_site.editorial.comparison.rendered import marked

HIDDEN = re.compile(r'<span class="comparison-hidden">[^<]*</span>')
CAME = re.compile(r"<ins[^>]*>(.*?)</ins>", re.DOTALL)
WENT = re.compile(r"<del[^>]*>(.*?)</del>", re.DOTALL)


def shown(old: str, new: str) -> str:
    return HIDDEN.sub("", marked(old, new))


def read(html: str) -> str:
    """The words of a rendering, spaces as one."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>A dose of 5 mg.</p>", "<p>A dose of 10 mg.</p>", "<p>A dose of <del>5</del><ins>10</ins> mg.</p>"),
        ("<p>One two.</p>", "<p>One new two.</p>", "<p>One <ins>new </ins>two.</p>"),
        ("<p>One old two.</p>", "<p>One two.</p>", "<p>One <del>old </del>two.</p>"),
        ("<p>One.</p>", "<p>One.</p><p>Two.</p>", "<p>One.</p><p><ins>Two.</ins></p>"),
        ("<p>One.</p><p>Two.</p>", "<p>One.</p>", "<p>One.<del>Two.</del></p>"),
        ("", "<p>New.</p>", "<p><ins>New.</ins></p>"),
        ("<p>Gone.</p>", "", "<del>Gone.</del>"),
        ("<p>a &lt; b</p>", "<p>a &gt; b</p>", "<p>a <del>&lt;</del><ins>&gt;</ins> b</p>"),
        ("<ul>\n<li>a</li>\n</ul>", "<ul>\n<li>b</li>\n</ul>", "<ul>\n<li><del>a</del><ins>b</ins></li>\n</ul>"),
        ("<p><em>a</em></p>", "<p><strong>a</strong></p>", "<p><strong>a</strong></p>"),
        (
            '<p>x <img src="/a.png" alt="Old picture"></p>',
            '<p>x <img src="/a.png" alt="New picture"></p>',
            '<p>x <del>[picture: Old picture]</del><ins><img src="/a.png" alt="New picture"></ins></p>',
        ),
    ],
)
def test_what_came_and_what_went_is_marked_where_it_stands(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_a_description_never_becomes_markup() -> None:
    both = marked('<img alt="<b>&quot;x">', "<p>y</p>")

    assert "[picture: &lt;b&gt;&quot;x]" in both
    assert "<b>" not in both


def test_the_page_keeps_each_id_once_and_links_lead_to_the_place_in_the_same_rendering() -> None:
    links = '<a href="#citation-1">1</a> <a href="/page/#citation-1">2</a>'

    assert shown(f'<p id="citation-1">a</p>{links}', f'<p id="citation-1" tabindex="0">b</p>{links}') == (
        '<p id="marked-citation-1"><del>a</del><ins>b</ins></p>'
        '<a href="#marked-citation-1">1</a> <a href="/page/#citation-1">2</a>'
    )


WORDS = st.lists(st.sampled_from(["one", "two", "three", "&amp;", "4"]), max_size=8)
RENDERINGS = st.lists(WORDS, max_size=4).map(
    lambda blocks: "\n".join(f"<p>{' '.join(words)}</p>" for words in blocks if words)
)


@given(RENDERINGS, RENDERINGS)
def test_without_what_went_it_reads_as_the_new_one_and_without_what_came_as_the_old_one(old: str, new: str) -> None:
    both = shown(old, new)

    assert read(WENT.sub(" ", both)) == read(new)
    assert "".join(read(CAME.sub("", both)).split()) == "".join(read(old).split())
    assert re.sub(r"</?(?:ins|del)>", "", WENT.sub("", both)) == new


@given(RENDERINGS)
def test_a_rendering_that_did_not_change_has_no_mark(text: str) -> None:
    assert shown(text, text) == text
