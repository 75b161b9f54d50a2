"""A content with its Markdown rendered, every text by one renderer so that citations are numbered through the whole."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from alstrom_site.editorial.kinds import CitationUse
from alstrom_site.editorial.texts import Text, latest_texts, texts_for_guests, texts_for_readers
from alstrom_site.editorial.workflow import Issue
from pages.kinds.pictures import pictures_in
from pages.markdown import Rendered, Renderer, possible_keys
from pages.markdown.rendered import CitationUse as CitedAt
from pages.markdown.rendered import Problem
from references.formatting import name_in_text, short_label
from references.standing import Happened, now_retracted, observed_of, retractions_in, what_happened

Find = Callable[[str, Collection[str]], dict[str, Text]]
"""`latest_texts` for the desk, `live_texts` for readers, `texts_for_guests` for who has a link to one text."""

NOT_THERE = "The picture “{}” is not on this site. Upload it again and put its new address in the text."
# How a text says that it knows, and nothing else around it, or “not retracted” would say so too: before the key,
# [see the retracted @key], or as a part between commas after it, [@key, p. 3, retracted 2010].
_RETRACTED_BEFORE = re.compile(
    r"(?:see )?(?:(?:the |since |now )?(?:part(?:ial)?ly )?retracted|(?:the )?(?:partial )?retraction of)",
    re.IGNORECASE,
)
_RETRACTED_AFTER = re.compile(
    r"(?:(?:since |now )?(?:part(?:ial)?ly )?retracted(?: in part| and republished)?|(?:the )?(?:partial )?retraction)"
    r"(?: (?:in )?(?P<year>[0-9]{4}))?",
    re.IGNORECASE,
)
# Wider than the grammar on purpose: what is not a term after all is found and not used.
_POSSIBLE_TERM = re.compile(r"term:([a-z0-9-]+)")


@dataclass(frozen=True)
class Part:
    """One Markdown text of a content: where it stands, at which level its headings begin, and which keys cite outside
    brackets.
    """

    field: str
    text: str
    heading_level: int = 2
    in_sentences: frozenset[str] = frozenset()


class Written:
    """The rendered texts of one page. `sources` and `terms` are the documents found behind citations and links, `texts`
    what was rendered, by field, and `labels` what each source is called in short, by key.

    The desk names sources as readers will see them, too: by their live texts, and by a draft where there is no other.
    """

    def __init__(self, parts: Iterable[Part], find: Find) -> None:
        chosen = list(parts)
        self.texts = {part.field: part.text for part in chosen}
        self.is_for_desk = find is latest_texts
        everything = "\n".join(part.text for part in chosen)
        self.sources = (texts_for_readers if self.is_for_desk else find)("reference", possible_keys(everything))
        self.terms = find("term", possible_terms(everything))
        self.labels = labels_of(self.sources)
        self.renderer = Renderer(
            references=self.labels,
            names=names_of(self.sources),
            works={key: text.document_id for key, text in self.sources.items()},
            terms={slug: text.title for slug, text in self.terms.items()},
        )
        self.rendered: dict[str, Rendered] = {
            part.field: self.renderer.render(
                part.text, where=part.field, heading_level=part.heading_level, in_sentences=part.in_sentences
            )
            for part in chosen
        }

    def html(self, field: str) -> str:
        """The sanitised HTML of one part; "" when the page has no such part."""
        return self.rendered[field].html if field in self.rendered else ""

    @property
    def document_ids(self) -> set[int]:
        """The documents that these texts refer to and that were found."""
        cited = {citation.key for citation in self.renderer.citations}
        linked = {slug for rendered in self.rendered.values() for slug in rendered.terms}
        return {self.sources[key].document_id for key in cited & self.sources.keys()} | {
            self.terms[slug].document_id for slug in linked & self.terms.keys()
        }

    @cached_property
    def happened(self) -> dict[str, tuple[Happened, ...]]:
        """What happened to each cited work, by key; one query, on the desk two.

        On the desk a work counts as retracted as long as readers see it so, or once a draft of its entry says so.
        """
        keys = dict.fromkeys(use.key for use in self.renderer.citations if use.key in self.sources)
        observed = observed_of({self.sources[key].document_id for key in keys}) if keys else {}
        newest = latest_texts("reference", keys) if keys and self.is_for_desk else {}
        found: dict[str, tuple[Happened, ...]] = {}
        for key in keys:
            texts = [text for text in (self.sources[key], newest.get(key)) if text is not None]
            said = [what_happened(text.content, observed.get(text.document_id, ())) for text in texts]
            found[key] = () if self.sources[key].is_withheld else next(filter(now_retracted, said), said[0])
        return found

    @cached_property
    def unsaid(self) -> list[tuple[CitedAt, Happened]]:
        """Where the texts cite a retracted work as if it stood, and its retraction: the citation does not say so."""
        found = [(use, retractions_in(self.happened.get(use.key, ()))) for use in self.renderer.citations]
        return [(use, retractions[0]) for use, retractions in found if retractions and not _says_so(use, retractions)]

    def retracted(self, labels: Mapping[str, str]) -> list[Issue]:
        """What is missing where the texts cite a retracted work as if it stood."""
        return [
            _at(labels.get(use.where, use.where), use, _must_say_so(use, retraction), "retracted")
            for use, retraction in self.unsaid
        ]

    def without_picture(self, labels: Mapping[str, str]) -> list[Issue]:
        """Where the texts show a picture that is not in the store, or is not what was stored under its name."""
        return [
            Issue(where, f"{labels.get(where, where)}: {NOT_THERE.format(picture.name)}", "picture-not-there")
            for where, rendered in self.rendered.items()
            for picture in pictures_in([rendered])
            if not picture.is_as_stored
        ]

    def issues(self, labels: Mapping[str, str]) -> list[Issue]:
        """What the renderer found wrong and retracted sources, each with the label of its field and its line; and
        pictures that are not there.
        """
        found = self.retracted(labels) + self.without_picture(labels)
        return found + [
            _at(labels.get(problem.where, problem.where), problem, problem.message, problem.code)
            for rendered in self.rendered.values()
            for problem in rendered.problems
        ]

    def citations(self) -> list[CitationUse]:
        """The citing places in the workflow's form."""
        return [
            CitationUse(
                position=use.position,
                key=use.key[:120],
                prefix=use.prefix[:400],
                locator=use.locator[:200],
                suffix=use.suffix[:400],
                field=use.where,
                line=use.line,
            )
            for use in self.renderer.citations
        ]


def _says_so(use: CitedAt, retractions: Sequence[Happened]) -> bool:
    parts = [" ".join(part.split()) for part in f"{use.locator},{use.suffix}".split(",")]
    said = [_RETRACTED_BEFORE.fullmatch(" ".join(use.prefix.split())), *map(_RETRACTED_AFTER.fullmatch, parts)]
    return any(_is_true(each, retractions) for each in said if each)


def _is_true(said: re.Match[str], retractions: Sequence[Happened]) -> bool:
    """Whether a citation says no less than what happened, and no other year than is known of it."""
    words, year = said[0].casefold(), said.groupdict().get("year")
    if "part" in words and not all(each.is_in_part for each in retractions):
        return False
    if "republished" in words and not any("republished" in each.what for each in retractions):
        return False
    return not year or any(each.year in {"", year} for each in retractions)


def _at(label: str, found: CitedAt | Problem, message: str, code: str) -> Issue:
    """What is wrong in a line of a field."""
    place = f"{label}, line {found.line}"
    return Issue(found.where, f"{place}: {message}", code, place=place, line=found.line)


def _must_say_so(use: CitedAt, happened: Happened) -> str:
    when = f" in {happened.year}" if happened.year else ""
    what = f"{happened.what[:1].lower()}{happened.what[1:]}"
    return (
        f"“{use.key}” was {what}{when}. Let the text rest on another source, or, where it speaks of that work itself, "
        f"say so in the citation: [@{use.key}, {what}]."
    )


def term_links(texts: Iterable[str], in_sentences: Collection[str]) -> list[tuple[str, str]]:
    """Return kind and slug of every term that these texts link to, known or not, in order. No query."""
    chosen = list(texts)
    renderer = Renderer(references={}, terms={slug: slug for slug in possible_terms("\n".join(chosen))})
    return [("term", slug) for text in chosen for slug in renderer.render(text, in_sentences=in_sentences).terms]


def whose(*, for_guests: bool) -> Find:
    """Return where the texts of other documents come from that stand in one as it is shown outside, or at the desk."""
    return texts_for_guests if for_guests else latest_texts


def labels_of(sources: Mapping[str, Text]) -> dict[str, str]:
    """Return the short label of each source, by key; it says so where readers cannot see the entry yet."""
    drafted = {True: " (draft)", False: ""}
    return {key: f"{_called(source, short_label)}{drafted[source.is_draft]}" for key, source in sources.items()}


def names_of(sources: Mapping[str, Text]) -> dict[str, str]:
    """Return what a sentence calls the authors of each source, by key."""
    return {key: _called(source, name_in_text) for key, source in sources.items()}


def _called(source: Text, name: Callable[[Mapping[str, Any]], str]) -> str:
    return source.title if source.is_withheld else name(source.content)


def possible_terms(text: str) -> set[str]:
    """Return the slug of every term that a text may link to."""
    return set(_POSSIBLE_TERM.findall(text))
