"""Citations in a text: found by two inline rules, numbered in the order of first appearance, marked in the HTML.

Numbers stand in brackets, as NLM's citation-sequence style has them. An author in the text is named before them;
a suppressed author leaves the number alone, which is all that a numbered style shows of a work in the text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

from pages.markdown.citation_syntax import (
    CitationItem,
    KeyAt,
    Mode,
    Span,
    alone,
    key_at,
    parse_following,
    parse_group,
)
from pages.markdown.outline import outline_of
from pages.markdown.rendered import CitationUse, Cited, Findings, shortened
from pages.markdown.tokens import text_of

NAMES = "names"
"""Where the environment of a parse has the keys that a sentence may cite."""

# What is said in prefixes, locators and suffixes, for lists: words without markup.
_AFFIXES = MarkdownIt("zero").enable(["emphasis", "escape", "entity", "backticks", "link"])
_BRACKET_AFTER = re.compile(r"[ \t]*\n?[ \t]*(?=\[)")
_JOINS_ITSELF = frozenset(" \t\n,;:.!?")


def citation_rule(state: StateInline, silent: bool) -> bool:
    """Inline rule: brackets that are a group of citations, unless they are the text of a link."""
    if state.src[state.pos] != "[":
        return False
    begins, outline = state.pos, outline_of(state.src, state.env)
    ends = outline.closing.get(begins, state.posMax)
    if ends >= state.posMax or state.src.find("@", begins, ends) < 0:
        return False
    items = parse_group(outline, begins + 1, ends)
    if not items or _is_link(state, begins):
        return False
    return _found(state, items, ends + 1, silent=silent)


def key_rule(state: StateInline, silent: bool) -> bool:
    """Inline rule: a key that a sentence may cite, in the sentence itself, with the brackets that follow it."""
    if state.src[state.pos] not in "@-" or state.linkLevel:
        return False
    key = key_at(state.src, state.pos, state.posMax)
    if key is None or key.key not in state.env.get(NAMES, ()):
        return False
    if outline_of(state.src, state.env).is_in_address(state.pos):
        return False
    items, end = _with_brackets(state, key)
    return _found(state, items, end, silent=silent)


def _with_brackets(state: StateInline, key: KeyAt) -> tuple[tuple[CitationItem, ...], int]:
    outline = outline_of(state.src, state.env)
    gap = _BRACKET_AFTER.match(state.src, key.ends, state.posMax)
    ends = outline.closing.get(gap.end(), state.posMax) if gap else state.posMax
    if gap is None or ends >= state.posMax or state.src[ends + 1 : ends + 2] in {"[", "("}:
        return (alone(key),), key.ends
    items = parse_following(outline, key, gap.end() + 1, ends)
    if not items or _is_link(state, gap.end()):
        return (alone(key),), key.ends
    return items, ends + 1


def _is_link(state: StateInline, at: int) -> bool:
    position, state.pos = state.pos, at
    matched = link(state, True)
    state.pos = position
    return matched


def _found(state: StateInline, items: Sequence[CitationItem], end: int, *, silent: bool) -> bool:
    """Push the tokens of a group. Its affixes are read by the rules of every text, links and citations included."""
    if not silent:
        opening = state.push("citation_open", "", 1)
        opening.meta["items"] = items
        opening.markup = state.src[state.pos : end]
        for index, item in enumerate(items):
            if index:
                state.push("citation_joint", "", 0)
            _push_item(state, item)
        state.push("citation_close", "", -1)
    state.pos = end
    return True


def _push_item(state: StateInline, item: CitationItem) -> None:
    if item.prefix:
        _read(state, item.prefix_at)
        state.pending += " " if item.is_apart else ""
    state.push("citation_item", "", 0).meta["item"] = item
    if item.locator:
        state.pending += f", {item.implied}"
        _read(state, item.locator_at)
    if item.suffix:
        state.pending += "" if item.suffix[0] in _JOINS_ITSELF or item.mode is not Mode.AUTHOR_IN_TEXT else ", "
        _read(state, item.suffix_at)


def _read(state: StateInline, span: Span) -> None:
    if state.pending:
        state.pushPending()
    read: list[Token] = []
    state.md.inline.parse(state.src[slice(*span)], state.md, state.env, read)
    for token in read:
        if "position" in token.meta:
            token.meta["position"] += span[0]
    state.tokens.extend(read)
    state.tokens_meta.extend([None] * len(read))


class Numbering:
    """Gives the citations of one page their positions, and its references their numbers."""

    def __init__(self, labels: Mapping[str, str], names: Mapping[str, str], works: Mapping[str, int]) -> None:
        """``works``: what several keys of one work have in common; a key that it does not name is a work of its own."""
        self.labels = labels
        self._works = works
        self._first_keys: dict[int | str, str] = {}
        self.names = {key: names.get(key) or label for key, label in labels.items()}
        self.uses: list[CitationUse] = []
        self._anchors: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}

    def cite(self, item: CitationItem, *, where: str, line: int) -> CitationUse:
        """Record the next citation of the page."""
        position = len(self.uses) + 1
        anchor = f"citation-{position}"
        key = self._first_keys.setdefault(self._works.get(item.key, item.key), item.key)
        if item.key in self.labels:
            self._numbers.setdefault(key, len(self._numbers) + 1)
            self._anchors.setdefault(key, []).append(anchor)
        use = CitationUse(
            key=item.key,
            position=position,
            number=self._numbers.get(key),
            mode=item.mode.value,
            prefix=_words(item.prefix),
            label=item.label,
            locator=_words(f"{item.implied}{item.locator}"),
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
    """Number every citation in the text and give its tokens their HTML; report keys that name no reference."""
    for block in tokens:
        if any(child.type == "citation_open" for child in block.children or ()):
            block.children = list(_placed(block, numbering, findings))


def _placed(block: Token, numbering: Numbering, findings: Findings) -> Iterator[Token]:
    line, seen = (block.map[0] + 1 if block.map else 1), 0
    groups: list[tuple[int, str]] = []
    for token in block.children or ():
        if token.type == "citation_open":
            items: tuple[CitationItem, ...] = token.meta["items"]
            line, seen = line + block.content.count("\n", seen, token.meta["position"]), token.meta["position"]
            groups.append((line, ", " if all(item.bare for item in items) else "; "))
            token.content = '<span class="citations">['
            if items[0].mode is Mode.AUTHOR_IN_TEXT and items[0].key in numbering.names:
                yield _text(f"{numbering.names[items[0].key]}\N{NO-BREAK SPACE}")
        elif token.type == "citation_item":
            use = numbering.cite(token.meta["item"], where=findings.where, line=groups[-1][0])
            token.content = _number_html(use, numbering.labels)
            _note(use, findings)
        elif token.type == "citation_joint":
            token.content = groups[-1][1]
        elif token.type == "citation_close":
            groups.pop()
            token.content = "]</span>"
        yield token


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _note(use: CitationUse, findings: Findings) -> None:
    findings.citations.append(use)
    if use.number is None:
        findings.report(
            "unknown-reference",
            f"No reference has the key “{shortened(use.key)}”: correct the key, or add the reference to the "
            "bibliography. If an at sign is all you mean, write \\@.",
            use.line,
        )


def _number_html(use: CitationUse, labels: Mapping[str, str]) -> str:
    if use.number is None:
        return f'<mark class="citation-unknown" id="{use.anchor}">unknown reference: {escape(use.key)}</mark>'
    name = escape(f"Reference {use.number}: {labels[use.key]}")
    return f'<a class="citation" id="{use.anchor}" href="#reference-{use.number}" aria-label="{name}">{use.number}</a>'


def _words(affix: str) -> str:
    return text_of(_AFFIXES.parseInline(affix)[0].children) if affix else ""
