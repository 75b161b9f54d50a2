"""A document's file: whatever its content, it reads back as it was; whatever its faults, they are named by line."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alstrom_site.editorial.kinds import ContentRefused, kind_named
from pages.exchange.front_matter import FileRefused, read_document, write_document
from pages.exchange.shapes import SHAPES
from tests.documents import UNSEEN
from tests.pages.exchange.folders import ARTICLE, FAQ, TERM

pytestmark = pytest.mark.django_db  # a key in a sentence is looked for among the entries

# Everything that YAML, Markdown and line ends make something else of, and any other storable text.
YAML_MARKS = ("---", "- a", "a: b", "# c", "'", '"', "|", ">", "&a", "*a", "!!int 1", "{}", "[]", "%", "@", "`")
YAML_VALUES = ("no", "~", "2009-05-04", "0012", "1e3")
LINE_ENDS = ("\n", "\n\n  ", "\r\n", "\r")
TRICKY = st.sampled_from([*YAML_MARKS, *YAML_VALUES, *LINE_ENDS, " ", "\t", "\xa0", "\\", "\u200d"])
PIECE = TRICKY | st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNSEEN), max_size=12)
TEXT = st.lists(PIECE, max_size=6).map("".join)
DATE = st.sampled_from(["", "2008", "2008-08", "2009-05-04", "2002-10/2002-12"])
SLUG = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)

ARTICLES = st.fixed_dictionaries(
    {
        **dict.fromkeys(
            ["title", "summary", "quick_answer", "body", "not_known", "closing_summary", "user_need"], TEXT
        ),
        "slug": SLUG,
        "audience": st.sampled_from(["families", "professionals"]),
        "faqs": st.lists(TEXT, max_size=3),
        "alternate_names": st.lists(TEXT, max_size=3),
        "related": st.lists(st.fixed_dictionaries({"address": TEXT, "description": TEXT}), max_size=3),
        "codes": st.lists(st.fixed_dictionaries({"system": TEXT, "code": TEXT, "as_of": DATE}), max_size=3),
        "origin": st.fixed_dictionaries({"title": TEXT, "reviewed": DATE, "published": DATE}),
    }
)
FAQS = st.fixed_dictionaries({"question": TEXT, "slug": SLUG, "answer": TEXT})
TERMS = st.fixed_dictionaries(
    {"term": TEXT, "slug": SLUG, "definition": TEXT, "alternate_names": st.lists(TEXT, max_size=3)}
)


def comes_back(kind: str, raw: dict[str, Any]) -> None:
    """Assert that a content reads back from its file as it was, and makes the same file again."""
    try:
        content = kind_named(kind).clean(raw)
    except ContentRefused:
        assume(False)
    text = write_document(kind, content)

    written = read_document(text)

    assert (written.kind, kind_named(kind).clean(written.raw)) == (kind, content)
    assert write_document(kind, kind_named(kind).clean(written.raw)) == text
    text.encode("utf-8")


@settings(deadline=None)
@given(ARTICLES)
def test_any_article_reads_back_as_it_was(raw: dict[str, Any]) -> None:
    comes_back("article", raw)


@pytest.mark.parametrize("mark", [*YAML_MARKS, *YAML_VALUES, *LINE_ENDS, "\t", "\xa0", "\\", "\u200d"])
def test_a_mark_of_yaml_inside_and_around_running_text_stays_text(mark: str) -> None:
    text = f"{mark}one{mark}two\nthree{mark}"
    comes_back("article", {"title": text, "slug": "a", "not_known": text, "body": text, "faqs": [mark, text]})


@settings(deadline=None)
@given(FAQS)
def test_any_question_reads_back_as_it_was(raw: dict[str, Any]) -> None:
    comes_back("faq", raw)


@settings(deadline=None)
@given(TERMS)
def test_any_term_reads_back_as_it_was(raw: dict[str, Any]) -> None:
    comes_back("term", raw)


@pytest.mark.parametrize("kind", SHAPES)
def test_every_field_of_a_kind_has_its_place_in_the_file(kind: str) -> None:
    typed = {field.name for field in kind_named(kind).fields if not field.is_derived}
    assert {*SHAPES[kind].fields, SHAPES[kind].main} == typed


@pytest.mark.parametrize("text", [ARTICLE, FAQ, TERM])
def test_a_canonical_file_is_written_again_byte_for_byte(text: str) -> None:
    written = read_document(text)

    assert write_document(written.kind, kind_named(written.kind).clean(written.raw)) == text


def test_dates_numbers_and_truth_values_stay_the_text_that_was_written() -> None:
    written = read_document(
        "---\nkind: term\nterm: no\nslug: 0012\nalternate_names: [2009-05-04, 2008-08, 1_000, ~]\n---\n"
    )

    assert written.raw["term"] == "no"
    assert written.raw["slug"] == "0012"
    assert written.raw["alternate_names"] == ["2009-05-04", "2008-08", "1_000", "~"]


def test_each_field_knows_its_line() -> None:
    lines = read_document(ARTICLE).lines

    shown = ARTICLE.split("\n")
    assert shown[lines["related"] - 1] == "related:"
    assert shown[lines["origin"] - 1] == "origin:"
    assert shown[lines["body"] - 1] == "## First part"


DEEP = "[" * 400 + "]" * 400
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"
FAULTS = {
    "no front matter": ("A text.\n", 1, "", "front matter is missing"),
    "empty file": ("", 1, "", "front matter is missing"),
    "not closed": ("---\nkind: term\nA text.\n", 1, "", "does not end"),
    "bad YAML": ("---\nkind: term\nterm: a: b\n---\n", 3, "", "not YAML"),
    "unclosed quote": ('---\nkind: term\nterm: "a\n---\n', 4, "", "not YAML"),
    "a control character": ("---\nkind: term\nterm: a\x07b\n---\n", 3, "", "cannot hold"),
    "a list": ("---\n- kind\n---\n", 2, "", "no fields"),
    "nothing in it": ("---\n---\nText\n", 2, "", "no fields"),
    "a field twice": ("---\nkind: term\nterm: a\nterm: b\n---\n", 4, "", "second time"),
    "an anchor": (f"---\n{BOMB}\n---\n", 2, "", "Anchors"),
    "an alias": ("---\nkind: *x\n---\n", 2, "", "alias"),
    "a type": ("---\nkind: term\nterm: !!python/object/apply:os.getcwd []\n---\n", 3, "", "Types"),
    "too deep": (f"---\nkind: term\nterm: {DEEP}\n---\n", 3, "", "nested"),
    "no kind": ("---\nterm: a\n---\n", 1, "kind", "missing"),
    "wrong kind": ("---\nslug: a\nkind: recipe\n---\n", 3, "kind", "cannot be “recipe”"),
    "a kind that is a list": ("---\nkind: [term]\n---\n", 2, "kind", "cannot be"),
    "unknown field": ("---\nkind: term\ncolour: red\n---\n", 3, "colour", "no field of this name"),
    "main text as a field": ("---\nkind: term\ndefinition: a\n---\n", 3, "definition", "after the front matter"),
    "unknown column": ("---\nkind: article\nrelated:\n- adress: a\n---\n", 3, "related", "no “adress”"),
    "unknown part": ("---\nkind: article\norigin:\n  author: a\n---\n", 3, "origin", "no “author”"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_file_is_named_with_its_line(name: str) -> None:
    text, line, field, words = FAULTS[name]

    with pytest.raises(FileRefused) as refused:
        read_document(text)

    (fault,) = refused.value.faults
    assert (fault.line, fault.field) == (line, field)
    assert words in fault.message


def test_all_unknown_fields_are_named_at_once() -> None:
    with pytest.raises(FileRefused) as refused:
        read_document("---\nkind: term\ncolour: red\nshape: round\n---\n")

    assert [fault.field for fault in refused.value.faults] == ["colour", "shape"]
