"""Entries found by what somebody types of them: the beginning of a key, or of words of names, title, year, numbers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from alstrom_site.editorial.kinds import Content, Trait
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.models import Trait as Row
from alstrom_site.editorial.models.trait import FOUND_BY, LONGEST_VALUE
from alstrom_site.editorial.texts import Text, latest_texts
from alstrom_site.folding import fold
from references import duplicates
from references.formatting import nlm_citation, plain_title, short_label
from references.identifiers import Recognised, number_in
from references.shape import NUMBERS
from references.standing import observed_of, retraction_in, what_happened

KIND = "reference"
MOST_SHOWN = 8
LONGEST_TYPED = 100
# Of a word that thousands of entries have, these many are looked at: who types on gets the others.
_LOOKED_AT = 200
_MOST_NAMES = 8
_MOST_WORDS = 6
_SAME_BEGINNING = 3
_MOST_WANTED = 20
_MOST_COMPARED = 500
_LIKE = 0.75
_YEAR = re.compile(r"[0-9]{4}")
_PARTS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Suggestion:
    """An entry as it is offered: `standing` says what an author must know of it, such as "draft only".

    `retraction`: which of these sentences is the retraction that holds, "" for none.
    """

    key: str
    label: str
    title: str
    citation: str
    standing: tuple[str, ...] = ()
    retracted: bool = False
    retraction: str = ""


def found_by(content: Content) -> Trait:
    """Return the words of an entry, each behind a space: key, names, year, PMID, title, other numbers."""
    people = [*(content.get("author") or ()), *(content.get("editor") or ())][:_MOST_NAMES]
    names = [str(each.get("family") or each.get("literal") or "") for each in people]
    numbers = [str(content.get(name) or "") for name in sorted(NUMBERS, key="PMID".__ne__)]
    year = str(content.get("issued") or content.get("epub") or "")[:4]
    said = [str(content["key"]), *names, year, numbers[0], plain_title(content), *numbers[1:]]
    line = "".join(f" {word}" for word in dict.fromkeys(_words(" ".join(said))))
    return Trait(FOUND_BY, line[:LONGEST_VALUE])


def traits(content: Content) -> list[Trait]:
    """Return all traits of an entry: what it is told apart by, what it is like, and the words it is found by."""
    return [*duplicates.traits(content), found_by(content)]


def complete(typed: str, *, most: int = MOST_SHOWN) -> list[Suggestion]:
    """Return the entries, live or drafted, that are found by what was typed; those whose key begins so come first.

    At most five queries, and a key that was typed in full is enough. Each word that was typed begins a word of the
    entry; accents and capitals count for nothing. A whole identifier finds its entry alone.
    """
    asked = typed.strip()[:LONGEST_TYPED]
    if not asked or not asked.isprintable():
        return []
    number = number_in(asked)
    if number and (held := _by_number(number)):
        return suggestions(latest_texts(KIND, held))
    keys = _by_key(asked, most)
    if asked not in keys and len(keys) < most:
        keys = list(dict.fromkeys([*keys, *_by_words(asked, most)]))[:most]
    texts = latest_texts(KIND, keys)
    return suggestions({key: texts[key] for key in keys if key in texts})


def suggestions(texts: Mapping[str, Text]) -> list[Suggestion]:
    """Return these entries as they are offered and listed, in their order. Two queries."""
    ids = {text.document_id for text in texts.values()}
    observed = observed_of(ids)
    live = set(Document.objects.live().filter(pk__in=ids).values_list("pk", flat=True))
    return [_suggestion(key, text, observed.get(text.document_id, ()), live) for key, text in texts.items()]


def keys_near(wanted: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each key that no entry has those of entries that are most like it, at most three. One query.

    Of very many keys the first are looked at. A key that is like another one has its first letter and its year, or
    where it has no year its first letters.
    """
    asked = list(dict.fromkeys(wanted))
    alike = {_alike(key) for key in asked[:_MOST_WANTED]}
    found: list[str] = []
    if alike:
        near = reduce(or_, (Q(address__startswith=begin, address__contains=year) for begin, year in sorted(alike)))
        entries = Document.objects.filter(near, kind=KIND, traits__scheme=FOUND_BY).order_by("address")
        found = list(entries.values_list("address", flat=True)[:_MOST_COMPARED])
    return {key: tuple(get_close_matches(key, found, n=3, cutoff=_LIKE)) for key in asked}


def _alike(key: str) -> tuple[str, str]:
    year = _YEAR.search(key)
    return (key[:1], year[0]) if year else (key[:_SAME_BEGINNING], "")


def _suggestion(key: str, text: Text, observed: Iterable[Any], live: set[int]) -> Suggestion:
    happened = what_happened(text.content, observed)
    retraction = retraction_in(happened)
    standing = [each.words for each in happened]
    if key != text.address:
        standing.append(f"now has the key {text.address}")
    if text.withdrawn_at is not None:
        standing.append(f"withdrawn here on {text.withdrawn_at:%-d %B %Y}")
    if text.document_id not in live:
        standing.append("draft only")
    return Suggestion(
        key=key,
        label=short_label(text.content),
        title=text.title,
        citation=nlm_citation(text.content),
        standing=tuple(standing),
        retracted=retraction is not None,
        retraction=retraction.words if retraction else "",
    )


def _by_key(asked: str, most: int) -> list[str]:
    found = Document.objects.filter(kind=KIND, address__startswith=asked).order_by("address")
    return list(found.values_list("address", flat=True)[:most])


def _by_number(number: Recognised) -> list[str]:
    held = Document.objects.filter(kind=KIND, traits__scheme=number.scheme, traits__value=number.value)
    return list(held.values_list("address", flat=True))


def _by_words(asked: str, most: int) -> list[str]:
    words = _words(asked)[:_MOST_WORDS]
    # A single letter begins a word of nearly every entry.
    telling = [word for word in words if len(word) > 1]
    if not telling:
        return []
    rows = Row.objects.filter(scheme=FOUND_BY, document__kind=KIND)
    for word in telling:
        rows = rows.filter(value__contains=f" {word}")
    found = rows.values_list("document__address", "value")[:_LOOKED_AT]
    return [key for key, _ in sorted(found, key=lambda row: (_places(row[1], telling), row[0]))][:most]


def _places(line: str, words: Iterable[str]) -> int:
    """How far into the line the words stand: a key or a first author says more than a word of the title."""
    return sum(line.find(f" {word}") for word in words)


def _words(said: str) -> list[str]:
    return [word for word in _PARTS.split(fold(said)) if word]
