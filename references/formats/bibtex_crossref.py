"""The fields that entries of BibTeX take over from another: "crossref" names it by its key, most often further down.

Source: BibTeX 0.99d (a child lacks what its parent has) and the biblatex manual, appendix B (title → booktitle). Only
what is true of a part as of its whole is taken over, so no DOI, pages or notes.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from references.formats.bibtex_entries import Entry, RawField

_LISTED = """
    booktitle booksubtitle editor publisher institution organization school address location year month day date
    series volume number edition isbn issn eventtitle eventdate venue
"""
_TAKEN_OVER = frozenset(_LISTED.split())
_TITLES = {"title": "booktitle", "subtitle": "booksubtitle"}
_MOST_PARENTS = 10_000
_LONGEST_WAIT = 4_000_000


@dataclass(slots=True)
class Parsed:
    """An entry in its fields: its key, what each name holds, and the lines on which something is no field."""

    entry: Entry
    key: str
    raw: dict[str, RawField]
    strange: list[int]

    @property
    def parent(self) -> str:
        """The key of the entry that it takes fields from, "" for none."""
        named = self.raw.get("crossref")
        return "".join(named.pieces).lstrip("#").strip().lower() if named else ""


def with_parents(found: Iterable[Parsed]) -> Iterator[Parsed]:
    """The entries in their order, each with what it takes over; without it where the other one is not found.

    An entry waits for its parent as long as what stands between them fits into a few megabytes.
    """
    parents: dict[str, dict[str, RawField]] = {}
    waiting: deque[Parsed] = deque()
    size = 0
    for one in found:
        if one.key and len(parents) < _MOST_PARENTS and "crossref" not in one.raw:
            parents.setdefault(one.key.lower(), _taken_over(one.raw))
        waiting.append(one)
        size += len(one.entry.text)
        while waiting and (size > _LONGEST_WAIT or _is_ready(waiting[0], parents)):
            size -= len(waiting[0].entry.text)
            yield _child(waiting.popleft(), parents)
    yield from (_child(one, parents) for one in waiting)


def _is_ready(one: Parsed, parents: dict[str, dict[str, RawField]]) -> bool:
    return not one.parent or one.parent in parents


def _child(one: Parsed, parents: dict[str, dict[str, RawField]]) -> Parsed:
    taken = parents.get(one.parent)
    if taken is None:
        return one
    own = {name: field for name, field in one.raw.items() if name != "crossref"}
    return replace(one, raw=taken | own)


def _taken_over(raw: dict[str, RawField]) -> dict[str, RawField]:
    kept = {name: field for name, field in raw.items() if name in _TAKEN_OVER and _is_short(field)}
    titles = {_TITLES[name]: field for name, field in raw.items() if name in _TITLES and _is_short(field)}
    return titles | kept


def _is_short(field: RawField) -> bool:
    return sum(map(len, field.pieces)) < 2_000
