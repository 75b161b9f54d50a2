"""How the text of a page calls a reference, and what it is known by there."""

from collections.abc import Iterable, Mapping
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.formatting.titles import plain_title
from references.shape import NUMBERS, is_others

_WORDS_IN_LABEL = 6


def short_label(reference: Mapping[str, Any]) -> str:
    """How the text calls a reference: "Goldstein and Fialkow 1973", "Marshall and others 2007"; or its first words."""
    return " ".join(part for part in (name_in_text(reference), _year(reference)) if part)


def name_in_text(reference: Mapping[str, Any]) -> str:
    """How a sentence calls the authors of a reference: "Goldstein and Fialkow", "Marshall and others"; or its title."""
    people = [*reference.get("author", ())] or [*reference.get("editor", ())]
    return _joined(_named(people)) or _first_words(reference)


def known_otherwise(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What changed of what a reference is known by: "short name now “Smyth 2003”, before “Smith 2001”", or ""."""
    then, today = _known_by(before), _known_by(now)
    return "; ".join(
        f"{name} now {_quoted(value)}, before {_quoted(then[name])}"
        for name, value in today.items()
        if value != then[name]
    )


def _known_by(reference: Mapping[str, Any]) -> dict[str, str]:
    named = {"short name": short_label(reference), "title": plain_title(reference)}
    return named | {name: str(reference.get(name) or "") for name in NUMBERS}


def _quoted(value: str) -> str:
    return f"“{value}”" if value else "none"


def _named(people: Iterable[Mapping[str, str]]) -> list[str]:
    names = ["others" if is_others(person) else _called(person) for person in people]
    return [name for name in names if name]


def _called(person: Mapping[str, str]) -> str:
    return person.get("literal") or person.get("family") or person.get("given", "")


def _joined(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{names[0]} and others"


def _first_words(reference: Mapping[str, Any]) -> str:
    words = plain_title(reference).split()
    if not words:
        return str(reference.get("key") or "")
    return " ".join(words[:_WORDS_IN_LABEL]) + ("…" if len(words) > _WORDS_IN_LABEL else "")


def _year(reference: Mapping[str, Any]) -> str:
    try:
        return str(PartialDate.parse(str(reference.get("issued") or "")).year)
    except ValueError:
        return ""
