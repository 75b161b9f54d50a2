"""Citations in a text: found by an inline rule, numbered in the order of first appearance, marked in the HTML."""

from collections.abc import Mapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

from pages.markdown.citation_syntax import GROUP, CitationItem, parse_group
from pages.markdown.rendered import CitationUse, Cited, Findings, shortened
from pages.markdown.tokens import places, text_of

# Prefixes, locators and suffixes are words, perhaps stressed; never links, images or code.
_AFFIXES = MarkdownIt("zero").enable(["emphasis", "escape", "entity"])


def citation_rule(state: StateInline, silent: bool) -> bool:
    """Inline rule: a bracket group with a key becomes one "citation" token, unless it is the text of a link."""
    if state.src[state.pos] != "[":
        return False
    match = GROUP.match(state.src, state.pos, state.posMax)
    items = parse_group(match["inside"]) if match and "@" in match["inside"] else ()
    if not match or not items or _is_link(state):
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match[0]
        token.meta["items"] = items
    state.pos = match.end()
    return True


def _is_link(state: StateInline) -> bool:
    position = state.pos
    matched = link(state, True)
    state.pos = position
    return matched


class Numbering:
    """Gives the citations of one page their positions, and its references their numbers."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels
        self.uses: list[CitationUse] = []
        self._anchors: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}

    def cite(self, item: CitationItem, *, where: str, line: int) -> CitationUse:
        """Record the next citation of the page."""
        position = len(self.uses) + 1
        anchor = f"citation-{position}"
        if item.key in self.labels:
            self._numbers.setdefault(item.key, len(self._numbers) + 1)
            self._anchors.setdefault(item.key, []).append(anchor)
        use = CitationUse(
            key=item.key,
            position=position,
            number=self._numbers.get(item.key),
            prefix=_words(item.prefix),
            locator=_words(item.locator),
            suffix=_words(item.suffix.lstrip(", ")),
            where=where,
            line=line,
            anchor=anchor,
        )
        self.uses.append(use)
        return use

    def cited(self) -> list[Cited]:
        """The references cited so far, in the order of their numbers."""
        return [
            Cited(key=key, number=number, anchors=tuple(self._anchors[key])) for key, number in self._numbers.items()
        ]


def place_citations(tokens: Sequence[Token], numbering: Numbering, findings: Findings) -> None:
    """Number every citation in the text and put its mark in the token's place; report keys that name no reference."""
    for token, line, _, _ in places(tokens, "citation"):
        items: tuple[CitationItem, ...] = token.meta["items"]
        marks = []
        for item in items:
            use = numbering.cite(item, where=findings.where, line=line)
            findings.citations.append(use)
            if use.number is None:
                _report_unknown(use, findings)
            marks.append(_mark(item, use, numbering.labels))
        joint = ", " if all(item.bare for item in items) else "; "
        # From here on the renderer takes the token's content as finished HTML.
        token.type = "html_inline"
        token.content = f'<span class="citations">[{joint.join(marks)}]</span>'


def _report_unknown(use: CitationUse, findings: Findings) -> None:
    findings.report(
        "unknown-reference",
        f"No reference has the key “{shortened(use.key)}”: correct the key, or add the reference to the bibliography. "
        "If an at sign is all you mean, write \\@.",
        use.line,
    )


def _mark(item: CitationItem, use: CitationUse, labels: Mapping[str, str]) -> str:
    prefix = f"{_html(item.prefix)} " if item.prefix else ""
    locator = f", {_html(item.locator)}" if item.locator else ""
    return f"{prefix}{_number_html(use, labels)}{locator}{_html(item.suffix)}"


def _number_html(use: CitationUse, labels: Mapping[str, str]) -> str:
    if use.number is None:
        return f'<mark class="citation-unknown" id="{use.anchor}">unknown reference: {escape(use.key)}</mark>'
    name = escape(f"Reference {use.number}: {labels[use.key]}")
    return f'<a class="citation" id="{use.anchor}" href="#reference-{use.number}" aria-label="{name}">{use.number}</a>'


def _html(affix: str) -> str:
    return str(_AFFIXES.renderInline(affix)) if affix else ""


def _words(affix: str) -> str:
    return text_of(_AFFIXES.parseInline(affix)[0].children) if affix else ""
