"""What the texts of a form or a document cite: known sources with their standing, and keys that name none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from alstrom_site.editorial.models import Citation, Document
from alstrom_site.numbers_sent import number_sent
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
    """What texts cite, in the order of their numbers; `dropped` is what readers' text cites and these do not."""

    cited: tuple[CitedSource, ...]
    unknown: tuple[UnknownKey, ...]
    dropped: tuple[Suggestion, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is cited at all."""
        return not (self.cited or self.unknown or self.dropped)


def cited_in(
    texts: Sequence[str], in_sentences: Collection[str] | None = None, *, instead_of: Collection[str] = ()
) -> CitedSources:
    """Return what these texts, of one page and in their order, cite. A fixed number of queries.

    `in_sentences`: the keys that cite outside brackets; None for those that would if the texts were saved now.
    `instead_of`: the keys that the text cites which these are to take the place of.
    """
    sources = live.known_sources([*texts, *(f"[@{{{key}}}]" for key in instead_of)])
    renderer = Renderer(references=labels_of(sources), names=names_of(sources), terms={})
    for text in texts:
        renderer.render(text, in_sentences=in_sentences)
    cited_keys = [each.key for each in renderer.cited]
    here = {sources[key].document_id for key in cited_keys}
    dropped = [key for key in instead_of if key in sources and sources[key].document_id not in here]
    known = {each.key: each for each in suggestions({key: sources[key] for key in (*cited_keys, *dropped)})}
    cited = tuple(
        CitedSource(each.number, known[each.key], len(each.anchors), _entry(sources[each.key].document_id))
        for each in renderer.cited
    )
    unknown = _unknown(texts, renderer.citations, set(sources))
    return CitedSources(cited, unknown, tuple(known[key] for key in dropped))


def cited_live(document_id: str) -> tuple[str, ...]:
    """Return the keys that readers' text of a document cites, in their order; none without one. One query."""
    number = number_sent(document_id)
    if number is None:
        return ()
    live_text = Document.objects.filter(pk=number).values("live_edition__head")
    cited = Citation.objects.filter(revision__in=live_text).order_by("position").values_list("key", flat=True)
    return tuple(dict.fromkeys(cited))


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
