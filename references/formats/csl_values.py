"""The variables of CSL-JSON as other programs write them, brought into one shape."""

from collections.abc import Mapping
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.csl import own_notes, text_of
from references.formats.dates import csl_date, is_understood
from references.formats.kept_by_programs import for_readers
from references.formats.names import inverted_name
from references.formats.records import Reading
from references.formats.told_apart import people_in
from references.formats.values import put_identifier, storable, tidy
from references.shape import with_particles

_DATES = frozenset({"accessed", "available-date", "event-date", "issued", "original-date", "submitted"})
# Crossref's own, beside "issued", which is the earlier one of the two.
_BY_CROSSREF = frozenset({"published-print", "published-online", "published"})
_NAMES_LISTED = """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer series-creator translator
"""
_NAMES = frozenset(_NAMES_LISTED.split())
_TEXTS_LISTED = """
    abstract annote archive archive-place archive_collection archive_location authority call-number chapter-number
    citation-key citation-label citation-number collection-number collection-title container-title
    container-title-short dimensions division edition event event-place event-title first-reference-note-number
    genre ISBN ISSN issue journalAbbreviation jurisdiction keyword language locator medium number number-of-pages
    number-of-volumes original-publisher original-publisher-place original-title page page-first part-number
    part-title printing-number publisher publisher-place references reviewed-genre reviewed-title scale section
    shortTitle source status supplement-number title title-short URL version volume volume-title volume-title-short
    year-suffix
"""
_TEXTS = frozenset(_TEXTS_LISTED.split())
_OTHER_NAMES = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short", "event": "event-title"}
_IDENTIFIERS = ("DOI", "PMID", "PMCID")
VARIABLES = (
    frozenset({"id", "type", "note", "categories", "custom", *_IDENTIFIERS}) | _DATES | _BY_CROSSREF | _NAMES | _TEXTS
)
_NAME_PARTS = ("given", "suffix", "literal")


def put_values(reading: Reading, entry: Any) -> None:
    """Take over the variables of an entry; those that CSL does not know are named and stay in the source."""
    if not isinstance(entry, Mapping) or not entry:
        reading.remark("The entry holds nothing.")
        return
    item = reading.item
    for name, value in entry.items():
        kept = _value(reading, name, value)
        if kept not in ("", None, [], {}):
            item[str(_OTHER_NAMES.get(name, name))] = kept
    _put_dates_of_crossref(item)
    for name in _IDENTIFIERS:
        put_identifier(reading, name, _text(entry.get(name)))
    _put_note(reading, _text_lines(entry.get("note")))
    if not item.get("type"):
        item["type"] = "document"
        reading.remark("The entry has no type.")


def _put_dates_of_crossref(item: dict[str, Any]) -> None:
    """What was printed is dated by its print, and has the other date as its electronic one; as in a look-up."""
    printed, online, published = (item.pop(f"published{end}", None) for end in ("-print", "-online", ""))
    if issued := printed or item.get("issued") or published or online:
        item["issued"] = issued
    if printed and online:
        item.setdefault("available-date", online)


def _value(reading: Reading, name: str, value: Any) -> Any:
    if name in _DATES or name in _BY_CROSSREF:
        return _date(reading, name, value)
    if name in _NAMES:
        return _people(reading, name, value)
    if name in _TEXTS or name in {"id", "type"}:
        if isinstance(value, Mapping | bool):
            reading.remark(f"What stands in “{name}” is no text and was left out.")
        return _text(value)
    if name in {"categories", "custom"}:
        return _clean(value)
    if name not in {*_IDENTIFIERS, "note"}:
        reading.remark(f"“{tidy(name)[:60]}” is not a variable of CSL; it was not read.")
    return None


def _text(value: Any) -> str:
    return tidy(text_of(value))


def _text_lines(value: Any) -> list[str]:
    return [line for part in str(value).split("\n") if (line := tidy(part))] if isinstance(value, str) else []


def _put_note(reading: Reading, lines: list[str]) -> None:
    """Keep the lines of a note, after the identifiers that reference managers leave in it as "PMID: …"."""
    custom = reading.item.get("custom")
    custom = dict(custom) if isinstance(custom, Mapping) else {}
    notes = []
    for line in for_readers(reading, own_notes(lines, custom)):
        name, colon, value = line.partition(":")
        if colon and name in _IDENTIFIERS and name not in reading.item:
            put_identifier(reading, name, value.strip())
        else:
            notes.append(line)
    if notes:
        before = custom.get("notes")
        reading.item["custom"] = custom | {"notes": [*(before if isinstance(before, list) else []), *notes]}


def _people(reading: Reading, name: str, value: Any) -> list[dict[str, str]]:
    people = [person for one in _listed(value) for person in _people_of(reading, one)]
    if not all(people):
        reading.remark(f"A name in “{name}” is empty or no name and was left out.")
    return [one for one in people if one]


def _people_of(reading: Reading, name: Any) -> list[dict[str, str]]:
    if isinstance(name, str):
        return people_in(reading, tidy(name), inverted_name) if tidy(name) else [{}]
    return [_person(name)]


def _person(name: Any) -> dict[str, str]:
    """A name in our parts: particles stand in the family name, where citation processors find them too."""
    if not isinstance(name, Mapping):
        return {}
    particles = (_text(name.get(part)) for part in ("dropping-particle", "non-dropping-particle", "family"))
    person = {"family": with_particles(part for part in particles if part)}
    person |= {part: _text(name.get(part)) for part in _NAME_PARTS}
    if person["given"] and not (person["family"] or person["literal"]):
        # A single name; PubMed keeps it as a family name.
        person |= {"family": person["given"], "given": ""}
    if not person["literal"]:
        person["literal"] = "" if person["family"] else _text(name.get("name"))
    return {part: text for part, text in person.items() if text}


def _date(reading: Reading, name: str, value: Any) -> dict[str, Any]:
    date = _date_of(value)
    if not is_understood(date):
        reading.remark(f"The date “{date['literal'][:60]}” in “{name}” was not read whole.")
    return date


def _date_of(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return csl_date(_text(value))
    written = _text(value.get("edtf")) or _text(value.get("raw")) or _text(value.get("literal"))
    points = [point for point in _listed(value.get("date-parts")) if any(_listed(point))]
    if not points:
        return csl_date(written)
    try:
        parts = [[int(number) for number in point if number not in (None, "")] for point in points]
        wanted = {"date-parts": parts} | ({"season": value["season"]} if value.get("season") else {})
        return PartialDate.from_csl(wanted).to_csl() | ({"circa": True} if value.get("circa") else {})
    except (TypeError, ValueError, OverflowError):
        return csl_date(written or "/".join("-".join(map(_text, _listed(point))) for point in points))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _clean(value: Any) -> Any:
    """The same value with every text in it fit to be stored."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, Mapping):
        return {storable(str(name)): _clean(one) for name, one in value.items()}
    return value
