"""Brings a record of CSL-JSON to the shape of an entry: what does not fit is left out of the entry and named."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from alstrom_site.editorial.kinds import Content, ContentRefused
from alstrom_site.unseen import without_unseen
from references.cleaning import cleaned
from references.csl import fields_without_a_place, work_from_csl
from references.identifiers import parse_isbn, parse_issn
from references.shape import BASE, TYPES

# What a content needs until it has its key.
UNNAMED = "unnamed"
# Types of CSL that say much the same as one of ours.
_ALIKE = {
    "article-preprint": "article",
    "article-working-paper": "article",
    "entry-encyclopedia": "chapter",
    "entry-dictionary": "chapter",
    "entry": "chapter",
    "review": "article-journal",
    "post": "webpage",
    "post-weblog": "webpage",
    "standard": "report",
    "manuscript": "report",
    "document": "report",
    "monograph": "book",
}
_QUIET = frozenset({"title-short", "source", "keyword", "categories", "citation-key", "shortTitle", "archive"})


@dataclass(frozen=True)
class Fitted:
    """A content without a key of its own, and a sentence about each thing that was left out or changed.

    There is no content where nothing is left that could be an entry.
    """

    content: Content | None
    remarks: tuple[str, ...] = ()


def fitted(item: Mapping[str, Any]) -> Fitted:
    """Return the entry that a record would become."""
    seen = {name: _as_seen(value) for name, value in item.items()}
    hidden = [f"Taken out of “{name}”: characters that cannot be seen." for name in item if seen[name] != item[name]]
    item = seen
    try:
        raw = work_from_csl(item, name=str(item.get("id") or item.get("title") or ""))
    except ValueError as error:
        return Fitted(None, (str(error),))
    remarks = [*hidden, *_about_type(raw), *_about_numbers(raw), *_about_the_rest(item)]
    raw["key"] = UNNAMED
    while True:
        try:
            content = cleaned(raw)
        except ContentRefused as refused:
            unfit = {issue.field for issue in refused.issues} & raw.keys()
            remarks += [f"Left out: {issue.message}" for issue in refused.issues]
            if not unfit:
                return Fitted(None, tuple(remarks))
            raw = {name: value for name, value in raw.items() if name not in unfit}
        else:
            return Fitted(content if _says_something(content) else None, tuple(remarks))


def _as_seen(value: Any) -> Any:
    """A value without the characters that nobody sees, which other programs often leave in titles and names."""
    if isinstance(value, str):
        return without_unseen(value)
    if isinstance(value, list):
        return [_as_seen(each) for each in value]
    return {name: _as_seen(each) for name, each in value.items()} if isinstance(value, dict) else value


def filled_fields(content: Content) -> list[str]:
    """Return the names of the fields in which something stands, the key excepted: nobody else gave it."""
    return [name for name, value in content.items() if value and name != "key"]


def _about_type(raw: dict[str, Any]) -> Iterator[str]:
    written = raw["type"]
    if written in TYPES:
        return
    if written == "article-preprint":
        raw.setdefault("genre", "preprint")
    raw["type"] = _ALIKE.get(written) or ("article-journal" if raw.get("container_title") else "report")
    if written:
        yield f"The type “{written}” is none of ours; “{TYPES[raw['type']]}” comes nearest."


def _about_numbers(raw: dict[str, Any]) -> Iterator[str]:
    """Of several numbers one that is wrong costs no other."""
    for name, parse in (("ISBN", parse_isbn), ("ISSN", parse_issn)):
        for number in list(raw.get(name, ())):
            try:
                parse(number)
            except ValueError as error:
                raw[name].remove(number)
                yield f"Left out: {error}"


def _about_the_rest(item: Mapping[str, Any]) -> Iterator[str]:
    own = (name.removeprefix("custom.") for name in fields_without_a_place(item))
    names = [re.sub(r"[_-]+", " ", name) for name in own if name not in _QUIET]
    if names:
        yield f"An entry has no place for: {', '.join(names[:10])}. It stays in the words of the source."


def _says_something(content: Content) -> bool:
    return any(value for name, value in content.items() if name in BASE - {"key", "type"})
