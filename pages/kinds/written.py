"""A content with its Markdown rendered, every text by one renderer so that citations are numbered through the whole."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from alstrom_site.editorial.kinds import CitationUse
from alstrom_site.editorial.texts import Text
from alstrom_site.editorial.workflow import Issue
from pages.markdown import Rendered, Renderer
from references.formatting import short_label

Find = Callable[[str, Collection[str]], dict[str, Text]]
"""`latest_texts` for the desk, `live_texts` for readers."""

# Wider than the grammar on purpose: what is not a citation or a term after all is found and not used.
_POSSIBLE_KEY = re.compile(r"@\{?([A-Za-z0-9_][A-Za-z0-9_:.#$%&\-+?<>~/]*)")
_POSSIBLE_TERM = re.compile(r"term:([a-z0-9-]+)")


@dataclass(frozen=True)
class Part:
    """One Markdown text of a content: where it stands and at which level its headings begin."""

    field: str
    text: str
    heading_level: int = 2


class Written:
    """The rendered texts of one page. `sources` and `terms` are the documents found behind citations and links."""

    def __init__(self, parts: Iterable[Part], find: Find) -> None:
        chosen = list(parts)
        everything = "\n".join(part.text for part in chosen)
        self.sources = find("reference", possible_keys(everything))
        self.terms = find("term", possible_terms(everything))
        self.renderer = Renderer(
            references={key: short_label(text.content) for key, text in self.sources.items()},
            terms={slug: text.title for slug, text in self.terms.items()},
        )
        self.rendered: dict[str, Rendered] = {
            part.field: self.renderer.render(part.text, where=part.field, heading_level=part.heading_level)
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

    def issues(self, labels: Mapping[str, str]) -> list[Issue]:
        """What the renderer found wrong, each with the label of its field and its line."""
        return [
            Issue(
                problem.where,
                f"{labels.get(problem.where, problem.where)}, line {problem.line}: {problem.message}",
                problem.code,
            )
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


def term_links(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return kind and slug of every term that these texts link to, known or not, in order. No query."""
    chosen = list(texts)
    renderer = Renderer(references={}, terms={slug: slug for slug in possible_terms("\n".join(chosen))})
    return [("term", slug) for text in chosen for slug in renderer.render(text).terms]


def possible_keys(text: str) -> set[str]:
    """Return every key that a text may cite; one that ends a sentence also without its full stop."""
    found = set(_POSSIBLE_KEY.findall(text))
    return found | {key.rstrip(":.#$%&-+?<>~/") for key in found}


def possible_terms(text: str) -> set[str]:
    """Return the slug of every term that a text may link to."""
    return set(_POSSIBLE_TERM.findall(text))
