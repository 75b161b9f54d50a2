"""Every format is recognised by its content and read alike, whatever the bytes look like."""

import codecs
import io
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import pytest

from references.csl import from_csl
from references.formats.reading import read_references
from references.formats.recognising import recognise
from references.formats.records import Record
from tests.references.formats.samples import (
    BIBTEX,
    CSL_JSON,
    NBIB,
    PUBMED_XML,
    RIS,
    SAME,
    SAMPLES,
    item,
    messages,
    read,
)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_format_is_recognised_by_its_content(name: str) -> None:
    assert recognise(SAMPLES[name]) == name
    assert read(SAMPLES[name])[0][0].format == name


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_reference_means_the_same_in_every_format(name: str) -> None:
    found = item(SAMPLES[name])

    author = [one for one in found["author"] if "literal" not in one]
    assert {**{key: found[key] for key in SAME}, "author": author, "DOI": found["DOI"]} == {
        **SAME,
        # NLM's own text has its DOI in our spelling already.
        "DOI": "10.1000/test.1" if name == "nlm-text" else "10.1000/Test.1",
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_what_was_read_is_csl_json_that_a_reference_is_made_of(name: str) -> None:
    found = item(SAMPLES[name])

    content = from_csl(json.loads(json.dumps(found)))
    assert (content["issued"], content["DOI"]) == ("2001-10/2001-12", "10.1000/test.1")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_source_is_kept_word_for_word(name: str) -> None:
    (record,), _ = read(SAMPLES[name])

    assert record.source in SAMPLES[name]
    assert "1193" in record.source
    assert SAMPLES[name].split("\n")[record.line - 1].strip() == record.source.split("\n")[0].strip()


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.rstrip().encode(),
        lambda text: b"\n\n  \n" + text.lstrip().encode(),
    ],
    ids=[
        "mark",
        "utf-16-le",
        "utf-16-be",
        "no mark le",
        "no mark be",
        "windows",
        "old mac",
        "no last line",
        "empty lines",
    ],
)
@pytest.mark.parametrize("name", SAMPLES)
def test_bytes_of_every_usual_kind_give_the_same_item(name: str, encode: Any) -> None:
    assert item(encode(SAMPLES[name])) == item(SAMPLES[name])


@pytest.mark.parametrize("name", SAMPLES)
def test_letters_of_windows_1252_are_read_and_named_by_line(name: str) -> None:
    text = SAMPLES[name].replace("With a", "Größe – a").replace("\n      question?", " question?")

    records, problems = read(text.encode("cp1252"))

    line = text[: text.index("Größe")].count("\n") + 1
    assert records[0].item["title"] == "A title. Größe – a question?"
    assert messages(problems) == [(line, "Not UTF-8 from this line on: such bytes are read as Windows-1252.")]


def test_lines_of_both_encodings_in_one_file_are_read_alike() -> None:
    mixed = RIS.replace("With a", "Größe").encode() + RIS.replace("With a", "Größe").encode("latin-1")

    records, _ = read(mixed)

    assert [one.item["title"] for one in records] == ["A title. Größe question?"] * 2


def test_an_xml_declaration_of_an_old_encoding_counts() -> None:
    declared = PUBMED_XML.replace('"1.0"', '"1.0" encoding="ISO-8859-1"').replace("With a", "Größe")

    assert item(declared.encode("latin-1"))["title"] == "A title. Größe question?"


def test_a_format_that_is_named_is_taken_at_its_word() -> None:
    records, _ = read("AU  - Test, A\nTI  - A title\n", format="nbib")

    assert records[0].item["title"] == "A title"


def test_a_tag_of_one_format_inside_of_another_does_not_confuse() -> None:
    assert recognise("@article{a, abstract = {\nTY  - JOUR\n}}") == "bibtex"
    assert recognise("TY  - JOUR\nAB  - see\n@article{a,\nER  - ") == "ris"
    assert recognise("[Not available]. J Test. 2001;12:1-9.") == "nlm-text"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "There is nothing to read: the text is empty."),
        (" \n\n", "There is nothing to read: the text is empty."),
        ("A letter to a friend.", "The format was not recognised."),
        ("<html><body>Not found</body></html>", "The format was not recognised."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "The format was not recognised."),
    ],
)
def test_what_is_no_file_of_references_is_refused_with_a_sentence(source: str | bytes, message: str) -> None:
    records, problems = read(source)

    assert (records, len(problems)) == ([], 1)
    assert problems[0].message.startswith(message)


BROKEN = {
    "nbib": NBIB + "\nthis is no field\n" + NBIB,
    "pubmed-xml": PUBMED_XML.replace("</Volume>", "</Wolume>", 1) + PUBMED_XML,
    "ris": RIS.removesuffix("ER  - \n") + RIS,
    "bibtex": BIBTEX.replace("}\n}\n", "}\n") + BIBTEX,
    "csl-json": CSL_JSON.rstrip().removesuffix("]").replace('"volume": 12,', '"volume" 12,')
    + ","
    + CSL_JSON.lstrip()[1:],
    "nlm-text": "This is no citation at all.\n\n" + SAMPLES["nlm-text"],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_record_costs_no_other_one(name: str) -> None:
    records, problems = read(BROKEN[name])

    assert problems
    assert records[-1].item == item(SAMPLES[name]) | ({"id": records[-1].item["id"]})


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_off_anywhere_gives_what_stands_before(name: str) -> None:
    text = SAMPLES[name] + "\n\n" + SAMPLES[name]
    whole = item(SAMPLES[name])

    for at in range(len(SAMPLES[name]) + 2, len(text), 23):
        records, _ = read(text[:at])
        assert records[0].item == whole


class Endless(io.RawIOBase):
    """Gives the same bytes again and again, so that a long file needs no disk."""

    def __init__(self, block: bytes, times: int) -> None:
        super().__init__()
        self.left = times
        self.block = block

    def read(self, size: int = -1) -> bytes:
        self.left -= 1
        return self.block if self.left >= 0 else b""


def many(name: str) -> Iterator[Record]:
    block = SAMPLES[name].strip().encode() + b"\n\n"
    if name == "csl-json":
        block = CSL_JSON.strip().strip("[]").encode() + b","
    for one in read_references(cast("BinaryIO", Endless(block * 40, 20)), format=name):
        assert isinstance(one, Record)
        yield one


@pytest.mark.parametrize("name", SAMPLES)
def test_a_long_file_is_read_in_the_memory_of_a_few_records(name: str) -> None:
    tracemalloc.start()
    count = sum(1 for _ in many(name))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 800
    assert peak < 3_000_000
