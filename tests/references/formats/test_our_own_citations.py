"""Every citation that we print is read back when somebody pastes it: field by field, or a remark names the field."""

from typing import Any

import pytest

from references.csl import work_from_csl
from references.formatting import nlm_citation
from tests.references.formats.samples import read

AUTHORS = [{"family": "Tester", "given": "C D"}, {"family": "Writer", "given": "A", "suffix": "Jr"}]
EDITORS = [{"family": "Editor", "given": "E F"}]
PRESS = {"publisher_place": "Test Town (MD)", "publisher": "Test Press", "issued": "2002"}
SEEN = {"URL": "https://example.org/work", "accessed": "2007-02-22"}
BOOK = {"container_title": "The whole book"}
SITE = {"container_title": "Site of tests"}
RXIV = {"container_title": "testRxiv", "issued": "2021-03-16", "DOI": "10.1000/2021.1"}
J = {"container_title_short": "Tests J"}
DAYS = {"event_title": "5th Days of Tests", "event_date": "2002-04-03/2002-04-05", "event_place": "Test Town"}
FORMS: list[tuple[str, dict[str, Any]]] = [
    ("book", PRESS | {"edition": "2nd", "number_of_pages": "768", "volume": "3"}),
    ("book", PRESS | {"collection_title": "Series", "collection_number": "5", "number_of_pages": "368"}),
    ("book", PRESS | SEEN),
    ("book", PRESS | {"author": [], "editor": EDITORS}),
    ("book", PRESS | {"editor": EDITORS}),
    ("chapter", PRESS | BOOK | {"editor": EDITORS, "page": "93-113", "edition": "3rd"}),
    ("chapter", PRESS | BOOK | {"page": "93-113", "volume": "2"}),
    ("chapter", PRESS | BOOK | SEEN | {"editor": EDITORS}),
    ("webpage", PRESS | SEEN | {"updated": "2006-05-01"}),
    ("webpage", PRESS | SEEN | SITE | {"author": []}),
    ("webpage", SEEN | SITE | {"issued": "2005-03-03"}),
    ("webpage", SEEN | {"author": [{"literal": "Test Group"}]}),
    ("report", PRESS | {"issued": "2001-02", "number_of_pages": "24", "number": "T-1"}),
    ("thesis", PRESS | {"number_of_pages": "70"}),
    ("thesis", PRESS | SEEN | {"genre": "Master's thesis"}),
    ("dataset", PRESS | {"DOI": "10.1000/set"}),
    ("article", RXIV),
    ("article", RXIV | {"page": "2021.03.15"}),
    ("article-journal", J | SEEN | {"issued": "2002-06", "volume": "102", "issue": "6"}),
    ("article-journal", J | {"issued": "2002-06-01", "DOI": "10.1000/x"}),
    ("article-journal", J | {"issued": "2024-06-01", "page": "e12"}),
    ("article-newspaper", {"container_title": "The Test Post", "issued": "2002-08-12", "page": "A2"}),
    ("paper-conference", PRESS | DAYS | {"container_title": "Tests today", "editor": EDITORS, "page": "182-91"}),
    (
        "article-journal",
        J | {"title": "[A title]", "language": "de", "issued": "2002-06", "volume": "1", "page": "1-2"},
    ),
    (
        "article-journal",
        J | {"issued": "2002", "volume": "1", "page": "1-2", "epub": "2001-12-03", "PMID": "5", "PMCID": "PMC7"},
    ),
]
# What the printed words do not say: a preprint that nothing calls one is an article in a journal to who reads them.
AS_IN_A_JOURNAL = {"article": "article-journal"}


def filled(work: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in work.items() if value}


@pytest.mark.parametrize(("kind", "fields"), FORMS)
def test_each_form_that_we_print_is_read_back(kind: str, fields: dict[str, Any]) -> None:
    work = filled({"type": kind, "author": AUTHORS, "title": "A title"} | fields)
    citation = nlm_citation(work, identifiers=("DOI", "PMID", "PMCID"))

    (record,), problems = read(citation, format="nlm-text")

    back = filled(work_from_csl(record.item, name="back"))
    if kind in AS_IN_A_JOURNAL:
        work |= {"type": AS_IN_A_JOURNAL[kind], "container_title_short": work.pop("container_title")}
    unlike = {name for name in work.keys() | back.keys() if work.get(name) != back.get(name)}
    assert unlike == (
        {"type"} if "web page" in "".join(each.message for each in problems) and kind == "book" else set()
    )
    assert nlm_citation(back, identifiers=("DOI", "PMID", "PMCID")) == citation


@pytest.mark.parametrize(
    "title", ["A title. 2nd ed", "A title. Vol. 3. More", "A title [microbes]", "A title. 12 authors, editors"]
)
def test_what_may_be_no_part_of_a_title_is_named(title: str) -> None:
    (record,), problems = read(f"Tester CD. {title}. And more. Test Town (MD): Test Press; 2002.", format="nlm-text")

    assert any("part of it" in each.message for each in problems), record.item
