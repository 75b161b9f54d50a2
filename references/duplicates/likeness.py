"""What an entry is told apart by: its identifiers, and folded lines that two entries of one work share."""

import re
from collections.abc import Iterator

from alstrom_site.editorial.kinds import Content, Trait
from alstrom_site.folding import fold
from references.formatting import plain_title
from references.identifiers import isbn13
from references.shape import NUMBERS

ALIKE = "alike"
"""Title, first author and year; each entry has it for its year and for the next, so that neighbours meet."""
PLACE = "place"
"""First author, year, volume and first page."""
ISBN = "isbn"
"""Each ISBN of a book or a report in 13 digits; the volumes of a set may share one, so it is nobody's own."""
TITLE = "title"
"""The title alone, which an entry without author or year is found by."""
UNFINISHED = "unfinished"
"""The title alone, of an entry without author or year."""

# A title that goes on after a colon is told by what stands before it only when that says enough.
_TELLING = 25
_LONGEST_TITLE = 160
_LONGEST_NAME = 60
_WITH_ISBN = frozenset({"book", "report"})
_AN_ISBN = re.compile(r"[0-9]{9}[0-9X]|[0-9]{13}")
_SIGNS = re.compile(r"[\W_]+")
_YEAR = re.compile(r"[0-9]{4}")


def traits(content: Content) -> list[Trait]:
    """Return the identifiers, which no other entry may have, and the lines by which entries look alike."""
    own = [Trait(name, str(content[name]), is_own=True) for name in NUMBERS if content.get(name)]
    return [*own, *(Trait(scheme, value) for scheme, value in dict.fromkeys(_likenesses(content)))]


def has_title(content: Content, title: str) -> bool:
    """Return whether an entry has this title, signs, capitals and what follows a colon left aside."""
    return _title(content) == _title({"title": title})


def _likenesses(content: Content) -> Iterator[tuple[str, str]]:
    title, author, year = _title(content), _author(content), _year(content)
    if content.get("type") in _WITH_ISBN:
        yield from ((ISBN, isbn13(each)) for each in content.get("ISBN", ()) if _AN_ISBN.fullmatch(each))
    if title and author and year:
        yield from ((ALIKE, f"{title} {author} {each}") for each in (int(year), int(year) + 1))
    elif len(title) >= _TELLING:
        yield UNFINISHED, title
    if len(title) >= _TELLING:
        yield TITLE, title
    volume, page = _short(content.get("volume")), _short(str(content.get("page") or "").partition("-")[0])
    if author and year and volume and page:
        yield PLACE, f"{author} {year} {volume} {page}"


def _title(content: Content) -> str:
    whole = plain_title(content)
    before = _plain(whole.partition(": ")[0])
    return (before if len(before) >= _TELLING else _plain(whole))[:_LONGEST_TITLE]


def _author(content: Content) -> str:
    first = (content.get("author") or content.get("editor") or [{}])[0]
    return _short(first.get("family") or first.get("literal"))


def _year(content: Content) -> str:
    found = _YEAR.match(str(content.get("issued") or content.get("epub") or ""))
    return found[0] if found else ""


def _short(text: str | None) -> str:
    return _plain(text)[:_LONGEST_NAME]


def _plain(text: str | None) -> str:
    return _SIGNS.sub("", fold(text or ""))
