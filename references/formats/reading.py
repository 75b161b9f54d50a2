"""Files of references of any known format, read record by record in bounded memory.

Nothing is written and nothing is fetched: bytes in, records and problems out.
"""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from references.formats.bibtex import read_bibtex
from references.formats.csl_json import read_csl_json
from references.formats.labels import without_labels
from references.formats.nbib import read_nbib
from references.formats.nlm_list import read_nlm_text
from references.formats.preprints import as_preprint
from references.formats.pubmed_xml import read_pubmed_xml
from references.formats.recognising import recognise
from references.formats.records import Problem, Reading, Record, holds_something
from references.formats.ris import read_ris
from references.formats.text import Text

READERS: dict[str, Callable[[Text], Iterator[Reading]]] = {
    "nbib": read_nbib,
    "pubmed-xml": read_pubmed_xml,
    "ris": read_ris,
    "bibtex": read_bibtex,
    "csl-json": read_csl_json,
    "nlm-text": read_nlm_text,
}
_UNKNOWN = (
    "The format was not recognised. Read are MEDLINE (nbib), PubMed XML, RIS, BibTeX, CSL-JSON, and citations as NLM "
    "prints them; if it is one of these, name it."
)


def read_references(stream: BinaryIO, *, format: str | None = None) -> Iterator[Record | Problem]:
    """The records of a stream of bytes in their order, and after each what was not understood in it.

    The format, one of `READERS`, is recognised by the beginning of the text when none is given. A problem carries the
    number of the record that it is about, or None when what it is about became no record. The stream is read as the
    records are taken, and not closed.
    """
    text = Text(stream)
    name = format or recognise(text.head)
    if name is None:
        yield Problem(None, 1, _UNKNOWN if text.head.strip() else "There is nothing to read: the text is empty.")
        return
    number = 0
    for reading in READERS[name](text):
        said = _said(text)
        if holds_something(reading.item):
            number += 1
            yield Record(
                number, reading.line, _named(as_preprint(without_labels(reading.item)), number), reading.source, name
            )
            yield from (Problem(number, line, message) for line, message in reading.remarks)
        else:
            yield from _lost(reading)
        yield from said
    yield from _said(text)


def _named(item: dict[str, Any], number: int) -> dict[str, Any]:
    """The item, first of all with what its source calls it: its key, else its PMID or DOI, else its number."""
    name = item.get("id") or item.get("PMID") or item.get("DOI") or str(number)
    return {"id": name, "type": item.get("type", "document")} | item | {"id": name}


def _lost(reading: Reading) -> Iterator[Problem]:
    if not reading.remarks:
        reading.remark("This record holds nothing that could be read.")
    yield from (Problem(None, line, message) for line, message in reading.remarks)


def _said(text: Text) -> list[Problem]:
    """What there is to say about the text itself since the last time."""
    said = [Problem(None, line, message) for line, message in text.remarks]
    text.remarks.clear()
    return said
