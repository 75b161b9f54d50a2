"""Identifiers are found in what people paste."""

import pytest

from references.lookup import asked_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("123\n456\r\n789", ["PMID 123", "PMID 456", "PMID 789"]),
        ("PMID: 123, 456; PMC78", ["PMID 123", "PMID 456", "PMCID PMC78"]),
        (
            "https://pubmed.ncbi.nlm.nih.gov/123/ and https://doi.org/10.1000/Test.1.",
            ["PMID 123", "DOI 10.1000/test.1"],
        ),
        ("1. doi: 10.1000/test.1\n2) PMCID: PMC78", ["DOI 10.1000/test.1", "PMCID PMC78"]),
        (
            "doi:10.1002/(SICI)1097(199603)77:5<1::AID>3.0.CO;2-#",
            ["DOI 10.1002/(sici)1097(199603)77:5<1::aid>3.0.co;2-#"],
        ),
        ("10.1000/a,10.1000/b", ["DOI 10.1000/a", "DOI 10.1000/b"]),
        ("123 PMID 123\n123", ["PMID 123"]),
        ("see 123", ["“see”", "“123”"]),
        ("see 17940554", ["“see”", "PMID 17940554"]),
        ("PMID 17940554 (2007)", ["PMID 17940554", "“(2007)”"]),
        ("PMID: 17940554, 2007 and 3", ["PMID 17940554", "PMID 2007", "PMID 3"]),
        ("2007 17940554", ["“2007”", "PMID 17940554"]),
        ("2007 3", ["PMID 2007", "PMID 3"]),
        ("PMID: 17940554 [Indexed for MEDLINE]", ["PMID 17940554"]),
        ("PMID: 17940554 [PubMed - indexed for MEDLINE] PMCID: PMC78.", ["PMID 17940554", "PMCID PMC78"]),
        (
            "Tester JD. A title. J Test. 2007 ;15:1193. PMID: 17940554",
            ["PMID 17940554", "“Tester JD. A title. J Test. 2007 ;15:1193. PMID: 17940554”"],
        ),
        ("PMCID PMC78 PMID 123", ["PMCID PMC78", "PMID 123"]),
        ("", []),
    ],
)
def test_each_is_found_once_and_in_its_order(text: str, found: list[str]) -> None:
    assert [each.shown for each in asked_in(text)] == found


def test_each_has_its_line() -> None:
    assert [each.line for each in asked_in("123\n\nwhat is this")] == [1, 3, 3, 3]
