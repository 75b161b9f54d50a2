"""What the pages of articles, questions and terms have in common."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from alstrom_site.editorial.composing import absolute, shortened, shown_day
from alstrom_site.editorial.kinds import LiveDocument, kind_named
from alstrom_site.editorial.texts import Text
from alstrom_site.page_parts import CitedReference, Head, Notices, Withdrawal
from pages.kinds.common import marks
from pages.kinds.written import Written
from pages.markdown import plain_text
from references.publication import cited_reference
from references.standing import Happened

DESCRIPTION = 200
# Twice the vocabulary of a long book, and well below the megabyte that PostgreSQL allows a search vector.
LONGEST_SEARCH_TEXT = 200_000

# A link to a term that readers cannot open yet: sanitised HTML, in which these marks never stand inside each other.
_NUMBER = re.compile(r'<a class="citation" id="(?P<anchor>citation-[0-9]+)"[^<>]*>[0-9]+</a>')
_UNKNOWN_TERM = re.compile(r'<mark class="term-unknown">(.*?)</mark>', re.DOTALL)


def readable(written: Written, field: str) -> SafeString:
    """Return one rendered text as readers get it: a term that is not live is plain words, a retracted source marked."""
    said = {use.anchor: _retraction(retraction) for use, retraction in written.unsaid}

    def marked(number: re.Match[str]) -> str:
        return f"{number[0]}{said.get(number['anchor'], '')}"

    # The renderer sanitised it; taking a balanced pair of tags away leaves it sanitised, and what is put in is escaped.
    return SafeString(_NUMBER.sub(marked, _UNKNOWN_TERM.sub(r"\1", written.html(field))))


def _retraction(happened: Happened) -> SafeString:
    words = f"{happened.words[:1].lower()}{happened.words[1:]}"
    return format_html(', <strong class="citation-retracted">{}</strong>', words)


def warned(notices: Notices, written: Written) -> Notices:
    """Return the notices of a page with the numbers of the retracted sources that it cites as if they stood."""
    unsaid = {use.number: retraction for use, retraction in written.unsaid if use.number is not None}
    in_part = tuple(number for number in sorted(unsaid) if unsaid[number].is_in_part)
    return replace(notices, retracted=tuple(sorted(unsaid)), in_part=in_part)


def words(written: Written, field: str) -> str:
    """Return one rendered text as plain text on one line, without citation marks."""
    return plain_text(written.html(field))


def sources(written: Written) -> tuple[CitedReference, ...]:
    """Return the numbered list of what the page cites, each with the marks that lead to it."""
    return tuple(
        cited_reference(
            written.sources[cited.key].content,
            number=cited.number,
            anchors=cited.anchors,
            happened=marks(written, cited.key),
        )
        for cited in written.renderer.cited
    )


def head(live: LiveDocument, title: str, description: str, structured: SafeString) -> Head:
    """Return what stands in the head of a page; search engines are asked to leave a withdrawn one out."""
    return Head(
        title=title,
        description=described(live, description),
        canonical_url=absolute(path_of(live)),
        structured_data=structured,
        og_type="article",
        indexed=live.edition.withdrawn_at is None,
    )


def described(live: LiveDocument, description: str) -> str:
    """Return what is said of a page where it cannot be marked: its own description, or that it was withdrawn."""
    withdrawn = live.edition.withdrawn_at
    return f"This page was withdrawn on {shown_day(withdrawn).text}." if withdrawn else description


def path_of(live: LiveDocument) -> str:
    """Return the public path of a live document."""
    return kind_named(live.document.kind).path(live.document.address)


def listing(live: LiveDocument, card: dict[str, Any], text: str) -> dict[str, Any]:
    """Return what lists show of a page (`card`) and what search takes its excerpts from (`text`)."""
    shown = {**card, "reviewed": day(live.reviewed_at), "demonstration": live.is_demonstration}
    shown["pending"] = live.awaits_review
    shown |= {"withdrawn": day(live.edition.withdrawn_at)} if live.edition.withdrawn_at else {}
    return {"card": shown, "text": bounded(text)}


def day(moment: datetime | None) -> str:
    """Return a day as lists keep it, or "" for none."""
    return shown_day(moment).machine if moment else ""


def withdrawal(text: Text) -> Withdrawal | None:
    """Return when and why a text that another page shows was withdrawn, or None."""
    return Withdrawal(shown_day(text.withdrawn_at), text.withdrawal_reason) if text.withdrawn_at else None


def bounded(text: str) -> str:
    """Return the beginning of a text that search can hold."""
    cut = text.encode("utf-8")[:LONGEST_SEARCH_TEXT].decode("utf-8", "ignore")
    return cut if len(cut) == len(text) else cut.rpartition(" ")[0]


def beginning(text: str) -> str:
    """Return the start of a plain text, as long as a description should be."""
    return shortened(text, DESCRIPTION)
