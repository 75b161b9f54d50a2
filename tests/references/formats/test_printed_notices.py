"""A citation that is read alone says that its work was retracted or doubted, and is read back with that."""

import json
from typing import Any

import pytest

from references.csl import to_csl
from references.formats.listing import printed_records
from references.formatting import nlm_citation, nlm_citation_html
from tests.references.formats.samples import read

WORK: dict[str, Any] = {
    "key": "tester1999", "type": "article-journal", "author": [{"family": "Tester", "given": "A B"}],
    "title": "A title", "container_title_short": "J Test", "issued": "1999-03", "volume": "12", "issue": "3",
    "page": "45-50", "PMID": "123", "PMCID": "PMC4",
}  # fmt: skip
NOTICE = {"type": "RetractionIn", "pmid": "456", "doi": "10.1000/n", "text": "J Test. 2010 Jan;1(1):2. PMID: 456"}
SOURCE = "Tester AB. A title. J Test. 1999 Mar;12(3):45-50."


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        ({}, "Retraction in: J Test. 2010 Jan;1(1):2. doi: 10.1000/n."),
        ({"doi": "", "type": "ExpressionOfConcernIn"}, "Expression of concern in: J Test. 2010 Jan;1(1):2."),
        ({"text": ""}, "Retraction in: doi: 10.1000/n."),
        ({"text": "", "doi": ""}, "Retraction in: PubMed 456."),
        ({"type": "PartialRetractionIn", "doi": ""}, "Partial retraction in: J Test. 2010 Jan;1(1):2."),
    ],
)
def test_a_citation_that_is_read_alone_names_the_notice_and_is_read_back(notice: dict[str, str], words: str) -> None:
    work = WORK | {"notices": [NOTICE | notice]}
    printed = nlm_citation(work, identifiers=("PMID", "PMCID"), notices=True)

    (record,), problems = read(printed, format="nlm-text")

    assert printed == f"{SOURCE} {words} PMID: 123; PMCID: PMC4."
    assert (record.item["PMID"], record.item["PMCID"], problems) == ("123", "PMC4", [])
    assert [each["type"] for each in record.item["custom"]["notices"]] == [work["notices"][0]["type"]]


def test_a_file_of_references_is_printed_with_it_and_our_lists_without() -> None:
    work = WORK | {"notices": [NOTICE, {"type": "CommentIn", "text": "J Test. 2001;1:2"}]}

    (printed,) = printed_records(json.dumps([to_csl(work)]))

    assert printed.citation == f"{SOURCE} Retraction in: J Test. 2010 Jan;1(1):2. doi: 10.1000/n."
    assert nlm_citation(work) == nlm_citation_html(work) == SOURCE


def test_what_a_note_says_already_is_not_said_twice() -> None:
    work = WORK | {"notices": [NOTICE], "notes": ["Retraction in: J Test. 2010."]}

    assert nlm_citation(work, notices=True) == f"{SOURCE} Retraction in: J Test. 2010."
