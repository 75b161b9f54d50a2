"""MEDLINE/nbib and RIS: shapes that real exports have, in made-up records."""

import pytest

from tests.references.formats.samples import NBIB, RIS, item, messages, read


def test_every_field_of_an_nbib_record_finds_its_variable() -> None:
    found = item(NBIB)

    assert {name: found[name] for name in found if name not in {"author", "title", "custom"}} == {
        "id": "123",
        "type": "article-journal",
        "container-title": "Journal of tests",
        "container-title-short": "J Test",
        "volume": "12",
        "issue": "3 Pt 2",
        "page": "1193-202",
        "ISSN": "1234-567X",
        "abstract": "OBJECTIVE: To test.",
        "language": "en",
        "issued": {"date-parts": [[2001, 10], [2001, 12]]},
        "available-date": {"date-parts": [[2001, 9, 3]]},
        "PMID": "123",
        "PMCID": "PMC78",
        "DOI": "10.1000/Test.1",
    }


def test_notices_types_and_the_source_line_of_nbib_are_kept() -> None:
    notice = {
        "type": "RetractionIn",
        "pmid": "456",
        "doi": "10.1000/test.2",
        "text": "J Test. 2005 Jan;16(1):1. doi: 10.1000/test.2. PMID: 456",
    }

    assert item(NBIB)["custom"] == {
        "publication_types": ["Journal Article"],
        "notices": [notice],
        "publication_status": "ppublish",
        "source_line": "J Test. 2001 Oct-Dec;12(3 Pt 2):1193-202. doi: 10.1000/Test.1. Epub 2001 Sep 3.",
    }


def test_people_stand_once_and_groups_where_the_record_has_them() -> None:
    source = "PMID- 1\nAU  - Test AB\nFAU - Probe, C D\nAU  - Probe CD\nCN  - Test Group\nAU  - Plato\nAU  - et al.\n"

    assert item(source)["author"] == [
        {"family": "Test", "given": "A B"},
        {"family": "Probe", "given": "C D"},
        {"literal": "Test Group"},
        {"family": "Plato"},
        {"literal": "et al"},
    ]


def test_a_short_name_before_the_full_one_is_the_same_person() -> None:
    source = "PMID- 1\nAU  - Test AB\nFAU - Test, Anna-Berta\nAU  - Probe C\nFAU - Sample, Carl\nAU  - Sample C\n"
    listed = "PMID- 1\nAU  - Test AB\nAU  - Probe C\nAU  - Sample C\nFAU - Test, Anna-Berta\nFAU - Sample, Carl\n"

    assert item(listed)["author"] == item(source)["author"]
    assert item(source)["author"] == [
        {"family": "Test", "given": "Anna-Berta"},
        {"family": "Probe", "given": "C"},
        {"family": "Sample", "given": "Carl"},
    ]


def test_a_thousand_authors_are_read() -> None:
    lines = "".join(f"FAU - Test, Number {number}\nAU  - Test N\nAD  - Somewhere\n" for number in range(1000))

    assert len(item(f"PMID- 1\n{lines}")["author"]) == 1000


@pytest.mark.parametrize(
    ("lines", "page"),
    [
        ("PG  - 53-71", "53-71"),
        ("PG  - e12", "e12"),
        ("PG  - 2:49", "2:49"),
        ("LID - 1042 [pii]", "1042"),
        ("LID - S1-2 [pii]\nLID - e801", "e801"),
        ("LID - 10.1000/a [doi]", None),
    ],
)
def test_pages_are_those_that_nlm_prints(lines: str, page: str | None) -> None:
    assert item(f"PMID- 1\n{lines}\n").get("page") == page


def test_a_chapter_in_nbib_stands_in_its_book() -> None:
    found = item(
        "PMID- 1\nPB  - Test Press\nDP  - 2009\nTI  - A chapter\nBTI - A book of tests\nFED - Probe, C\nED  - Probe C\n"
        "PT  - Book Chapter\nPL  - Boston (MA)\nISBN- 978-0-00-000000-2\nAID - NBK1 [bookaccession]\n"
    )

    wanted = ("type", "title", "container-title", "editor", "publisher", "publisher-place", "ISBN")
    assert [found[name] for name in wanted] == [
        "chapter",
        "A chapter",
        "A book of tests",
        [{"family": "Probe", "given": "C"}],
        "Test Press",
        "Boston (MA)",
        "978-0-00-000000-2",
    ]


def test_a_chapter_that_is_kept_up_to_date_has_its_own_dates_in_nbib_and_stands_in_the_bookshelf() -> None:
    found = item(
        "PMID- 1\nCTDT- 20030207\nDRDT- 20190613\nPB  - Test Press\nDP  - 1993\nTI  - A chapter\n"
        "BTI - A book of tests\nPT  - Book Chapter\nAID - NBK1 [bookaccession]\n"
    )

    assert (found["issued"], found["medium"]) == ({"date-parts": [[2003, 2, 7]]}, "Internet")
    assert found["URL"] == "https://www.ncbi.nlm.nih.gov/books/NBK1/"
    assert (found["custom"]["updated"], found["custom"]["container_issued"]) == ("2019-06-13", "1993")


def test_records_without_a_pmid_are_told_apart_by_empty_lines() -> None:
    records, problems = read("OWN - TEST\nTI  - One\nDP  - 2001\n\nOWN - TEST\nTI  - Two\nDP  - 2002\n")

    assert ([one.item["title"] for one in records], problems) == (["One", "Two"], [])


def test_a_date_that_is_none_is_named_and_its_year_kept() -> None:
    records, problems = read("PMID- 1\nTI  - A title\nDP  - 2000 Spring-Summer\n")

    assert records[0].item["issued"] == {"date-parts": [[2000]], "literal": "2000 Spring-Summer"}
    assert messages(problems) == [(3, "The date “2000 Spring-Summer” was read as far as its year only.")]


def test_a_month_in_figures_is_read_and_what_is_none_is_said_to_be_not_read() -> None:
    records, problems = read("PMID- 1\nTI  - A title\nDEP - 201003\n\nPMID- 2\nTI  - A title\nDEP - 201013\n")

    assert records[0].item["available-date"] == {"date-parts": [[2010, 3]]}
    assert messages(problems) == [(7, "The date “201013” was not read.")]


def test_lines_that_are_no_fields_are_named() -> None:
    _, problems = read("PMID- 1\nwhatever\nTI  - A title\nXXX - a\n")

    assert messages(problems) == [
        (2, "This line belongs to no field and was not read."),
        (4, "The tag XXX is not one of MEDLINE; it was not read."),
    ]


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
