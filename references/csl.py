"""Between CSL-JSON files and the content of a reference, with nothing of ours lost on the way there and back.

What CSL 1.0.2 has a standard variable for goes there: the electronic date into "available-date", PMID and PMCID into
their own. What it has none for stands under "custom", the object that the CSL-JSON schema keeps for such things: our
notes, because "note" is one string in which the list could not be told apart again, PubMed's publication types and
linked notices, the line of the source, and when a chapter was updated and its book began (EDTF). How a work stands goes
into "note", which other programs show, and under "custom", by which our own reader knows that those lines are no notes.
A date that is not finished in a draft is carried as "raw". Empty fields are left out, and so are empty parts of a name;
the particles of a name ("van") become part of the family name, where citation processors find them too.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.identifiers import parse_doi, parse_isbn, parse_issn, parse_pmcid, parse_pmid
from references.shape import (
    BASE,
    DATES,
    LINES,
    LISTS,
    NOTICE,
    NUMBER_LISTS,
    OWN_DATES,
    OWN_LINES,
    PEOPLE,
    PERSON,
    SOURCE_LINE,
    with_particles,
)

_CUSTOM_LINES = (*OWN_LINES, *OWN_DATES, SOURCE_LINE)
_TEXTS = {name: name.replace("_", "-") for name in (*LINES, "URL", "abstract") if name not in _CUSTOM_LINES}
_DATES = {name: name.replace("_", "-") for name in DATES if name not in OWN_DATES} | {"epub": "available-date"}
_IDENTIFIERS: dict[str, Callable[[str], str]] = {"DOI": parse_doi, "PMID": parse_pmid, "PMCID": parse_pmcid}
_NUMBER_LISTS: dict[str, Callable[[str], str]] = dict(zip(NUMBER_LISTS, (parse_isbn, parse_issn), strict=True))
_CUSTOM = frozenset({*LISTS, *_CUSTOM_LINES, "notices", "standing"})
# Names that CSL 1.0.1 had, or that programs write for what CSL calls otherwise.
_ELSEWHERE = {"event_title": "event", "edition": "version", "container_title_short": "journalAbbreviation"}
_KNOWN = {"id", "type", "note", "custom"}.union(
    PEOPLE, _TEXTS.values(), _DATES.values(), _IDENTIFIERS, _NUMBER_LISTS, _ELSEWHERE.values()
)


def from_csl(item: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a reference; ValueError with a sentence that names the entry when it is unfit.

    Identifiers are put into our spelling where they are recognised and kept as they stand where they are not, so
    that the checks of the bibliography can name them.
    """
    key = text_of(item.get("id"))
    if not key or not text_of(item.get("type")):
        raise ValueError(f"The entry “{key or text_of(item.get('title'))}” needs both an “id” and a “type”.")
    return {"key": key, **work_from_csl(item, name=key)}


def work_from_csl(item: Mapping[str, Any], *, name: str) -> dict[str, Any]:
    """The content without its key, for an item that need not have one; `name` is what a ValueError calls it."""
    try:
        dates = {ours: _date_from(item.get(theirs)) for ours, theirs in _DATES.items()}
    except ValueError as error:
        raise ValueError(f"A date of the entry “{name}” cannot be read. {error}") from error
    custom = _custom(item)
    lines = own_notes([] if item.get("note") is None else text_of(item["note"]).split("\n"), custom)
    content = {
        "type": text_of(item.get("type")),
        **{people: [each for each in map(_person_from, _list(item.get(people))) if each] for people in PEOPLE},
        **{ours: text_of(item.get(theirs) or item.get(_ELSEWHERE.get(ours, ""))) for ours, theirs in _TEXTS.items()},
        **dates,
        **{scheme: _identifier(item, scheme, lines) for scheme in _IDENTIFIERS},
        **{scheme: _numbers_from(item.get(scheme), parse) for scheme, parse in _NUMBER_LISTS.items()},
        **{line: text_of(custom.get(line)) for line in _CUSTOM_LINES},
        "publication_types": _texts(custom.get("publication_types")),
        "notices": [notice for notice in map(_notice_from, _list(custom.get("notices"))) if notice],
        "notes": _notes_from(item, lines),
    }
    return {ours: value for ours, value in content.items() if value or ours in BASE}


def to_csl(reference: Mapping[str, Any]) -> dict[str, Any]:
    """The CSL-JSON item of a reference, in a fixed order of keys, so that the same content gives the same bytes."""
    item: dict[str, Any] = {"id": reference["key"], "type": reference["type"]}
    item |= {people: [_person_to(person) for person in reference.get(people, ())] for people in PEOPLE}
    item |= {theirs: reference.get(ours) for ours, theirs in _TEXTS.items()}
    item |= {theirs: _date_to(reference.get(ours, "")) for ours, theirs in _DATES.items()}
    item |= {scheme: reference.get(scheme) for scheme in _IDENTIFIERS}
    item |= {scheme: " ".join(reference.get(scheme, ())) for scheme in _NUMBER_LISTS}
    item["note"] = "\n".join(reference.get("standing", ()))
    item["custom"] = {name: reference[name] for name in sorted(_CUSTOM) if reference.get(name)}
    if "notices" in item["custom"]:
        item["custom"]["notices"] = [_notice_from(notice) for notice in reference["notices"]]
    return {name: value for name, value in item.items() if value}


def own_notes(lines: Iterable[str], custom: Mapping[str, Any]) -> list[str]:
    """The lines of a note without those that say how a work stood when it was written."""
    standing = _texts(custom.get("standing"))
    return [line for line in lines if line not in standing]


def fields_without_a_place(item: Mapping[str, Any]) -> list[str]:
    """The names of the fields of a CSL-JSON item that a reference cannot hold, for the report of an import."""
    extra = [f"custom.{name}" for name in _custom(item) if name not in _CUSTOM]
    return sorted(name for name in item if name not in _KNOWN) + sorted(extra)


def read_bibliography(text: str) -> list[dict[str, Any]]:
    """The references of a CSL-JSON file; ValueError with a sentence when it is none or an entry is unfit."""
    return [from_csl(item) for item in items_of(text)]


def items_of(text: str) -> list[dict[str, Any]]:
    """The items of a CSL-JSON file as they stand; ValueError with a sentence when it is none."""
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"The bibliography is not JSON: line {error.lineno}, {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise ValueError("The bibliography is nested too deeply or holds a number too long to be read.") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("A bibliography in CSL-JSON is a list of entries, each an object.")
    return items


def text_of(value: object) -> str:
    """The text that a value is: other programs write numbers, and Crossref lists with one text; "" for what is none."""
    while isinstance(value, list):
        value = value[0] if value else ""
    none = value is None or isinstance(value, Mapping | bool)
    text = "" if none else str(value).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def write_bibliography(references: Iterable[Mapping[str, Any]]) -> str:
    """The CSL-JSON file of the references in the order given; reading it and writing it again gives the same bytes."""
    return json.dumps([to_csl(reference) for reference in references], ensure_ascii=False, indent=2) + "\n"


def _texts(value: Any) -> list[str]:
    return [text for text in map(text_of, _list(value)) if text]


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [value] if value else []


def _person_from(name: Any) -> dict[str, str]:
    if not isinstance(name, Mapping):
        return {"literal": text_of(name)} if text_of(name) else {}
    particles = (name.get(part) for part in ("dropping-particle", "non-dropping-particle", "family"))
    family = with_particles(text_of(part) for part in particles if part)
    person = {"family": family, "given": text_of(name.get("given")), "suffix": text_of(name.get("suffix"))}
    if not person["family"] and not person["given"]:
        person = {"literal": text_of(name.get("literal"))}
    return {part: text for part, text in person.items() if text}


def _person_to(person: Mapping[str, str]) -> dict[str, str]:
    return {part: person[part] for part in PERSON if person.get(part)}


def _notice_from(notice: Any) -> dict[str, str]:
    if not isinstance(notice, Mapping):
        return {"text": text_of(notice)} if text_of(notice) else {}
    return {part: text for part in NOTICE if (text := text_of(notice.get(part)))}


def _numbers_from(value: Any, parse: Callable[[str], str]) -> list[str]:
    """The numbers of a list, or of a text in which they stand one after the other; what is none stays as it is."""
    found = []
    for text in _texts(value):
        try:
            found.append(parse(text))
        except ValueError:
            found += [_as_parsed(word, parse) for word in text.replace(",", " ").replace(";", " ").split()]
    return list(dict.fromkeys(found))


def _as_parsed(word: str, parse: Callable[[str], str]) -> str:
    try:
        return parse(word)
    except ValueError:
        return word


def _date_from(value: Any) -> str:
    if not isinstance(value, Mapping):
        return text_of(value)
    written = value.get("edtf") or value.get("raw") or value.get("literal")
    if value.get("date-parts") or not written:
        return str(PartialDate.from_csl(value)) if value else ""
    return text_of(written)


def _date_to(text: str) -> dict[str, Any]:
    try:
        return PartialDate.parse(text).to_csl()
    except ValueError:
        return {"raw": text} if text else {}


def _identifier(item: Mapping[str, Any], name: str, lines: list[str]) -> str:
    """The identifier of that name, else the one that reference managers leave in a line "PMID: …" of the note."""
    found = text_of(item.get(name)) or next((line for line in lines if line.startswith(f"{name}:")), "")
    try:
        return _IDENTIFIERS[name](found)
    except ValueError:
        return found


def _notes_from(item: Mapping[str, Any], lines: list[str]) -> list[str]:
    named = tuple(f"{name}:" for name in _IDENTIFIERS if not item.get(name))
    rest = [line for line in lines if not line.startswith(named)] if named else lines
    return _texts([*_list(_custom(item).get("notes")), *rest])


def _custom(item: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = item.get("custom")
    return custom if isinstance(custom, Mapping) else {}
