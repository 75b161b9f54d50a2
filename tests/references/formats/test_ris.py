"""RIS: shapes that real exports have, in made-up records."""

import pytest

from tests.references.formats.samples import RIS, item, messages, read


def test_a_record_of_ris_has_its_journal_in_full_and_short() -> None:
    found = item(RIS)

    assert (found["container-title"], found["container-title-short"]) == ("Journal of tests", "J Test")
    assert found["ISSN"] == "1234-567X"


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        ("SP  - 53\nEP  - 71", "53-71"),
        ("SP  - 53-71", "53-71"),
        ("SP  - 53–71\nEP  - 71", "53-71"),
        ("SP  - 5\nEP  - 5", "5"),
        ("C7  - e12", "e12"),
        ("SP  - 1279‐1297", "1279-1297"),
    ],
)
def test_pages_of_ris_stand_as_one_range(lines: str, pages: str) -> None:
    assert item(f"TY  - JOUR\n{lines}\nER  - ")["page"] == pages


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PY  - 2001", {"date-parts": [[2001]]}),
        ("PY  - 2001\nDA  - 2001/05/12/", {"date-parts": [[2001, 5, 12]]}),
        ("PY  - 2001\nDA  - 2002/05/12", {"date-parts": [[2001]]}),
        ("Y1  - 2001/00/00", {"date-parts": [[2001]]}),
        ("PY  - 2001/10//Oct-Dec", {"date-parts": [[2001, 10], [2001, 12]]}),
        ("PY  - 2001/10//Oct", {"date-parts": [[2001, 10]]}),
        ("PY  - 2001///Spring", {"date-parts": [[2001]], "season": 1}),
        ("Y1  - 1900/01/01\nDA  - 1950/01/01", {"date-parts": [[1950, 1, 1]]}),
        ("PY  - 2001\nDA  - MAY 3", {"date-parts": [[2001, 5, 3]]}),
        ("PY  - 2001\nDA  - DEC", {"date-parts": [[2001, 12]]}),
        ("PY  - 2001\nDA  - whenever", {"date-parts": [[2001]]}),
    ],
)
def test_dates_of_ris_are_as_exact_as_they_are_written(lines: str, date: dict[str, object]) -> None:
    assert item(f"TY  - JOUR\n{lines}\nER  - ")["issued"] == date


def test_authors_of_both_tags_stand_in_their_order() -> None:
    found = item("TY  - JOUR\nA1  - Test, A\nAU  - Probe, B\nM1  - 7\nER  - ")

    assert ([one["family"] for one in found["author"]], found["issue"]) == (["Test", "Probe"], "7")


def test_tags_of_ris_mean_other_things_in_chapters() -> None:
    found = item(
        "TY  - CHAP\nTI  - A chapter\nT2  - A book\nA2  - Probe, C\nT3  - A series\nSN  - 9780000000002\nER  - "
    )

    assert (found["container-title"], found["collection-title"]) == ("A book", "A series")
    assert (found["editor"], found["ISBN"]) == ([{"family": "Probe", "given": "C"}], "9780000000002")


def test_identifiers_are_found_where_databases_leave_them() -> None:
    found = item(
        "TY  - JOUR\nTI  - A\nC3  - PUBMED 00123456\nUR  - http://dx.doi.org/10.1000/A.1\nC2  - PMC4567\nER  - "
    )

    assert (found["PMID"], found["DOI"], found["PMCID"]) == ("123456", "10.1000/A.1", "PMC4567")


def test_marks_and_addresses_of_ovid_are_read_as_what_they_are() -> None:
    address = "http://ovidsp.ovid.com/ovidweb.cgi?T=JS&CSC=Y&PAGE=fulltext&D=med5&AN=17940554"

    found = item(f"TY  - JOUR\nT1  - A title. [Review] [52 refs]\nUR  - {address}\nER  - ")

    assert (found["title"], found["PMID"]) == ("A title", "17940554")


@pytest.mark.parametrize("marks", [" [Review]." * 5000 + "x", " [Review] ." * 5000 + "x"])
def test_a_title_of_nothing_but_marks_is_read_like_any_other(marks: str) -> None:
    assert item(f"TY  - JOUR\nTI  - T{marks}\nER  - ")["title"] == f"T{marks}"


def test_a_short_pmcid_in_its_own_field_is_enough_for_a_record() -> None:
    assert item("TY  - JOUR\nID  - a2001\nC2  - PMC78\nER  - ")["PMCID"] == "PMC78"


def test_addresses_with_a_semicolon_stay_whole() -> None:
    assert item("TY  - JOUR\nUR  - https://test.example/a;b=c\nER  - ")["URL"] == "https://test.example/a;b=c"


def test_lines_between_records_are_numbers_or_named() -> None:
    records, problems = read(f"1. \n{RIS}\n\n2.\n{RIS}Thank you\n")

    assert len(records) == 2
    assert messages(problems) == [(33, "This is outside of any record and was not read.")]


def test_a_long_value_may_go_on_in_the_next_lines() -> None:
    assert item("TY  - JOUR\nTI  - A title that\ngoes  on\nER  - ")["title"] == "A title that goes on"


def test_spaces_and_types_that_exports_vary_are_understood() -> None:
    found = item("TY  -  JOUR\nAU  -  Test, AB\nPY - 2001\nER  -")

    assert (found["author"], found["issued"]) == ([{"family": "Test", "given": "A B"}], {"date-parts": [[2001]]})


def test_an_unknown_type_and_a_missing_end_are_named() -> None:
    _, problems = read("TY  - WHAT\nTI  - A\nTY  - JOUR\nTI  - B\n")

    assert messages(problems) == [
        (1, "The type “WHAT” is not one of RIS."),
        (2, "The record has no line “ER  - ” at its end; it may be cut off."),
        (4, "The record has no line “ER  - ” at its end; it may be cut off."),
    ]


@pytest.mark.parametrize(
    ("kind", "lines", "editors", "contributors"),
    [
        ("EDBOOK", "AU  - Editor, Anna", ["Editor"], []),
        ("BOOK", "A3  - Editor, Anna", ["Editor"], []),
        ("THES", "A3  - Professor, C.", [], ["Professor"]),
        ("RPRT", "A3  - Department of Tests", [], ["Department of Tests"]),
    ],
)
def test_those_are_editors_of_ris_who_edited(
    kind: str, lines: str, editors: list[str], contributors: list[str]
) -> None:
    found = item(f"TY  - {kind}\nTI  - A\n{lines}\nER  - ")

    names = [[one.get("family") or one["literal"] for one in found.get(role, [])] for role in ("editor", "contributor")]
    assert (names, found.get("author")) == ([editors, contributors], None)


def test_a_conference_has_its_proceedings_beside_its_name() -> None:
    found = item("TY  - CONF\nTI  - A\nT2  - 5th Days of Tests\nC3  - Proceedings of tests\nER  - ")

    assert (found["container-title"], found["event-title"]) == ("Proceedings of tests", "5th Days of Tests")


@pytest.mark.parametrize(
    ("written", "people", "said"),
    [
        ("Legrand J.-P.", [("Legrand", "J.-P.", "")], ""),
        ("Iakontov Iu.A.", [("Iakontov", "Iu.A.", "")], ""),
        ("King ML III", [("King", "M L", "III")], ""),
        ("de Souza Jr., A.", [("de Souza", "A.", "Jr")], ""),
        ("Phillips,A.J.,MD", [("Phillips", "A.J.", "")], "MD"),
        ("Smith, John M.D., PhD", [("Smith", "John", "")], "M.D., PhD"),
        ("Smith, MD", [("Smith", "M D", "")], ""),
        ("Smith, A. M.D.", [("Smith", "A. M.D.", "")], ""),
        ("Smith, J. (ed.)", [("Smith", "J.", "")], "(ed.)"),
        ("Smith J; Jones B", [("Smith", "J", ""), ("Jones", "B", "")], ""),
        ("Smith, J. & Jones, B.", [("Smith", "J.", ""), ("Jones", "B.", "")], ""),
        ("Smith, J. et al.", [("Smith", "J.", ""), ("et al", "", "")], ""),
        ("Smith, J., et al.", [("Smith", "J.", ""), ("et al", "", "")], ""),
        ("Smith, J" + " MD" * 300, [("Smith", "J" + " MD" * 300, "")], ""),
        ("University of Tests, Boston, MA", [("University of Tests, Boston, MA", "", "")], ""),
        ("Test & Trial Group", [("Test & Trial Group", "", "")], ""),
    ],
)
def test_one_field_holds_whom_it_names_and_nothing_else(
    written: str, people: list[tuple[str, str, str]], said: str
) -> None:
    records, problems = read(f"TY  - JOUR\nTI  - A\nAU  - {written}\nER  - ")

    assert [parts(one) for one in records[0].item["author"]] == people
    assert [each.message.partition("”")[0].lstrip("“") for each in problems] == ([said] if said else [])


def parts(name: dict[str, str]) -> tuple[str, str, str]:
    return name.get("family") or name["literal"], name.get("given", ""), name.get("suffix", "")
