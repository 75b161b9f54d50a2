"""PubMed XML: articles, books, broken records and files that would do more than be read."""

import pytest

from references.fitting import fitted
from references.formatting import nlm_citation
from tests.references.formats.samples import PUBMED_XML, item, messages, read

BOOK = """<PubmedBookArticle><BookDocument><PMID Version="1">1</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>University of Tests</PublisherName>
<PublisherLocation>Seattle (WA)</PublisherLocation></Publisher><BookTitle book="tests">Reviews of tests</BookTitle>
<PubDate><Year>1993</Year></PubDate>
<AuthorList Type="editors"><Author><LastName>Probe</LastName>
<ForeName>C D</ForeName><Initials>CD</Initials></Author></AuthorList>
<Edition>2nd</Edition><Isbn>9780000000002</Isbn></Book>
<ArticleTitle book="tests" part="a">A syndrome</ArticleTitle><Language>eng</Language>
<AuthorList Type="authors"><Author><LastName>Test</LastName><Initials>A</Initials></Author></AuthorList>
<PublicationType>Review</PublicationType><ContributionDate><Year>2003</Year><Month>2</Month><Day>7</Day>
</ContributionDate></BookDocument></PubmedBookArticle>"""


def article(inside: str, after: str = "") -> str:
    citation = f"<MedlineCitation><PMID>1</PMID><Article>{inside}</Article>{after}</MedlineCitation>"
    return f"<PubmedArticle>{citation}</PubmedArticle>"


def dated(date: str) -> str:
    return article(f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>")


def test_every_field_of_an_article_finds_its_variable() -> None:
    found = item(PUBMED_XML)

    assert {name: found[name] for name in found if name not in {"author", "title", "custom"}} == {
        "id": "123",
        "type": "article-journal",
        "container-title": "Journal of tests",
        "container-title-short": "J Test",
        "volume": "12",
        "issue": "3 Pt 2",
        "page": "1193-202",
        "ISSN": "1234-567X",
        "abstract": "OBJECTIVE: To test in vitro. Done.",
        "language": "en",
        "issued": {"date-parts": [[2001, 10], [2001, 12]]},
        "available-date": {"date-parts": [[2001, 9, 3]]},
        "PMID": "123",
        "PMCID": "PMC78",
        "DOI": "10.1000/Test.1",
    }
    assert found["custom"] == {
        "publication_types": ["Journal Article", "Retracted Publication"],
        "notices": [{"type": "RetractionIn", "pmid": "456", "doi": "", "text": "J Test. 2005 Jan;16(1):1"}],
        "publication_status": "ppublish",
        "publication_model": "Print-Electronic",
    }


def test_a_chapter_of_a_book_stands_in_its_book() -> None:
    found = item(BOOK)

    wanted = ("type", "title", "container-title", "edition", "ISBN", "publisher", "publisher-place", "URL")
    assert [found[name] for name in wanted] == [
        "chapter",
        "A syndrome",
        "Reviews of tests",
        "2nd",
        "9780000000002",
        "University of Tests",
        "Seattle (WA)",
        "https://www.ncbi.nlm.nih.gov/books/NBK1/",
    ]
    assert found["editor"] == [{"family": "Probe", "given": "C D"}]
    assert found["author"] == [{"family": "Test", "given": "A"}]


def test_a_chapter_that_is_kept_up_to_date_is_dated_as_nlm_prints_it() -> None:
    revised = "<DateRevised><Year>2019</Year><Month>6</Month><Day>13</Day></DateRevised></BookDocument>"
    source = BOOK.replace("</BookDocument>", revised).replace("<Edition>", "<Medium>Internet</Medium><Edition>")

    fit = fitted(item(source))

    assert fit.remarks == ()
    assert nlm_citation(fit.content or {}) == (
        "Test A. A syndrome. 2003 Feb 7 [updated 2019 Jun 13]. In: Probe CD, editor. Reviews of tests [Internet]. "
        "2nd ed. Seattle (WA): University of Tests; 1993-. Available from: https://www.ncbi.nlm.nih.gov/books/NBK1/."
    )


def test_a_whole_book_has_the_title_of_the_book() -> None:
    found = item(BOOK.replace('<ArticleTitle book="tests" part="a">A syndrome</ArticleTitle>', ""))

    assert (found["type"], found["title"], "container-title" in found) == ("book", "Reviews of tests", False)
    assert found["issued"] == {"date-parts": [[1993]]}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("The <i>ALMS1</i> gene: H<sub>2</sub>O.", "The <i>ALMS1</i> gene: H<sub>2</sub>O"),
        ("[A title in another language].", "[A title in another language]"),
        ("Is it so?", "Is it so?"),
        ("P &lt; 0.05 &amp; more", "P < 0.05 & more"),
        ("Caf&eacute; <u>one</u>", "Café one"),
        ("<b><i>Both</i></b><sup/>", "<b><i>Both</i></b>"),
    ],
)
def test_titles_keep_the_markup_that_means_something(written: str, title: str) -> None:
    assert item(article(f"<ArticleTitle>{written}</ArticleTitle>"))["title"] == title


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("<Year>2008</Year>", {"date-parts": [[2008]]}),
        ("<Year>2008</Year><Month>Aug</Month>", {"date-parts": [[2008, 8]]}),
        ("<Year>2008</Year><Month>08</Month><Day>3</Day>", {"date-parts": [[2008, 8, 3]]}),
        ("<Year>2008</Year><Season>Winter</Season>", {"date-parts": [[2008]], "season": 4}),
        ("<MedlineDate>2008 Nov-Dec</MedlineDate>", {"date-parts": [[2008, 11], [2008, 12]]}),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", {"date-parts": [[1998, 12], [1999, 1]]}),
        ("<MedlineDate>1998 Spring</MedlineDate>", {"date-parts": [[1998]], "season": 1}),
    ],
)
def test_dates_of_every_form_are_read(written: str, date: dict[str, object]) -> None:
    assert item(dated(written))["issued"] == date


def test_groups_ranks_and_initials_are_names() -> None:
    written = (
        "<AuthorList><Author><CollectiveName>Test Group</CollectiveName></Author><Author><LastName>Test</LastName>"
        "<Initials>JL</Initials><Suffix>3rd</Suffix></Author><Author><LastName>Solo</LastName></Author></AuthorList>"
    )

    assert item(article(written))["author"] == [
        {"literal": "Test Group"},
        {"family": "Test", "given": "J L", "suffix": "3rd"},
        {"family": "Solo"},
    ]


def test_without_pages_the_number_of_the_article_counts() -> None:
    located = '<ELocationID EIdType="doi">10.1000/a</ELocationID><ELocationID EIdType="pii">e12</ELocationID>'

    assert item(article(located))["page"] == "e12"


def test_a_record_that_breaks_off_keeps_what_stands_before() -> None:
    records, problems = read(PUBMED_XML[: PUBMED_XML.index("<Language>")])

    assert records[0].item["title"] == "A title. With a question?"
    assert problems[0].message.startswith("The record breaks off")


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet [
<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY secret SYSTEM "file:///etc/passwd"> <!ENTITY % dtd SYSTEM "https://test.example/a.dtd"> %dtd; ]>
"""


@pytest.mark.parametrize("entity", ["lol2", "secret"])
def test_entities_are_never_expanded_and_nothing_else_is_opened(entity: str) -> None:
    records, problems = read(LAUGHS + article(f"<ArticleTitle>A &{entity}; title</ArticleTitle>"))

    assert records[0].item["title"] == f"A &{entity}; title"
    assert messages(problems) == [
        (3, "The file declares entities of its own, which are never expanded."),
        (5, f"The entity &{entity}; is not known here and stays as it is written."),
    ]


def test_a_record_nested_too_deeply_is_named() -> None:
    records, problems = read(article("<ArticleTitle>" + "<i>" * 5000 + "deep"))

    assert records == []
    assert problems[-1].message == "The record is nested too deeply and was not read."


@pytest.mark.parametrize("inside", ["<PubmedArticle></PubmedArticle>", "<PubmedBookArticle> </PubmedBookArticle>"])
def test_a_record_without_content_is_named(inside: str) -> None:
    records, problems = read(f"<PubmedArticleSet>\n{inside}</PubmedArticleSet>")

    assert (records, problems[0].line) == ([], 2)
    assert problems[0].message.startswith("The record holds no")
