"""The command reads a file of references and says what it holds."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from alstrom_site.editorial.models import Document
from references.formats import reports
from tests.cast import Cast
from tests.references.formats.samples import BIBTEX, NBIB, RIS, SAMPLES


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_references", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return read


@pytest.mark.parametrize("name", SAMPLES)
def test_json_holds_the_records_and_the_problems_and_nothing_else(tmp_path: Path, name: str) -> None:
    file = tmp_path / "named.after-nothing"
    file.write_text(SAMPLES[name])

    found = as_json(str(file))

    assert set(found) == {"records", "problems"}
    assert [one["title"] for one in found["records"]] == ["A title. With a question?"]
    assert found["problems"] == []


def test_a_problem_names_the_record_and_the_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text(NBIB + NBIB.replace("VI  - 12", "XYZ - 12"))

    found = as_json(str(file))

    line = NBIB.count("\n") + 6
    message = "The tag XYZ is not one of MEDLINE; it was not read."
    assert found["problems"] == [{"record": 2, "line": line, "message": message}]


def test_what_json_gives_can_be_read_again(tmp_path: Path) -> None:
    file, again = tmp_path / "file", tmp_path / "again"
    file.write_text(RIS + RIS)
    again.write_text(run(str(file), "--json"))

    assert as_json(str(again))["records"] == as_json(str(file))["records"]


def test_without_json_each_reference_has_a_line_and_nothing_is_added(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text(RIS + RIS.replace("VL  -", "X9  -"))

    lines = run(str(file), "--dry-run").splitlines()

    assert lines == [
        "1. line 1: van der Test and Sample, 2001, A title. With a question?",
        "2. line 15: van der Test and Sample, 2001, A title. With a question?",
        "   line 22: The tag X9 is not one of RIS; it was not read.",
        "2 references read as ris, 1 problems. Nothing was added.",
    ]


def test_many_problems_are_counted_and_not_all_printed(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text(RIS.replace("VL  -", "X9  - a\n" * 130 + "VL  -"))

    lines = run(str(file), "--dry-run").splitlines()

    assert lines[-2:] == ["   and 30 more.", "1 references read as ris, 130 problems. Nothing was added."]


def test_a_title_without_end_does_not_fill_the_screen(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text(json.dumps([{"type": "book", "title": "x" * 100_000}]))

    assert len(run(str(file), "--dry-run")) < 500


def test_a_file_without_references_ends_in_a_sentence_after_its_json(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader")
    out = io.StringIO()

    with pytest.raises(CommandError, match=r"No reference could be read from .*letter\.txt\."):
        call_command("import_references", str(file), "--json", stdout=out)

    found = json.loads(out.getvalue())
    assert (found["records"], len(found["problems"])) == ([], 1)


@pytest.mark.parametrize("path", ["missing.ris", ".", "with\0nothing"])
def test_a_file_that_cannot_be_opened_ends_in_a_sentence(tmp_path: Path, path: str) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(f"{tmp_path}/{path}", "--json")


def test_a_named_format_is_used(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("TI  - A title\nTA  - J Test\n")

    assert as_json(str(file), "--format", "nbib")["records"][0]["container-title-short"] == "J Test"


def test_the_standard_input_is_read_for_a_hyphen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RIS.encode())))

    assert len(as_json("-")["records"]) == 1


def test_a_long_reading_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "_STEP", 1_000_000)
    file, said = tmp_path / "file", io.StringIO()
    file.write_text(RIS * 9000)

    call_command("import_references", str(file), "--json", stdout=io.StringIO(), stderr=said)

    lines = said.getvalue().splitlines()
    assert [line.partition(",")[0] for line in lines] == ["1 MB read", "2 MB read"]


@pytest.mark.django_db
def test_with_a_person_each_record_becomes_their_draft(tmp_path: Path, cast: Cast) -> None:
    file = tmp_path / "file"
    file.write_text(BIBTEX)

    lines = run(str(file), "--by", cast.editor.email).splitlines()

    assert lines == ["1. line 2: vandertest2001title", "1 references read, 1 drafts begun, 0 problems."]
    assert Document.objects.get().owner == cast.editor


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        (None, "Say with --by whose drafts they become"),
        ("nobody@test.invalid", "Nobody here has the e-mail address or user name “nobody@test.invalid”"),
        ("reviewer@test.invalid", "Only editors can write"),
    ],
)
def test_nothing_is_added_in_the_name_of_nobody(tmp_path: Path, cast: Cast, named: str | None, sentence: str) -> None:
    file = tmp_path / "file"
    file.write_text(RIS)

    with pytest.raises(CommandError, match=sentence):
        run(str(file), *(["--by", named] if named else []))

    assert Document.objects.count() == 0
