"""What the texts of a form or a document cite: known sources with their standing, and keys that name none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from pages import live
from pages.kinds.written import labels_of, names_of
from pages.markdown import CitationUse, Renderer, possible_keys
from references.completion import Suggestion, keys_near, suggestions
from references.identifiers import recognise
from references.lookup.pasting import LOOKED_UP

LOOK_UP = "admin:references_look_up"
BY_HAND = "admin:references_reference_add"
MARKDOWN = {
    "article": ("quick_answer", "body", "not_known", "closing_summary"),
    "faq": ("answer",),
    "term": ("definition",),
}
"""The Markdown fields of each kind of page, in the order of the page."""


@dataclass(frozen=True)
class CitedSource:
    """A source that is cited: its number on the page, at how many places, and where its entry is at the desk."""

    number: int
    source: Suggestion
    places: int
    url: str


@dataclass(frozen=True)
class UnknownKey:
    """A key that names no source: where it stands, and what it may have meant.

    `is_meant`: it stands where only a citation can; otherwise it may be a handle, which readers see as it is.
    """

    key: str
    near: tuple[str, ...]
    lines: tuple[int, ...] = ()
    is_meant: bool = True
    look_up: str = ""
    by_hand: str = ""


@dataclass(frozen=True)
class CitedSources:
    """What texts cite, in the order of their numbers."""

    cited: tuple[CitedSource, ...]
    unknown: tuple[UnknownKey, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is cited at all."""
        return not (self.cited or self.unknown)


def cited_in(texts: Sequence[str], in_sentences: Collection[str] | None = None) -> CitedSources:
    """Return what these texts, of one page and in their order, cite. A fixed number of queries.

    `in_sentences`: the keys that cite outside brackets; None for those that would if the texts were saved now.
    """
    sources = live.known_sources(texts)
    renderer = Renderer(references=labels_of(sources), names=names_of(sources), terms={})
    for text in texts:
        renderer.render(text, in_sentences=in_sentences)
    known = {each.key: each for each in suggestions({cited.key: sources[cited.key] for cited in renderer.cited})}
    cited = tuple(
        CitedSource(each.number, known[each.key], len(each.anchors), _entry(sources[each.key].document_id))
        for each in renderer.cited
    )
    return CitedSources(cited, _unknown(texts, renderer.citations, set(sources)))


def texts_of(kind: str, content: Mapping[str, Any]) -> list[str]:
    """Return the Markdown texts of a document of a kind, in the order in which their citations are numbered."""
    return [str(content.get(field) or "") for field in MARKDOWN[kind]]


def look_up_url(typed: str) -> str:
    """Return where an identifier is looked up and its entry drafted; "" for what is none, or without such a page."""
    found = recognise(typed)
    return _page(LOOK_UP, identifiers=typed) if found and found.scheme in LOOKED_UP else ""


def by_hand_url(key: str) -> str:
    """Return the form of a new entry with this key filled in; "" when this site has no such page."""
    return _page(BY_HAND, key=key)


def _page(name: str, **asked: str) -> str:
    try:
        return f"{reverse(name)}?{urlencode(asked)}"
    except NoReverseMatch:
        return ""


def _entry(document_id: int) -> str:
    return reverse("admin:references_reference_standing", args=[document_id])


def _unknown(texts: Sequence[str], uses: Iterable[CitationUse], known: set[str]) -> tuple[UnknownKey, ...]:
    lines: dict[str, list[int]] = {}
    for use in uses:
        if use.number is None:
            lines.setdefault(use.key, []).append(use.line)
    loose = possible_keys("\n".join(texts)) - known - lines.keys()
    near = keys_near([*lines, *loose])
    meant = [
        UnknownKey(key, near[key], tuple(dict.fromkeys(at)), look_up=look_up_url(key), by_hand=by_hand_url(key))
        for key, at in lines.items()
    ]
    # A handle is like no key; a key that was mistyped in a sentence is.
    return (*meant, *(UnknownKey(key, near[key], is_meant=False) for key in sorted(loose) if near[key]))
