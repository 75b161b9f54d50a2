"""Identifiers are found in what people paste, and kept in one spelling."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from references.identifiers import doi_url, number_in, parse_doi, parse_pmcid, parse_pmid, pmcid_url, pmid_url


@pytest.mark.parametrize(
    "text",
    [
        "10.1038/sj.ejhg.5201933",
        " doi:10.1038/sj.ejhg.5201933.",
        "DOI: 10.1038/SJ.EJHG.5201933",
        "doi 10.1038/sj.ejhg.5201933;",
        "https://doi.org/10.1038/sj.ejhg.5201933",
        "http://dx.doi.org/10.1038/sj.ejhg.5201933?source=mail#top",
        "doi.org/10.1038/sj.ejhg.5201933",
        "doi: https://doi.org/10.1038%2Fsj.ejhg.5201933",
        "info:doi/10.1038/sj.ejhg.5201933",
        "(doi:10.1038/sj.ejhg.5201933).",
        "<https://doi.org/10.1038/sj.ejhg.5201933>",
        "“10.1038/sj.ejhg.5201933”",
        "doi = 10.1038/sj.ejhg.5201933",
        "10.1038/sj.ejhg.5201933 [doi]",
        "https://doi.org/10.1038/sj.ejhg.5201933/",
        "https://doi-org.library.example/10.1038/sj.ejhg.5201933",
        "https://publisher.example/doi/full/10.1038/sj.ejhg.5201933",
        "https://publisher.example/article/10.1038/sj.ejhg.5201933.pdf",
        "https://publisher.example/articles/10.1038/sj.ejhg.5201933/full?from=mail",
        "https://publisher.example/journal/article?id=10.1038/sj.ejhg.5201933&type=printable",
    ],
)
def test_every_usual_spelling_of_a_doi_gives_the_same_one(text: str) -> None:
    assert parse_doi(text) == "10.1038/sj.ejhg.5201933"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/ab\u200bc", "10.1000/abc"),
        ("10.1000/ab\u00adc", "10.1000/abc"),
        ("10.1000/abc;PMID:123", "10.1000/abc"),
        ("10.1000/abc, PMCID: PMC5", "10.1000/abc"),
        ("10.1000/abc…", "10.1000/abc"),
        ("10.1000/abc。", "10.1000/abc"),
        ("10.1000/ab;pmid-2", "10.1000/ab;pmid-2"),
        ("10.1000/ab%FF", "10.1000/ab%ff"),
        ("\uff11\uff10.1000\uff0f\uff21bc", "10.1000/abc"),
        ("10.1000%2Fabc", "10.1000/abc"),
        ("10.1002/x%3C1661%3E3", "10.1002/x<1661>3"),
        ("10.1002/x&lt;1661::AID&amp;gt;3.0", "10.1002/x<1661::aid>3.0"),
        ("https://www.medrxiv.org/content/10.1101/2020.05.01.20086801v2.full", "10.1101/2020.05.01.20086801"),
        ("https://www.biorxiv.org/content/10.1101/123456v1.full.pdf+html", "10.1101/123456"),
        ("10.1101/gr.123456v1", "10.1101/gr.123456v1"),
    ],
)
def test_what_pages_and_addresses_put_into_a_doi_is_taken_out(text: str, doi: str) -> None:
    assert parse_doi(text) == doi


def test_brackets_inside_a_doi_stay() -> None:
    assert parse_doi("10.1016/S0161-6420(98)97033-6") == "10.1016/s0161-6420(98)97033-6"
    assert parse_doi("10.1000/(abc)") == "10.1000/(abc)"
    assert parse_doi("(10.1000/(abc))") == "10.1000/(abc)"


@pytest.mark.parametrize(
    "text",
    ["", "doi:", "10.1038", "10.1038/", "11.1038/abc", "10.10/abc", "10.1038/a b", "https://example.org/10.1038/abc",
     "17940554", "10.1038/."],
)  # fmt: skip
def test_what_is_no_doi_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a DOI\. A DOI looks like"):
        parse_doi(text)


@given(st.text(st.characters(codec="utf-8"), min_size=1).map(lambda suffix: f"10.1000/{suffix}"))
def test_the_address_of_a_doi_leads_back_to_it(text: str) -> None:
    try:
        doi = parse_doi(text)
    except ValueError:
        assume(False)

    assert parse_doi(doi) == doi
    assert doi_url(doi).isascii()
    assert parse_doi(doi_url(doi)) == doi


def test_signs_that_an_address_cannot_hold_are_escaped() -> None:
    assert doi_url("10.1002/a<b::aid>3.0.co;2-v#x?") == "https://doi.org/10.1002/a%3Cb::aid%3E3.0.co;2-v%23x%3F"


@pytest.mark.parametrize(
    "text",
    [
        "17940554",
        "PMID: 17940554",
        "pmid17940554.",
        "[PubMed: 17940554]",
        "https://pubmed.ncbi.nlm.nih.gov/17940554/?dopt=Abstract",
        "http://www.ncbi.nlm.nih.gov/pubmed/17940554",
        "PMID: https://pubmed.ncbi.nlm.nih.gov/17940554/",
        "https://pubmed.ncbi.nlm.nih.gov/?term=17940554",
        "https://europepmc.org/article/MED/17940554",
        "info:pmid/17940554",
        "MEDLINE:17940554",
        "017940554",
        "1794\u00ad0554\u200b",
    ],
)
def test_every_usual_spelling_of_a_pmid_gives_the_same_number(text: str) -> None:
    assert parse_pmid(text) == "17940554"


@pytest.mark.parametrize(
    "text", ["", "0", "PMID:", "PMC4369917", "123456789", "PMID: 12/5", "12 34", "١٢٣", "https://example.org/17940554"]
)
def test_what_is_no_pmid_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a PMID\. A PMID is a number"):
        parse_pmid(text)


@pytest.mark.parametrize(
    "text",
    [
        "PMC4369917",
        "pmc 4369917,",
        "PMCID: PMC4369917",
        "PMCID: 4369917",
        "PMC4369917.2",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC4369917/",
        "http://www.ncbi.nlm.nih.gov/pmc/articles/PMC4369917/pdf/file.pdf",
        "https://europepmc.org/article/PMC/PMC4369917",
        "https://europepmc.org/abstract/PMC/PMC4369917",
        "http://www.pubmedcentral.nih.gov/articlerender.fcgi?artid=4369917",
    ],
)
def test_every_usual_spelling_of_a_pmcid_gives_the_same_one(text: str) -> None:
    assert parse_pmcid(text) == "PMC4369917"


@pytest.mark.parametrize("text", ["", "4369917", "PMC", "PMCID:", "PMC0", "XPMC4369917", "PMC4369917x"])
def test_what_is_no_pmcid_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a PMCID\. A PMCID is PMC and a number"):
        parse_pmcid(text)


def test_the_addresses_of_pubmed_and_pubmed_central_end_with_the_number() -> None:
    assert pmid_url("17940554") == "https://pubmed.ncbi.nlm.nih.gov/17940554/"
    assert pmcid_url("PMC4369917") == "https://pmc.ncbi.nlm.nih.gov/articles/PMC4369917/"


@pytest.mark.parametrize("typed", ["2001", "2001.", "(2001)", "2001,", "“2001”"])
def test_figures_alone_may_be_a_year_however_they_are_put(typed: str) -> None:
    assert number_in(typed) is None
    assert number_in("PMID 2001.") == ("PMID", "2001")
