"""MEDLINE/nbib: shapes that real exports have, in made-up records."""

import pytest

from tests.references.formats.samples import NBIB, item, messages, read


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
