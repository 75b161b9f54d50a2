"""References of each type, made up for tests, and what no record may break."""

from typing import Any

HOSTILE = (
    "A {brace} \\ back\nTY  - JOUR\r\nER  - \r\nPMID- 9\n@misc{x, title={y}} % # $ & ~ ^ _ \u202e \x00 \u2028 }}} {{{"
)

ARTICLE: dict[str, Any] = {
    "key": "vandertest2018",
    "type": "article-journal",
    "author": [
        {"family": "van der Test", "given": "Anna B.", "suffix": "Jr"},
        {"literal": "Test Study Group"},
        {"family": "Tester", "given": "C."},
    ],
    "title": "Effects of x & y_z: 50% of #1",
    "container_title": "Journal of Tests & Trials",
    "container_title_short": "J Tests",
    "issued": "2018-11-03",
    "volume": "15",
    "issue": "12",
    "page": "1193-1202",
    "epub": "2018-10-17",
    "DOI": "10.1000/a_b(c)",
    "PMID": "1234567",
    "PMCID": "PMC1234567",
    "ISSN": ["0317-8471"],
    "language": "de",
    "abstract": "First sentence. Second sentence with many words, so that it is folded over several lines of the file.",
    "notes": [],
}
BOOK: dict[str, Any] = {
    "key": "tester2002",
    "type": "book",
    "author": [{"family": "Tester", "given": "C. D."}],
    "editor": [{"family": "Editor", "given": "E."}],
    "title": "A book of tests",
    "container_title": "",
    "container_title_short": "",
    "issued": "2002",
    "volume": "",
    "issue": "",
    "page": "",
    "epub": "",
    "DOI": "",
    "PMID": "",
    "PMCID": "",
    "edition": "2nd ed.",
    "publisher": "Test Press",
    "publisher_place": "Test Town (MD)",
    "collection_title": "Test series",
    "ISBN": ["9780306406157"],
    "notes": [],
}
CHAPTER = BOOK | {"key": "chapter2002", "type": "chapter", "container_title": "A whole book", "page": "93-113"}
_NO_PLACE_OF_THE_BOOK = {"editor": [], "ISBN": [], "edition": "", "collection_title": "", "publisher_place": ""}
WEB_PAGE = (
    BOOK
    | _NO_PLACE_OF_THE_BOOK
    | {
        "key": "web2026",
        "type": "webpage",
        "container_title": "A site of tests",
        "URL": "https://example.org/a_b%20c#d",
        "accessed": "2026-11-21",
    }
)
THESIS = BOOK | _NO_PLACE_OF_THE_BOOK | {"key": "thesis2002", "type": "thesis", "genre": "dissertation"}
EVERY = [ARTICLE, BOOK, CHAPTER, WEB_PAGE, THESIS]

RETRACTED = ARTICLE | {
    "key": "retracted2018",
    "title": "<i>ALMS1</i> & H<sub>2</sub>O at 10<sup>-3</sup>: p < 0.05",
    "epub": "2018-10",
    "DOI": "10.1000/s123-x",
    "source_line": "J Tests. 2018 Nov 3;15(12):1193-1202. doi: 10.1000/S123-X. Epub 2018 Oct.",
    "publication_types": ["Journal Article", "Retracted Publication"],
    "notices": [
        {"type": "RetractionIn", "pmid": "20000001", "text": "J Tests. 2019;1:1. PMID: 20000001"},
        {"type": "ReinstatementIn", "doi": "10.1000/notice", "text": "2020 Jan doi: 10.1000/notice"},
    ],
    "notes": ["A note of ours | with a line."],
    "abstract_licence": "CC0",
    "publication_model": "Print-Electronic",
    "publication_status": "ppublish",
}
_PERIODICAL = {"publisher": "", "publisher_place": "", "collection_title": "", "edition": "", "ISBN": [], "editor": []}
PREPRINT = RETRACTED | {"key": "preprint2018", "type": "article", "genre": "preprint", "issue": ""}
REPORT = BOOK | {"key": "report2002", "type": "report", "number": "7", "genre": "Test report", "page": "i-x"}
DATASET = WEB_PAGE | {"key": "data2026", "type": "dataset", "container_title": "", "notes": ["Another note."]}
PAPER = CHAPTER | {
    "key": "paper2002",
    "type": "paper-conference",
    "container_title": "Proceedings of <i>T. test</i>",
    "number_of_pages": "312",
    "medium": "CD-ROM",
    "original_title": "Ein Test",
    "event_title": "A conference of tests",
    "event_place": "Test Town",
    "event_date": "2002-03",
    "collection_number": "4",
}
NEWS = CHAPTER | _PERIODICAL | {"key": "news2002", "type": "article-newspaper", "container_title": "The Test Times"}
MAGAZINE = NEWS | {"key": "magazine2002", "type": "article-magazine"}
SOFTWARE = DATASET | {"key": "software2026", "type": "software", "notes": []}
# A chapter of a book on line that goes on.
LIVING = CHAPTER | {"key": "living2003", "issued": "2003-02-07", "updated": "2019-06-13", "container_issued": "1993"}
ON_LINE = ARTICLE | {"key": "online2018", "URL": "https://test.example/a", "accessed": "2026-11-21"}
WHOLE = [*EVERY, ON_LINE, LIVING, RETRACTED, PREPRINT, REPORT, DATASET, PAPER, NEWS, MAGAZINE, SOFTWARE]
