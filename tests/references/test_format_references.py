"""The command that prints a CSL-JSON file: one line for each record, and a bad one costs no other."""

import json
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

import pages
from references.formats.listing import printed_records
from tests.references.test_starter_bibliography import PRINTED

GOOD = {"id": "a", "type": "book", "title": "A book", "issued": {"date-parts": [[2001]]}, "DOI": "10.1000/ABC"}


def run(tmp_path: Path, records: Any, *options: str) -> tuple[list[str], list[str], int]:
    """What the command prints on standard output and standard error, and how it exits."""
    file, out, err, code = tmp_path / "records.json", StringIO(), StringIO(), 0
    file.write_text(json.dumps(records), encoding="utf-8")
    try:
        call_command("format_references", str(file), *options, stdout=out, stderr=err)
    except SystemExit as exited:
        code = int(exited.code or 0)
    return out.getvalue().splitlines(), err.getvalue().splitlines(), code


def test_the_starter_bibliography_comes_out_byte_for_byte_without_identifiers() -> None:
    file = Path(pages.__file__).parent / "starter_content" / "bibliography.json"
    out = StringIO()

    call_command("format_references", str(file), "--identifiers", "none", stdout=out)

    assert out.getvalue().splitlines() == list(PRINTED.values())


def test_a_bad_record_is_named_by_its_number_and_costs_no_other(tmp_path: Path) -> None:
    bad = [7, None, {}, {"id": "x"}, {"type": "book"}]

    out, err, code = run(tmp_path, [GOOD, *bad, GOOD])

    assert out == ["A book. 2001. doi: 10.1000/ABC."] * 2
    assert [line.split(":")[0] for line in err] == [f"Record {number}" for number in range(2, 7)]
    assert code == 1


@pytest.mark.parametrize(
    ("fields", "printed", "said"),
    [
        ({"title": ["A title"], "container-title": ["J of T"]}, "A title. J of T.", []),
        ({"title": "A", "volume": {"a": 1}}, "A.", ["Record 1: What stands in “volume” is no text and was left out."]),
        ({"title": "A", "issued": {"date-parts": [[None]]}}, "A.", []),
        (
            {
                "title": "A",
                "container-title": "J",
                "issued": {"date-parts": [[2000, 12]]},
                "published-online": {"date-parts": [[2000, 12]]},
                "published-print": {"date-parts": [[2001, 2]]},
            },
            "A. J. 2001 Feb. Epub 2000 Dec.",
            [],
        ),
        (
            {"title": "A", "issued": {"date-parts": [[2001, 13]]}},
            "A. 2001.",
            ["Record 1: The date “2001-13” in “issued” was not read whole."],
        ),
    ],
)
def test_a_record_is_read_as_the_import_reads_it_and_what_is_none_costs_no_line(
    tmp_path: Path, fields: dict[str, Any], printed: str, said: list[str]
) -> None:
    assert run(tmp_path, [{"type": "article-journal", "is-referenced-by-count": 3, **fields}]) == ([printed], said, 0)


def test_standard_input_may_begin_with_a_byte_order_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(json.dumps([GOOD]).encode("utf-8-sig"))))

    call_command("format_references", "-", stdout=out)

    assert out.getvalue() == "A book. 2001. doi: 10.1000/ABC.\n"


def test_records_without_fault_end_in_success(tmp_path: Path) -> None:
    assert run(tmp_path, [GOOD])[1:] == ([], 0)


@pytest.mark.parametrize("wrapped", [{"records": [GOOD]}, {"items": [GOOD]}, GOOD])
def test_the_list_may_stand_in_an_object_and_one_record_alone(tmp_path: Path, wrapped: Any) -> None:
    assert run(tmp_path, wrapped)[0] == ["A book. 2001. doi: 10.1000/ABC."]


def test_the_identifiers_that_are_wanted_are_printed(tmp_path: Path) -> None:
    record = {**GOOD, "type": "article-journal", "PMID": 123, "PMCID": "PMC5"}

    assert run(tmp_path, [record], "--identifiers", "pmid, pmcid")[0] == ["A book. 2001. PMID: 123; PMCID: PMC5."]


@pytest.mark.parametrize("text", ["", "[", "7", '"a"', "[" * 100_000])
def test_a_file_that_is_no_bibliography_ends_in_one_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "records.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=r"JSON"):
        call_command("format_references", str(file))


def test_an_unknown_identifier_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no identifier “ISBN” here"):
        run(tmp_path, [GOOD], "--identifiers", "ISBN")


def test_what_breaks_or_turns_a_line_is_left_out(tmp_path: Path) -> None:
    hostile = {**GOOD, "title": "One\ntwo\r\n\u2028three\u202efour\x1b[31mfive\x85six"}

    assert run(tmp_path, [hostile])[0] == ["One two three four[31mfivesix. 2001. doi: 10.1000/ABC."]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    [
        "author",
        "editor",
        "title",
        "issued",
        "accessed",
        "volume",
        "issue",
        "page",
        "DOI",
        "ISBN",
        "custom",
        "note",
        "URL",
    ]
)


@given(
    st.lists(st.dictionaries(names, values, max_size=6), max_size=4),
    st.sampled_from(["book", "chapter", "x", "webpage"]),
)
def test_any_json_gives_one_line_or_one_problem_for_each_record(records: list[dict[str, Any]], kind: str) -> None:
    text = json.dumps([{**record, "type": kind} for record in records])

    printed = list(printed_records(text))

    assert [each.number for each in printed] == list(range(1, len(records) + 1))
    for each in printed:
        assert bool(each.citation) != bool(each.problem)
        assert len((each.citation or each.problem).splitlines()) == 1
