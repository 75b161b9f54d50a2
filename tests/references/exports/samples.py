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
