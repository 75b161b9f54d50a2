"""The file of Retraction Watch is read row by row, whatever is wrong with some of them, and compared by identifier."""

import io
import time
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from alstrom_site.editorial.models import Trait
from alstrom_site.editorial.workflow import Busy
from references.formats.records import Problem
from references.standing import Notice
from references.watching import checking
from references.watching.checking import Report, check_retraction_watch, lines_of
from references.watching.retraction_watch import NotTheFile, Row, read_retraction_watch
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, next_edition, published

HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,"
    "Reason,Paywalled,Notes,"
)
LATER = NOW + 40 * STEP


def row(
    *, date: str = "2/6/2010 0:00", doi: str = "10.1000/work", pmid: str = "0", nature: str = "Retraction", n: int = 1
) -> str:
    """A row as the file has them, about a made-up work."""
    work = f"{n},A made-up title,(BLS) Tests;,,J Test,Test,Nowhere,A Test,,Research Article;"
    return f"{work},{date},10.1000/Notice{n},0,1/1/2001 0:00,{doi},{pmid},{nature},+Made up;,No,,"


def read(*rows: str, header: str = HEADER, encoding: str = "utf-8", end: str = "\r\n") -> list[Row | Problem]:
    return list(read_retraction_watch(io.BytesIO(end.join([header, *rows]).encode(encoding))))


@pytest.mark.parametrize(
    ("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\r\n"), ("cp1252", "\n")]
)
def test_a_row_is_read_in_every_encoding(encoding: str, end: str) -> None:
    found = read(row(), row(n=2).replace("Nowhere", "Österreich"), row(n=3, pmid="77"), encoding=encoding, end=end)

    rows = [each for each in found if isinstance(each, Row)]
    assert [(each.line, each.doi, each.pmid) for each in rows] == [
        (2, "10.1000/work", ""),
        (3, "10.1000/work", ""),
        (4, "10.1000/work", "77"),
    ]
    assert rows[0].notice == Notice(
        "RetractionIn", "2010-02-06", doi="10.1000/notice1", text="Retraction Watch, record 1"
    )


def test_each_nature_has_its_type_and_an_unknown_one_is_named() -> None:
    natures = ("Retraction", "Expression of Concern", "Correction", "Reinstatement", "Retraction notice")

    found = read(*(row(nature=nature) for nature in natures))

    assert [each.notice.type for each in found if isinstance(each, Row)] == [
        "RetractionIn",
        "ExpressionOfConcernIn",
        "ErratumIn",
        "ReinstatementIn",
    ]
    assert found[-1] == Problem(None, 6, "“Retraction notice” is no kind of notice that is known here.")


@pytest.mark.parametrize(
    "broken",
    [
        row().replace("A made-up title", 'A 5" made-up title'),
        row().replace("A made-up title", '"A title that never ends'),
        "1,2,3",
        row(doi="10/no"),
        row() + ",,more",
    ],
)
def test_a_broken_row_is_named_by_its_line_and_costs_no_other(broken: str) -> None:
    found = read(row(n=1), broken, row(n=3), row(n=4, date="3/4/2011 0:00"))

    assert [each.line for each in found if isinstance(each, Row)] == [2, 4, 5]
    assert [each.line for each in found if isinstance(each, Problem)] == [3]


@pytest.mark.parametrize(
    ("broken", "left_out", "kept"),
    [
        (row(date="13/13/2010"), "RetractionDate", ("10.1000/work", "", "", "10.1000/notice1")),
        (row().replace("10.1000/Notice1", "see publisher"), "RetractionDOI", ("10.1000/work", "", "2010-02-06", "")),
        (row().replace("1,0,1/1", "1,55.0,1/1"), "RetractionPubMedID", None),
        (row(pmid="nan"), "OriginalPaperPubMedID", None),
        (row(doi="10/no", pmid="77"), "OriginalPaperDOI", ("", "77", "2010-02-06", "10.1000/notice1")),
    ],
)
def test_a_cell_that_is_not_understood_costs_itself_alone(
    broken: str, left_out: str, kept: tuple[str, ...] | None
) -> None:
    problem, found = read(broken)

    assert isinstance(problem, Problem)
    assert problem.message.startswith(f"{left_out} was left out: “")
    assert isinstance(found, Row)
    whole = ("10.1000/work", "", "2010-02-06", "10.1000/notice1")
    assert (found.doi, found.pmid, found.notice.date, found.notice.doi) == (kept or whole)
    assert found.notice.pmid == ""


def test_a_date_may_be_a_year() -> None:
    (found,) = read(row(date="2010"))

    assert isinstance(found, Row)
    assert found.notice.date == "2010"


def test_a_field_over_several_lines_is_one_row() -> None:
    found = read(row().replace("+Made up;", '"+Made\r\nup; ""so"""'), row(n=2))

    assert [each.line for each in found if isinstance(each, Row)] == [2, 4]


def test_another_file_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(NotTheFile, match=r"no column RecordID, .*OriginalPaperPubMedID"):
        read("1,2", header="Title,Year")


PIECES = [
    row().encode(),
    b"\r\n",
    b"\n",
    b'"',
    b",",
    b";",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"31/31/1",
    b"0" * 200_000,
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=30))
def test_no_bytes_break_the_reader(pieces: list[bytes]) -> None:
    source = HEADER.encode() + b"\n" + b"".join(pieces)

    for each in read_retraction_watch(io.BytesIO(source)):
        assert 1 <= each.line <= source.count(b"\n") + source.count(b"\r") + 1
        assert each.message if isinstance(each, Problem) else each.doi or each.pmid


def checked(cast: Cast, *rows: str, noted: bool = True) -> Report:
    stream = io.BytesIO("\n".join([HEADER, *rows]).encode())
    return check_retraction_watch(stream, by=cast.publisher if noted else None, at=LATER)


@pytest.mark.django_db
def test_works_are_found_by_doi_else_by_pmid_and_told_once(cast: Cast) -> None:
    published(cast, key="by-doi", DOI="10.1000/Work")
    draft(cast, key="by-pmid", PMID="77")
    draft(cast, key="other", DOI="10.1000/other")
    rows = (row(n=1), row(n=2, date="5/1/2004 0:00", nature="Correction"), row(n=3, doi="unavailable", pmid="77"))

    report = checked(cast, *rows)
    again = checked(cast, *rows)

    assert [(each.document.address, each.now) for each in report.told] == [
        ("by-doi", "Corrected 2004; Retracted 2010"),
        ("by-pmid", "Retracted 2010"),
    ]
    assert (report.rows, report.about_ours, report.problem_count) == (3, 3, 0)
    assert again.told == []


@pytest.mark.django_db
def test_a_row_that_names_two_entries_changes_neither(cast: Cast) -> None:
    draft(cast, key="one", DOI="10.1000/work")
    draft(cast, key="two", PMID="77")

    report = checked(cast, row(pmid="77"))

    assert report.told == []
    assert "“one” and its PubMed number that of “two”" in report.contradicting[0].message


@pytest.mark.django_db
def test_a_row_that_names_an_entry_by_one_number_and_contradicts_the_other_changes_nothing(cast: Cast) -> None:
    published(cast, key="one", DOI="10.1000/good", PMID="55")

    report = checked(cast, row(pmid="55"), row(doi="10.1000/good", pmid="56"))

    assert report.told == []
    assert [problem.message.partition(".")[0] for problem in report.contradicting] == [
        "It names “one” by its PubMed number, but says another DOI than that entry",
        "It names “one” by its DOI, but says another PubMed number than that entry",
    ]


@pytest.mark.django_db
def test_what_contradicts_an_entry_is_named_however_many_rows_of_others_are_faulty(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_NAMED", 1)
    published(cast, key="one", DOI="10.1000/work", PMID="55")

    report = checked(cast, row(doi="no doi"), row(doi="none either"), row(pmid="56"), noted=False)

    assert "It names “one” by its DOI" in "\n".join(list(lines_of(report, noted=False))[2:3])
    assert report.problem_count == 2


@pytest.mark.django_db
def test_a_work_is_found_by_each_of_several_dois_in_a_cell(cast: Cast) -> None:
    published(cast, key="one", DOI="10.1000/work", PMID="55")

    report = checked(cast, row(doi="10.1000/first ; no doi; 10.1000/WORK", pmid="55"))

    assert [each.document.address for each in report.told] == ["one"]
    assert [problem.message for problem in report.problems] == [
        "OriginalPaperDOI was left out: “no doi” is not a DOI. A DOI looks like 10.1038/sj.ejhg.5201933."
    ]


@pytest.mark.django_db
def test_an_entry_is_known_by_what_readers_see_of_it_not_by_a_draft(cast: Cast) -> None:
    live = published(cast, key="live", DOI="10.1000/good")
    next_edition(cast, live.document, at=LATER, DOI="10.1000/drafted")

    report = checked(cast, row(doi="10.1000/drafted"), row(n=2, doi="10.1000/good", nature="Correction"))

    assert [(each.document.address, each.now) for each in report.told] == [("live", "Corrected 2010")]


@pytest.mark.django_db
@pytest.mark.breaks_the_record
def test_every_entry_of_the_work_is_told_though_no_trait_is_written(cast: Cast) -> None:
    published(cast, key="one", DOI="10.1000/work")
    Trait.objects.all().delete()
    published(cast, key="two", DOI="10.1000/work")
    Trait.objects.all().delete()

    report = checked(cast, row())

    assert [each.document.address for each in report.told] == ["one", "two"]
    assert report.about_ours == 1


@pytest.mark.django_db
def test_the_command_notes_only_in_the_name_of_a_person(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = draft(cast, DOI="10.1000/work").document
    file = tmp_path / "retraction_watch.csv"
    file.write_text("\n".join([HEADER, row()]))

    call_command("check_retractions", str(file))
    assert "New, and not noted yet: sample2001: Retracted 2010." in capsys.readouterr().out
    assert not document.observed_notices.exists()

    call_command("check_retractions", str(file), by="editor")
    assert "New, and noted: sample2001: Retracted 2010." in capsys.readouterr().out
    assert document.observed_notices.exists()

    with pytest.raises(CommandError, match="Nobody here"):
        call_command("check_retractions", str(file), by="nobody")


@pytest.mark.django_db
def test_the_command_exits_with_1_and_names_the_entry_that_somebody_was_at_work_on(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(cast, DOI="10.1000/work")
    file = tmp_path / "retraction_watch.csv"
    file.write_text("\n".join([HEADER, row()]))
    monkeypatch.setattr(checking, "observe", Mock(side_effect=Busy("Nothing was written.")))

    with pytest.raises(CommandError, match="New, and not noted: sample2001: Somebody else is at work") as stopped:
        call_command("check_retractions", str(file), by="editor")

    assert stopped.value.returncode == 1


@pytest.mark.django_db
def test_a_whole_file_is_compared_in_seconds(cast: Cast) -> None:
    draft(cast, DOI="10.1000/work")
    rows = [row(n=number, doi=f"10.1000/{number}") for number in range(1, 8000)]

    began = time.process_time()
    report = checked(cast, *rows, row(n=8000), noted=False)

    assert (report.rows, report.about_ours) == (8000, 1)
    assert time.process_time() - began < 5
