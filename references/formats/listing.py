"""The citations of a whole CSL-JSON file, one line each, whatever its records are like."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from references.csl import work_from_csl
from references.formats.csl_values import VARIABLES, put_values
from references.formats.labels import without_labels
from references.formats.preprints import as_preprint
from references.formats.records import Reading
from references.formatting import nlm_citation

# What would break the line, or show it in another order than it is written: controls and explicit directions (UAX 9).
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]+")


class Printed(NamedTuple):
    """What a record came to: its number from 1, its citation or the sentence that says why there is none, and remarks.

    A remark names what was left out of the citation because it could not be read.
    """

    number: int
    citation: str = ""
    problem: str = ""
    remarks: tuple[str, ...] = ()


def printed_records(text: str, *, identifiers: Collection[str] = ("DOI",)) -> Iterator[Printed]:
    """Each record of a CSL-JSON file in order; ValueError with a sentence when the text is no such file.

    A list of items is taken, an object that holds one under "records" or "items", or one item alone.
    """
    for number, item in enumerate(_items(text), start=1):
        try:
            yield _printed(number, item, identifiers)
        except ValueError as error:
            yield Printed(number, problem=_one_line(str(error)))


def _items(text: str) -> list[Any]:
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"This is not JSON: line {error.lineno}, {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise ValueError("This JSON is nested too deeply or holds a number too long to be read.") from error
    if isinstance(loaded, dict):
        loaded = next((loaded[name] for name in ("records", "items") if isinstance(loaded.get(name), list)), [loaded])
    if not isinstance(loaded, list):
        raise ValueError("References in CSL-JSON are a list of records, each an object.")
    return loaded


def _printed(number: int, item: Any, identifiers: Collection[str]) -> Printed:
    """The record printed as the import reads it; fields that are not variables of CSL are nothing to print."""
    if not isinstance(item, Mapping):
        raise ValueError("It is not an object with the fields of a reference.")
    if not item.get("type"):
        raise ValueError("It has no “type”, so nobody can say how it is printed.")
    reading = Reading(number)
    put_values(reading, {name: value for name, value in item.items() if name in VARIABLES})
    read = as_preprint(without_labels(reading.item))
    content = work_from_csl(read, name=str(read.get("id") or read.get("title") or ""))
    content["DOI"] = _in_its_capitals(content["DOI"], read.get("DOI"))
    citation = _one_line(nlm_citation(content, identifiers=identifiers, notices=True))
    remarks = tuple(_one_line(remark) for _, remark in reading.remarks)
    problem = "" if citation else "It holds nothing that can be printed."
    return Printed(number, citation, problem, remarks if citation else ())


def _in_its_capitals(doi: str, written: Any) -> str:
    """The DOI in the capitals in which the record writes it, which mean nothing but are what its source prints."""
    text = str(written or "").strip()
    return text[-len(doi) :] if doi and text.lower().endswith(doi) else doi


def _one_line(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", text).split())
