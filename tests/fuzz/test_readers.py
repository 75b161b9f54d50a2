"""Whatever the bytes, every reader ends and gives what can be stored, in steps that grow with their number."""

import io
import json
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references.formats.reading import READERS, read_references
from references.formats.records import Record
from tests.fuzz.counting import steps_of
from tests.references.formats.samples import SAMPLES

PIECES = [
    b"{", b"}", b"\\", b'"', b"@article{a,", b"\n", b"\r\n", b"\r", b"<PubmedArticle>", b"</PubmedArticle>", b"&lol;",
    b"<!ENTITY a 'b'>", b"<![CDATA[", b"<!--", b"TY  - JOUR\n", b"ER  - \n", b"PMID- 1\n", b"\xff", b"\x00",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"[", b"]", b'{"id":1,', b'"\\ud800"', b"1e999", b"NaN", b" and ",
    b"$", b"^{", b"\\textit{", b"\\'", b"9999999999", b"0000", b"2008-02-30", b"(", b"#", b"=", b"@string{", b"--",
    b"1. ", b"2008 Jan;1:1.", b". ", b"<i>", b"\xe2\x80\xa8", b"\xc2\x85", b"\xcc\x81",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sample with stretches left out, repeated, replaced, or taken from another one."""
    source = bytearray(SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))].encode())
    for _ in range(draw(st.integers(1, 6))):
        begin = draw(st.integers(0, len(source)))
        end = begin + draw(st.integers(0, 60))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=6)) * draw(st.sampled_from([1, 1, 1, 2, 40]))
        source[begin:end] = draw(st.sampled_from([b"", piece, piece + bytes(source[begin:end]) * 2]))
    return bytes(source)


def check(source: bytes, name: str | None) -> None:
    last = 0
    for one in read_references(io.BytesIO(source), format=name):
        if isinstance(one, Record):
            text = json.dumps(one.item, ensure_ascii=False, allow_nan=False) + one.source
            assert text.encode()
            assert "\x00" not in one.source
            assert one.item["id"]
            assert one.item["type"]
            assert one.number == last + 1
            last = one.number
        else:
            assert one.message
            assert 1 <= one.line <= source.count(b"\n") + source.count(b"\r") + source.count(b"\x0a\x00") + 1
            assert one.record in {None, last}


@settings(max_examples=150, deadline=None)
@given(mutated(), st.sampled_from([None, None, *READERS]))
def test_no_bytes_break_a_reader(source: bytes, name: str | None) -> None:
    check(source, name)


# Each one once took steps that grew with the square of its length, or longer than its neighbours by far.
FOUND = [
    ("pubmed-xml", "<PubmedArticle><MedlineCitation><Article><ArticleTitle>", "&a;"),
    ("nlm-text", "", "a\n"),
    ("nlm-text", "Test A. T. J. 2001;1:1. ", ".\n"),
    ("bibtex", "@a{b,title={", "{"),
    ("bibtex", "", "\n@a{b,c={"),
    ("bibtex", "@a{b,author={", "a and "),
    ("csl-json", "[", '\n{"id":1,'),
    ("csl-json", "", "["),
    ("ris", "TY  - JOUR\nTI  - ", "a\n"),
    ("nbib", "PMID- 1\nAB  - ", "      a\n"),
]


@pytest.mark.parametrize(("name", "begin", "unit"), FOUND)
def test_twice_the_text_takes_about_twice_the_steps(name: str, begin: str, unit: str) -> None:
    sources = [(begin + unit * times).encode() for times in (300, 600)]

    short, long = (steps_of(partial(check, source, name)) for source in sources)

    assert long < short * 2.6 + 2000


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("unit", ["(", "{", "[", "<", '"', "\\", "A. ", "A B, ", "2001;1(", "- ", "1", "= ", "&", " "])
def test_a_long_run_of_one_sign_ends(name: str, unit: str) -> None:
    check((SAMPLES[name][:200] + unit * 3000).encode(), name)
