"""The pipeline: parse, place what needs the page around it, write, sanitise."""

import re
from collections.abc import Collection, Mapping, Sequence

from markdown_it.token import Token

from pages.markdown.citations import Numbering, place_citations
from pages.markdown.glossary import Glossary
from pages.markdown.headings import HeadingIds, place_headings
from pages.markdown.images import place_images
from pages.markdown.limits import MAX_ADDRESSES, MAX_BYTES, check_nesting, size, size_of_addresses
from pages.markdown.links import place_links
from pages.markdown.parser import parse, write
from pages.markdown.rendered import CitationUse, Cited, Findings, Rendered
from pages.markdown.sanitising import sanitise
from pages.markdown.tables import wrap_tables

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TOO_LONG = "This text is too long to be shown: it has {size:,} bytes, and {limit:,} are allowed."
_TOO_MANY_ADDRESSES = "This text cannot be shown: its link addresses and titles, repeated at every use, are too long."


class Renderer:
    """Renders the texts of one page; citation numbers, heading ids and table names run on from text to text."""

    def __init__(
        self,
        *,
        references: Mapping[str, str],
        terms: Mapping[str, str],
        names: Mapping[str, str] | None = None,
        works: Mapping[str, int] | None = None,
        path_prefix_terms: str = "/glossary/",
    ) -> None:
        """``references``: key to short label ("Goldstein and Fialkow 1973"). ``terms``: slug to canonical spelling.

        ``names``: key to what a sentence calls the authors ("Goldstein and Fialkow"), else its short label.
        ``works``: key to a number of the work, for works that have several keys.
        """
        self._numbering = Numbering(references, names or {}, works or {})
        self._glossary = Glossary(terms, path_prefix_terms)
        self._ids = HeadingIds()
        self._tables = 0

    @property
    def labels(self) -> Mapping[str, str]:
        """The short labels of the known references, by key."""
        return self._numbering.labels

    @property
    def citations(self) -> list[CitationUse]:
        """All citations so far, in the order of the page."""
        return list(self._numbering.uses)

    @property
    def cited(self) -> list[Cited]:
        """The numbered references so far, in order of first appearance, with the marks that lead back."""
        return self._numbering.cited()

    def render(
        self, text: str, *, where: str = "body", heading_level: int = 2, in_sentences: Collection[str] | None = None
    ) -> Rendered:
        """The text as HTML that is safe on any page, with what was found in it; never raises for any text.

        ``where`` names the text in problems and citations. The highest heading in it gets ``heading_level`` (2 to 6).
        ``in_sentences``: the keys that cite outside brackets too, known or not; None for all that are known.
        A text over MAX_BYTES is not read at all: the HTML says so, and the one problem is "text-too-long".
        """
        findings = Findings(where)
        if size(text) > MAX_BYTES:
            return _refused(_TOO_LONG.format(size=size(text), limit=MAX_BYTES), findings)
        names = self._numbering.names if in_sentences is None else in_sentences
        tokens = parse(_LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text), names)
        if size_of_addresses(tokens) > MAX_ADDRESSES:
            return _refused(_TOO_MANY_ADDRESSES, findings)
        tokens = self._placed(tokens, heading_level, findings)
        return findings.rendered(sanitise(write(tokens)))

    def _placed(self, tokens: Sequence[Token], heading_level: int, findings: Findings) -> list[Token]:
        check_nesting(tokens, findings)
        place_citations(tokens, self._numbering, findings)
        place_links(tokens, self._glossary, findings)
        place_images(tokens, findings)
        place_headings(tokens, self._ids, heading_level, findings)
        wrapped = wrap_tables(tokens, already=self._tables)
        self._tables += sum(token.type == "table_open" for token in tokens)
        return wrapped


def _refused(sentence: str, findings: Findings) -> Rendered:
    findings.report("text-too-long", f"{sentence} Shorten it, or divide it into several pages.", 1)
    return findings.rendered(f"<p>{sentence}</p>\n")
