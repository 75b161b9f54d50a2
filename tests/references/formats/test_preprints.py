"""Preprints are read as such, whatever the program that wrote them calls them."""

import json
from typing import Any

import pytest

from references.fitting import fitted
from references.formatting import nlm_citation
from tests.references.formats.samples import read

MEDRXIV = "publisher={Cold Spring Harbor Laboratory}, doi={10.1101/2020.05.01.1}"
WORK: dict[str, Any] = {
    "type": "article-journal",
    "title": "A title",
    "author": [{"family": "Test", "given": "A"}],
    "issued": {"date-parts": [[2020]]},
}


def printed(source: str) -> str:
    records, _ = read(source)
    content = fitted(records[0].item).content
    return nlm_citation(content or {}, identifiers=("DOI",)).removeprefix("Test A. A title. ")


def bibtex(fields: str, kind: str = "article") -> str:
    return f"@{kind}{{a, title={{A title}}, author={{Test, A.}}, year={{2020}}, {fields}}}"


@pytest.mark.parametrize(
    ("source", "citation"),
    [
        (bibtex(f"journal={{medRxiv}}, {MEDRXIV}"), "medRxiv [Preprint]. 2020. doi: 10.1101/2020.05.01.1."),
        (
            bibtex(f"{MEDRXIV}, url={{https://www.biorxiv.org/content/early/2020/05/01/1}}", "misc"),
            "bioRxiv [Preprint]. 2020. doi: 10.1101/2020.05.01.1.",
        ),
        (
            bibtex("journal={arXiv preprint arXiv:2101.00001}"),
            "arXiv [Preprint]. 2020. doi: 10.48550/arxiv.2101.00001.",
        ),
        (
            bibtex("eprint={2101.00001}, archiveprefix={arXiv}", "misc"),
            "arXiv [Preprint]. 2020. doi: 10.48550/arxiv.2101.00001.",
        ),
        (
            bibtex("journal={CoRR}, volume={abs/2101.00001}"),
            "arXiv [Preprint]. 2020. doi: 10.48550/arxiv.2101.00001.",
        ),
        (
            "TY  - JOUR\nAU  - Test, A\nTI  - A title\nT2  - Research Square\nPY  - 2020\n"
            "DO  - 10.21203/rs.3.rs-1/v1\nER  - \n",
            "Research Square [Preprint]. 2020. doi: 10.21203/rs.3.rs-1/v1.",
        ),
        (
            json.dumps([WORK | {"container-title": "SSRN Electronic Journal", "DOI": "10.2139/ssrn.1"}]),
            "SSRN [Preprint]. 2020. doi: 10.2139/ssrn.1.",
        ),
        (json.dumps([WORK | {"DOI": "10.31234/osf.io/a"}]), "PsyArXiv [Preprint]. 2020. doi: 10.31234/osf.io/a."),
        ("Test A. A title. medRxiv. 2020 Mar 5:12.", "medRxiv [Preprint]. 2020 Mar 5:12."),
    ],
)
def test_a_preprint_says_that_it_is_one(source: str, citation: str) -> None:
    assert printed(source) == citation


@pytest.mark.parametrize(
    ("source", "citation"),
    [
        (
            bibtex("journal={Genome Res}, volume={3}, doi={10.1101/gr.1.01}"),
            "Genome Res. 2020;3. doi: 10.1101/gr.1.01.",
        ),
        (
            bibtex(f"journal={{J Test}}, eprint={{2101.00001}}, archiveprefix={{arXiv}}, {MEDRXIV}"),
            "J Test. 2020. doi: 10.1101/2020.05.01.1.",
        ),
        (json.dumps([WORK | {"DOI": "10.1101/gr.1.01"}]), "2020. doi: 10.1101/gr.1.01."),
    ],
)
def test_an_article_of_a_journal_stays_one(source: str, citation: str) -> None:
    assert printed(source) == citation
