"""Titles, in which sources set words in italics or lower and raise figures: nothing else of their mark-up is kept.

A pair <i>…</i>, <sub>…</sub> or <sup>…</sup> without attributes counts as mark-up, as PubMed and CSL-JSON write it; so
does <b>…</b>, which NLM does not print. Everything else between "<" and ">" is text.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

# A pair with no other pair of its kind inside; the innermost are taken first.
_PAIR = re.compile(r"<(i|sub|sup|b)>((?:(?!</?\1>).)*)</\1>", re.DOTALL)
# Characters that Unicode keeps from ever being text stand for the tags until everything is escaped.
_OPEN = {"i": "\ufdd0", "sub": "\ufdd2", "sup": "\ufdd4", "b": "\ufdd6"}
_CLOSE = {"i": "\ufdd1", "sub": "\ufdd3", "sup": "\ufdd5", "b": "\ufdd7"}
_PRINTED = ("i", "sub", "sup")
CLOSING_MARKS = "".join(_CLOSE[tag] for tag in _PRINTED)
_NO_MARKS = dict.fromkeys(range(0xFDD0, 0xFDD8))
_TAGS = {ord(_OPEN[tag]): f"<{tag}>" for tag in _PRINTED} | {ord(_CLOSE[tag]): f"</{tag}>" for tag in _PRINTED}
_DEEPEST = 5


def plain(text: str) -> str:
    """The words of a title alone."""
    return _replaced(text, lambda match: match[2]) if "<" in text else text


def plain_title(reference: Mapping[str, Any]) -> str:
    """The title of a reference as plain text."""
    return plain(str(reference.get("title") or "")).strip()


def title_html(reference: Mapping[str, Any]) -> SafeString:
    """The title of a reference as escaped HTML with its italics, sub- and superscripts."""
    return as_html(marked(without_marks(str(reference.get("title") or ""))).strip())


def has_markup(text: str) -> bool:
    """Whether a title holds mark-up that counts."""
    return "<" in text and _PAIR.search(text) is not None


def without_marks(text: str) -> str:
    """The text without the characters that stand for tags here, which no text should hold."""
    return text.translate(_NO_MARKS)


def marked(text: str, *, tags: Collection[str] = _PRINTED) -> str:
    """A title with characters in place of these tags and without the others, for `as_html` and `in_marks`."""
    opening, closing = ({tag: marks[tag] for tag in tags} for marks in (_OPEN, _CLOSE))
    return _replaced(text, lambda match: f"{opening.get(match[1], '')}{match[2]}{closing.get(match[1], '')}")


def in_marks(text: str, opening: Mapping[str, str], closing: str) -> str:
    """The text of `marked` with other mark-up for its tags: what opens each, and what closes any."""
    signs = {ord(mark): opening.get(tag, "") for tag, mark in _OPEN.items()}
    return text.translate(signs | {ord(mark): closing for mark in _CLOSE.values()})


def as_html(text: str) -> SafeString:
    """Escaped HTML, with the tags for which `marked` put characters."""
    return SafeString(escape(text).translate(_TAGS))


def _replaced(text: str, put: Any) -> str:
    for _ in range(_DEEPEST):
        text, count = _PAIR.subn(put, text)
        if not count:
            break
    return text
