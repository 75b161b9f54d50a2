"""How the text of a page calls a reference."""

from collections.abc import Mapping
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.formatting.titles import plain_title

_WORDS_IN_LABEL = 6


def short_label(reference: Mapping[str, Any]) -> str:
    """How the text calls a reference: "Goldstein and Fialkow 1973", "Marshall and others 2007"; or its first words."""
    people = [*reference.get("author", ())] or [*reference.get("editor", ())]
    names = [person.get("literal") or person.get("family") or person.get("given", "") for person in people]
    named = [name for name in names if name]
    return " ".join(part for part in (_joined(named) or _first_words(reference), _year(reference)) if part)


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
