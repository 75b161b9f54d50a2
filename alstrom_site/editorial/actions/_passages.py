"""Finding the passage that a comment names in the text it was made on, or saying why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alstrom_site.editorial.anchoring import FieldText, Quote, Span, carry, field_texts, find, likeness, quote
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition, Revision
from alstrom_site.editorial.workflow import Issue, NotReady

if TYPE_CHECKING:
    from alstrom_site.editorial.actions.commenting import Words

LONGEST_PASSAGE = 2_000
NOWHERE = "These words do not stand in {where}. Copy them from it, or leave this empty to comment on the whole text."
SEVERAL = "These words stand in more than one place. Say in which part, or take some of the words around them too."
TOO_LONG = "The passage has {count:,} characters. Take {most:,} or fewer, such as its first sentence."


@dataclass(frozen=True)
class Passage:
    """A place in one field, by its words."""

    field: str
    quote: Quote


def anchored(revision: Revision, edition: Edition, words: "Words") -> Passage:
    """Return the one passage that the words name; raise NotReady with the way out when there is none, or several."""
    sought = words.passage.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(sought) > LONGEST_PASSAGE:
        too_long = TOO_LONG.format(count=len(sought), most=LONGEST_PASSAGE)
        raise NotReady([Issue("passage", too_long, "too-long")])
    fields = [each for each in _fields(revision, edition) if words.field in ("", each.name)]
    found = [(field, span) for field in fields for span in _places(words, sought, field)]
    if not found:
        raise NotReady([Issue("passage", NOWHERE.format(where=_where(words.field, fields)), "no-passage")])
    return _kept(*_the_one(words, found))


def _the_one(words: "Words", found: list[tuple[FieldText, Span]]) -> tuple[FieldText, Span]:
    """Of like places in several fields, the one whose surroundings are those of the words; else none of them."""
    around = Quote("", words.before, words.after)
    ranked = sorted(((likeness(around, field.text, span), n) for n, (field, span) in enumerate(found)), reverse=True)
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        raise NotReady([Issue("passage", SEVERAL, "several-passages")])
    return found[ranked[0][1]]


def _fields(revision: Revision, edition: Edition) -> list[FieldText]:
    return field_texts(revision.fields, kind_named(edition.document.kind).fields)


def _places(words: "Words", sought: str, field: FieldText) -> list[Span]:
    return find(Quote(sought, words.before, words.after), field.text)


def _kept(field: FieldText, span: Span) -> Passage:
    words = quote(field.text, span)
    # What could not be found again in its own text would be detached from the first moment.
    if carry(words, field.text, field.text) != span:
        raise NotReady([Issue("passage", SEVERAL, "several-passages")])
    return Passage(field.name, words)


def _where(wanted: str, fields: Sequence[FieldText]) -> str:
    return f"“{fields[0].label}”" if wanted and fields else "this text"
