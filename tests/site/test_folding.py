"""Words meet whatever their accents are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alstrom_site.folding import fold, slugify


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Alström", "alstrom"),
        ("Alstro\u0308m", "alstrom"),
        ("ALSTRÖM–Hallgren", "alstrom-hallgren"),
        ("Weiß", "weiss"),
        ("Łódź, Ørsted, Đorđe, Æsir, Œuvre, Þór", "lodz, orsted, dorde, aesir, oeuvre, thor"),
        ("İstanbul ılık", "istanbul ilik"),
        ("O’Neil", "o'neil"),
        ("ﬁbre", "fibre"),
        ("Ηλίας", "ηλιασ"),
    ],
)
def test_case_accents_and_special_letters_are_folded_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["हिन्दी", "がぎ", "한국어"])
def test_signs_that_make_another_letter_are_kept(text: str) -> None:
    assert fold(text) == text


@given(st.text())
def test_folding_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What causes Alström syndrome?", "what-causes-alstrom-syndrome"),
        ("  The ALMS1 gene -- and its protein  ", "the-alms1-gene-and-its-protein"),
        ("What’s in a name?", "whats-in-a-name"),
        ("症候群", ""),
        ("", ""),
    ],
)
def test_a_slug_is_made_of_ascii_words(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("max_length", "slug"),
    [(6, "insuli"), (7, "insulin"), (12, "insulin"), (18, "insulin-resistance"), (22, "insulin-resistance")],
)
def test_a_long_slug_is_cut_between_words_where_it_can_be(max_length: int, slug: str) -> None:
    assert slugify("Insulin resistance today", max_length) == slug


@given(st.text(), st.integers(min_value=1, max_value=100))
def test_a_slug_is_always_a_valid_address_of_the_length_allowed(text: str, max_length: int) -> None:
    slug = slugify(text, max_length)

    assert len(slug) <= max_length
    assert slug == "" or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
