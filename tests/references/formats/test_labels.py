"""No word stands doubled in a citation because a program wrote it with the number."""

import json

import pytest

from references.fitting import fitted
from references.formatting import nlm_citation
from tests.references.formats.samples import read

IMPRINT = {"title": "A title", "publisher": "Test Press", "issued": {"date-parts": [[2002]]}}


@pytest.mark.parametrize(
    ("fields", "citation"),
    [
        (
            {"type": "article-journal", "container-title": "Tests", "volume": "Vol. 3", "issue": "No. 2"}
            | {"page": "pp. 53-71"},
            "A title. Tests. 2002;3(2):53-71.",
        ),
        (
            {"type": "book", "volume": "Volume 3", "number-of-pages": "345 pages", "edition": "Second edition"},
            "A title. 2nd ed. Vol. 3. Test Press; 2002. 345 p.",
        ),
        (
            {"type": "chapter", "container-title": "Book", "page": "pp. xii-xv", "edition": "2nd edition, revised"},
            "A title. In: Book. 2nd ed., rev. Test Press; 2002. p. xii-xv.",
        ),
        (
            {"type": "chapter", "container-title": "Book", "edition": "Third"},
            "A title. In: Book. 3rd ed. Test Press; 2002.",
        ),
        (
            {"type": "book", "edition": "2. Auflage", "volume": "Volunteers"},
            "A title. 2. Auflage. Vol. Volunteers. Test Press; 2002.",
        ),
        ({"type": "article-journal", "container-title": "Tests", "page": "P12"}, "A title. Tests. 2002:P12."),
        (
            {"type": "webpage", "title": "A page.", "container-title": "Site"},
            "Site [Internet]. Test Press. A page; 2002.",
        ),
        ({"type": "article-journal", "container-title": "Tests", "title": "标题。"}, "标题。 Tests. 2002."),
    ],
)
def test_a_citation_has_each_word_once(fields: dict[str, str], citation: str) -> None:
    records, _ = read(json.dumps([IMPRINT | fields]))

    assert nlm_citation(fitted(records[0].item).content or {}) == citation
