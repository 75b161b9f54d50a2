"""Whatever NCBI and Crossref reply, a look-up ends with records that can be kept, or with a sentence."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references.fitting import fitted
from references.formatting import nlm_citation_html
from references.lookup import asked_in, look_up
from references.lookup.asking import Server
from tests.references.lookup.played import RETRACTED, crossref_work, pubmed_record

DOI = "10.1000/xyz.5"
ASKED = asked_in(f"1\nPMC5\n{DOI}")
NOTICES = [{"type": "retraction", "DOI": "10.1000/notice", "updated": {"date-parts": [[2005, 1, 2]]}}]
WORK = crossref_work(DOI, **{"updated-by": NOTICES, "ISSN": ["1234-5679"], "abstract": "<jats:p>Made up.</jats:p>"})
SAMPLES: dict[str, Any] = {
    "/esearch.fcgi": {"header": {"type": "esearch"}, "esearchresult": {"idlist": ["2", "3"]}},
    "": {"status": "ok", "records": [{"requested-id": "PMC5", "pmcid": "PMC5", "pmid": 1, "doi": DOI}]},
    "/works/": {"status": "ok", "message": WORK},
}
XML = f"<PubmedArticleSet>{pubmed_record('1', notices=RETRACTED)}{pubmed_record('2', doi=DOI)}</PubmedArticleSet>"
ODD: list[Any] = [
    *(None, [], {}, "", " ", 0, -1, 1e308, float("nan"), True, [None], [[]], [{}], {"a": None}, [[2001, 99, 99]]),
    *("\ud800", "\x00", "<i>", "</i><script>", "x" * 3000, [[None]], [["2001"]], 10**30, ["\udfff"]),
]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Return every place in a value of JSON at which something stands."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


@st.composite
def replies(draw: st.DrawFn) -> dict[str, bytes]:
    """Return what each server answers: a reply of which parts are odd, or of which bytes were lost."""
    found = {"/efetch.fcgi": XML.encode()}
    for path, sample in SAMPLES.items():
        reply = json.loads(json.dumps(sample))
        for _ in range(draw(st.integers(0, 3))):
            there = list(places(reply))
            holder, key = there[draw(st.integers(0, len(there) - 1))]
            holder[key] = deepcopy(draw(st.sampled_from(ODD)))
        found[path] = json.dumps(reply).encode()
    path = draw(st.sampled_from(sorted(found)))
    begin = draw(st.integers(0, len(found[path])))
    found[path] = found[path][:begin] + draw(st.binary(max_size=3)) + found[path][begin + draw(st.integers(0, 9)) :]
    return found


def looked_up(found: dict[str, bytes]) -> None:
    """Look three works up where the servers answer so, and check what comes of it."""

    def ask(self: Server, path: str, *_: Any, **__: Any) -> bytes:
        return found["/works/" if path.startswith("/works/") else path]

    with patch.object(Server, "ask", ask):
        result = look_up(ASKED)
    assert len(result.records) + len(result.remarks) == len(ASKED)
    for each in result.records:
        assert "\x00" not in each.taken.words
        assert each.taken.words.encode()
        fit = fitted(each.item)
        assert fit.content is None or "<script" not in nlm_citation_html(fit.content)
        assert json.dumps(fit.content, ensure_ascii=False, allow_nan=False).encode()
    assert all(sentence.endswith(".") for _, sentence in result.remarks)


@settings(max_examples=150, deadline=None)
@given(replies())
def test_no_reply_breaks_a_look_up(found: dict[str, bytes]) -> None:
    looked_up(found)


GOOD = {"/efetch.fcgi": XML.encode(), **{path: json.dumps(sample).encode() for path, sample in SAMPLES.items()}}


@pytest.mark.parametrize("path", [*SAMPLES])
@pytest.mark.parametrize("reply", [b"[" * 100_000, b"", b"null", b"[]", b'"a"', b"{}", b"\xff"])
def test_no_reply_of_another_shape_breaks_a_look_up(path: str, reply: bytes) -> None:
    looked_up({**GOOD, path: reply})


@pytest.mark.parametrize("doi", ["\ud800", "10.1000/\ud800", ["10.1000/x"], "no DOI"])
def test_what_is_no_identifier_after_all_is_asked_of_nobody(doi: Any) -> None:
    row = {"requested-id": "PMC5", "pmcid": "PMC5", "pmid": 7, "doi": doi}
    looked_up({**GOOD, "": json.dumps({"status": "ok", "records": [row]}).encode()})
