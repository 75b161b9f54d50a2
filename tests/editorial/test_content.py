"""What a content may hold: bounded lists, bounded cells, and no character that nobody sees."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from alstrom_site.editorial.content import ContentReader
from alstrom_site.editorial.kinds import ContentRefused, compose, kind_named, register
from tests.documents import CONTENTS

Read = Callable[[ContentReader], object]


def read(raw: Mapping[str, Any], reading: Read) -> dict[str, Any]:
    reader = ContentReader(raw)
    reading(reader)
    return reader.finish()


def faults(raw: Mapping[str, Any], reading: Read) -> list[tuple[str, str]]:
    with pytest.raises(ContentRefused) as refused:
        read(raw, reading)
    return [(issue.field, issue.message) for issue in refused.value.issues]


def lines(reader: ContentReader) -> None:
    reader.lines("names", "Other names")


def rows(reader: ContentReader) -> None:
    reader.rows("codes", "Codes", ("code", "as_of"))


def record(reader: ContentReader) -> None:
    reader.record("origin", "Source text", ("title", "reviewed"))


def body(reader: ContentReader) -> None:
    reader.text("body", "Body")


def test_lists_may_hold_two_hundred_entries_of_four_hundred_characters() -> None:
    names = [f"{number:03}".ljust(400, "x") for number in range(200)]
    codes = [{"code": name, "as_of": ""} for name in names]

    assert read({"names": names}, lines) == {"names": names}
    assert read({"codes": codes}, rows) == {"codes": codes}


def test_a_list_that_is_too_long_is_told_its_length_once() -> None:
    names = ["x" * 500] * 300

    assert faults({"names": [f"name {number}" for number in range(1201)]}, lines) == [
        ("names", "Other names has 1,201 entries. Shorten the list to 200.")
    ]
    assert faults({"codes": [{"code": "1"}] * 201}, rows) == [
        ("codes", "Codes has 201 entries. Shorten the list to 200.")
    ]
    assert len(faults({"names": names}, lines)) == 201


def test_empty_lines_do_not_count() -> None:
    assert read({"names": ["", "a"] * 200}, lines) == {"names": ["a"]}


@pytest.mark.parametrize(
    ("raw", "reading", "field", "place"),
    [
        ({"names": ["a", "x" * 401]}, lines, "names", "Other names, line 2"),
        ({"codes": [{"code": "1"}, {"as_of": "x" * 401}]}, rows, "codes", "Codes, row 2, as of"),
        ({"origin": {"title": "x" * 401}}, record, "origin", "Source text, title"),
    ],
)
def test_a_cell_that_is_too_long_is_named_by_its_place(
    raw: dict[str, Any], reading: Read, field: str, place: str
) -> None:
    assert faults(raw, reading) == [(field, f"{place} has 401 characters. Shorten it to 400.")]


@pytest.mark.parametrize("character", [*map(chr, range(1, 9)), "\x0b", "\x0c", "\x0e", "\x1b", "\x1f", "\x7f"])
def test_a_control_character_is_refused_by_its_field_and_line(character: str) -> None:
    ((field, message),) = faults({"body": f"One.\n\nTwo{character}."}, body)

    assert field == "body"
    assert message == (
        f"Body holds characters that cannot be seen: U+{ord(character):04X} in line 3. "
        "Delete the words around them and type them anew."
    )


@pytest.mark.parametrize(
    "character",
    [
        *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        *"\u200b\u2028\u2029\u2060\ufeff\u3164\U000e0041",
    ],
)
def test_a_text_may_not_hold_what_reorders_or_hides(character: str) -> None:
    ((_, message),) = faults({"names": ["a", f"b{character}c"]}, lines)

    assert message.startswith(f"Other names, line 2 holds characters that cannot be seen: U+{ord(character):04X}. ")


def test_tabs_line_ends_and_letters_of_any_script_are_kept() -> None:
    text = "A\tB\n\nÅ ß \u05d0\u05d1 \u0915\u094d\u200d\u0937 \u0645\u06cc\u200c\u062e \U0001f9ec\ufe0f soft\u00ad"

    assert read({"body": text.replace("\n", "\r\n")}, body) == {"body": text}


def test_many_unseen_characters_make_one_short_sentence() -> None:
    ((_, message),) = faults({"body": "\x07\n" * 100_000}, body)

    assert "U+0007 in line 5 and 99,995 more." in message
    assert len(message) < 300


@pytest.mark.parametrize("kind", CONTENTS)
def test_every_field_of_every_kind_refuses_what_nobody_sees_by_its_own_name(kind: str) -> None:
    content = kind_named(kind).clean(CONTENTS[kind]())
    written = [name for name, value in content.items() if isinstance(value, str)]

    with pytest.raises(ContentRefused) as refused:
        kind_named(kind).clean({**content, **{name: "\u202eseen" for name in written}})

    unseen = {issue.field for issue in refused.value.issues if "cannot be seen" in issue.message}
    assert unseen == set(written)


def test_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match="named 'faq' already"):
        register(kind_named("faq"), compose=compose)
