"""Between CSL-JSON files and the content of a reference, with nothing of ours lost on the way there and back.

What CSL 1.0.2 has a standard variable for goes there: the electronic date into "available-date", PMID and PMCID into
their own. Our notes are a list ("Review.", "No abstract available.") and stand under "custom", the object that the
CSL-JSON schema keeps for such things, because "note" is one string in which the list could not be told apart again.
A date that is not finished in a draft is carried as "raw". Empty fields are left out, and so are empty parts of a
name; the particles of a name ("van") become part of the family name, where citation processors find them too.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.identifiers import parse_doi, parse_pmcid, parse_pmid

_TEXTS = {
    "title": "title",
    "container_title": "container-title",
    "container_title_short": "container-title-short",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
}
_DATES = {"issued": "issued", "epub": "available-date"}
_IDENTIFIERS: dict[str, Callable[[str], str]] = {"DOI": parse_doi, "PMID": parse_pmid, "PMCID": parse_pmcid}
_NAME_PARTS = ("family", "given", "suffix", "literal")
_KNOWN = {"id", "type", "author", "note", "custom", *_TEXTS.values(), *_DATES.values(), *_IDENTIFIERS}


def from_csl(item: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a reference, all keys present; ValueError with a sentence that names the entry when it is unfit.

    Identifiers are put into our spelling where they are recognised and kept as they stand where they are not, so
    that the checks of the bibliography can name them.
    """
    key = _text(item.get("id"))
    if not key or not _text(item.get("type")):
        raise ValueError(f"The entry “{key or _text(item.get('title'))}” needs both an “id” and a “type”.")
    try:
        dates = {ours: _date_from(item.get(theirs)) for ours, theirs in _DATES.items()}
    except ValueError as error:
        raise ValueError(f"A date of the entry “{key}” cannot be read. {error}") from error
    texts = {ours: _text(item.get(theirs)) for ours, theirs in _TEXTS.items()}
    lines = [] if item.get("note") is None else _text(item["note"]).split("\n")
    return {
        "key": key,
        "type": _text(item["type"]),
        "author": [name for name in map(_author_from, _list(item.get("author"))) if name],
        "title": texts["title"],
        "container_title": texts["container_title"],
        "container_title_short": texts["container_title_short"],
        "issued": dates["issued"],
        "volume": texts["volume"],
        "issue": texts["issue"],
        "page": texts["page"],
        "epub": dates["epub"],
        **{name: _identifier(item, name, lines) for name in _IDENTIFIERS},
        "notes": _notes_from(item, lines),
    }


def to_csl(reference: Mapping[str, Any]) -> dict[str, Any]:
    """The CSL-JSON item of a reference, in a fixed order of keys, so that the same content gives the same bytes."""
    item: dict[str, Any] = {
        "id": reference["key"],
        "type": reference["type"],
        "author": [_author_to(author) for author in reference["author"]],
    }
    item |= {theirs: reference[ours] for ours, theirs in _TEXTS.items()}
    item |= {theirs: _date_to(reference[ours]) for ours, theirs in _DATES.items()}
    item |= {name: reference[name] for name in _IDENTIFIERS}
    item["custom"] = {"notes": list(reference["notes"])} if reference["notes"] else {}
    return {name: value for name, value in item.items() if value}


def fields_without_a_place(item: Mapping[str, Any]) -> list[str]:
    """The names of the fields of a CSL-JSON item that a reference cannot hold, for the report of an import."""
    extra = [f"custom.{name}" for name in _custom(item) if name != "notes"]
    return sorted(name for name in item if name not in _KNOWN) + sorted(extra)


def read_bibliography(text: str) -> list[dict[str, Any]]:
    """The references of a CSL-JSON file; ValueError with a sentence when it is none or an entry is unfit."""
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"The bibliography is not JSON: line {error.lineno}, {error.msg}.") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("A bibliography in CSL-JSON is a list of entries, each an object.")
    return [from_csl(item) for item in items]


def write_bibliography(references: Iterable[Mapping[str, Any]]) -> str:
    """The CSL-JSON file of the references in the order given; reading it and writing it again gives the same bytes."""
    return json.dumps([to_csl(reference) for reference in references], ensure_ascii=False, indent=2) + "\n"


def _text(value: object) -> str:
    text = "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [value] if value else []


def _author_from(name: Any) -> dict[str, str]:
    if not isinstance(name, Mapping):
        return {"literal": _text(name)}
    particles = (name.get(part) for part in ("dropping-particle", "non-dropping-particle", "family"))
    family = " ".join(_text(part) for part in particles if part)
    person = {"family": family, "given": _text(name.get("given")), "suffix": _text(name.get("suffix"))}
    if not person["family"] and not person["given"]:
        person = {"literal": _text(name.get("literal"))}
    return {part: text for part, text in person.items() if text}


def _author_to(author: Mapping[str, str]) -> dict[str, str]:
    return {part: author[part] for part in _NAME_PARTS if author.get(part)}


def _date_from(value: Any) -> str:
    if not isinstance(value, Mapping):
        return _text(value)
    written = value.get("edtf") or value.get("raw") or value.get("literal")
    if value.get("date-parts") or not written:
        return str(PartialDate.from_csl(value)) if value else ""
    return _text(written)


def _date_to(text: str) -> dict[str, Any]:
    try:
        return PartialDate.parse(text).to_csl()
    except ValueError:
        return {"raw": text} if text else {}


def _identifier(item: Mapping[str, Any], name: str, lines: list[str]) -> str:
    """The identifier of that name, else the one that reference managers leave in a line "PMID: …" of the note."""
    found = _text(item.get(name)) or next((line for line in lines if line.startswith(f"{name}:")), "")
    try:
        return _IDENTIFIERS[name](found)
    except ValueError:
        return found


def _notes_from(item: Mapping[str, Any], lines: list[str]) -> list[str]:
    named = tuple(f"{name}:" for name in _IDENTIFIERS if not item.get(name))
    rest = [line for line in lines if not line.startswith(named)] if named else lines
    notes = [_text(note) for note in [*_list(_custom(item).get("notes")), *rest]]
    return [note for note in notes if note]


def _custom(item: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = item.get("custom")
    return custom if isinstance(custom, Mapping) else {}
