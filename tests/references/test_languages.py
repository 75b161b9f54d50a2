"""The language of a work that is not in English is printed where Citing Medicine has it, whatever kind it is."""

from typing import Any

import pytest

from tests.references.test_other_types import IMPRINT, SEEN, printed


@pytest.mark.parametrize(
    ("kind", "fields", "citation"),
    [
        (
            "article-journal",
            {"title": "[A title]", "container_title_short": "Tests", "issued": "2008", "language": "eng"},
            "Tester CD. [A title]. Tests. 2008.",
        ),
        (
            "article-journal",
            {"title": "Ein Titel", "container_title_short": "Tests", "issued": "2008", "language": "de", "epub": "2007"}
            | SEEN
            | {"DOI": "10.1000/X"},
            "Tester CD. Ein Titel. Tests [Internet]. 2008 [cited 2007 Feb 22]. Available from: "
            "https://example.org/work German. doi: 10.1000/X. Epub 2007.",
        ),
        (
            "article-journal",
            {"title": "Ein Titel", "container_title_short": "Tests", "language": "de", "notes": ["German."]},
            "Tester CD. Ein Titel. Tests. German.",
        ),
        (
            "report",
            IMPRINT
            | {"title": "[A title]", "original_title": "Ein Titel", "language": "German"}
            | {"number": "T-1", "number_of_pages": "40"},
            "Tester CD. Ein Titel [A title]. Test Town (MD): Test Press; 2002. 40 p. Report No.: T-1. German.",
        ),
        (
            "chapter",
            IMPRINT | {"title": "Un titre", "container_title": "Le livre", "page": "1-9", "language": "fr"},
            "Tester CD. Un titre. In: Le livre. Test Town (MD): Test Press; 2002. p. 1-9. French.",
        ),
        (
            "webpage",
            IMPRINT | SEEN | {"author": [], "language": "de-AT", "DOI": "10.1000/x"},
            "A title [Internet]. Test Town (MD): Test Press; 2002 [cited 2007 Feb 22]. "
            "Available from: https://example.org/work German. doi: 10.1000/x.",
        ),
    ],
)
def test_the_language_stands_behind_pages_numbers_and_address(kind: str, fields: dict[str, Any], citation: str) -> None:
    assert printed(kind, **fields) == citation
