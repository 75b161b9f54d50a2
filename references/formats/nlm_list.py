"""Citations pasted as NLM prints them: one or many, numbered or not, each on its line or broken over lines."""

import re
from collections.abc import Iterator
from typing import Any

from references.formats.dates import csl_date, is_understood
from references.formats.names import RANK, person
from references.formats.nlm_authors import INITIALS, strange_among
from references.formats.nlm_books import find_imprint, parse_nlm_book
from references.formats.nlm_notices import begins_with_notice
from references.formats.nlm_text import DATE, LONGEST_CITATION, citation_as_printed, find_source
from references.formats.records import Reading
from references.formats.text import Text
from references.formats.values import filled, language, storable, tidy

# "1. ", "1: ", "1) ", "[1] ": PubMed and reference lists number in these ways.
_NUMBERED = re.compile(r"\A\s*(?:\[([0-9]{1,5})\]|\(([0-9]{1,5})\)|([0-9]{1,5})[.:)])\s+(?=\S)")
_BULLET = re.compile(r"\A\s*[•*–-]\s+")
_AUTHOR_FIRST = re.compile(rf"['’‘]?(?:[^\W\d_][\w'’.-]* ){{1,4}}{INITIALS}(?: {RANK})?(?:,|\.|;|$)")
_YEAR = re.compile(r"[0-9]{4}")
# What NLM prints behind a citation, a language apart.
_NOTE = re.compile(
    r"(?:Review|No abstract available|Online ahead of print|(?:Epub|eCollection|Print|Published) [0-9].*|Free .*article"
    r"|[A-Z][A-Za-z ]+ (?:in|on|for|of|from): .*)\.?",
    re.DOTALL,
)
# The date of a chapter could be that of a journal, were its book not behind it.
_CHAPTER = re.compile(rf"[.?!] {DATE}\. In: ")
_LONGEST_SOURCE = 1000
_IN_JOURNALS = frozenset({"article-journal", "article"})
_PEOPLE = ("author", "editor", "container-author")
_TEXTS = {
    "type": "type", "genre": "genre", "title": "title", "container_title_short": "container-title-short",
    "volume": "volume", "issue": "issue", "page": "page", "DOI": "DOI", "PMID": "PMID", "PMCID": "PMCID",
}  # fmt: skip


def looks_like_citations(head: str) -> bool:
    """Whether the beginning of a text holds a citation of a journal article."""
    lines = head[: LONGEST_CITATION * 4].split("\n")
    return any(
        _is_whole(tidy(" ".join(lines[begin : begin + 6])[:LONGEST_CITATION])) for begin in range(0, len(lines), 3)
    )


def _is_whole(line: str) -> bool:
    return find_source(line) is not None or find_imprint(line) is not None


def read_nlm_text(text: Text) -> Iterator[Reading]:
    """Each citation in the text; a stretch that is none is named with its line."""
    for line, lines in _citations(text):
        yield _read(line, lines)


def _citations(text: Text) -> Iterator[tuple[int, list[str]]]:
    gathered = _Gathered()
    for number, line in text.lines():
        if gathered.ends_before(line):
            if gathered.lines:
                yield gathered.begins, gathered.lines
            gathered.start(number)
        gathered.add(line)
    if gathered.lines:
        yield gathered.begins, gathered.lines


class _Gathered:
    """The lines of one citation, and whether the next line begins another one."""

    def __init__(self) -> None:
        self.begins = 1
        self.lines: list[str] = []
        self._number = 0
        self._whole = False
        self._length = 0
        self._tail = ""

    def start(self, number: int) -> None:
        """Begin a citation at that line."""
        self.begins, self.lines, self._whole, self._length, self._tail = number, [], False, 0, ""

    def add(self, line: str) -> None:
        """Take the line, unless it is empty."""
        if not line.strip():
            return
        if not self.lines and (match := _NUMBERED.match(line)):
            self._number = int(match[1] or match[2] or match[3])
        self.lines.append(line)
        self._length += len(line)
        self._tail = f"{self._tail} {line}"[-_LONGEST_SOURCE:]
        # What makes a citation whole ends in a full stop, so it ends in a line that has one.
        if not self._whole and "." in line and _YEAR.search(self._tail):
            self._whole = _is_whole(tidy(self._tail))

    def ends_before(self, line: str) -> bool:
        """Whether what was gathered is complete, and the line begins anew."""
        if not self.lines or not line.strip():
            return True
        if self._length > LONGEST_CITATION or _BULLET.match(line):
            return True
        if match := _NUMBERED.match(line):
            return self._is_next(int(match[1] or match[2] or match[3]))
        if begins_with_notice(line.lstrip()):
            return False
        return self._whole and bool(_AUTHOR_FIRST.match(line.lstrip()) or _is_whole(tidy(line[:LONGEST_CITATION])))

    def _is_next(self, number: int) -> bool:
        """A number at the start of a line may belong to the text; only the one that follows begins a citation."""
        return number == self._number + 1 or (self._whole and number > self._number)


def _read(line: int, lines: list[str]) -> Reading:
    reading = Reading(line, storable("\n".join(lines)))
    text = _BULLET.sub("", _NUMBERED.sub("", "\n".join(lines), count=1), count=1)
    line_of_text = tidy(text)
    try:
        if find_imprint(line_of_text) and (find_source(line_of_text) is None or _CHAPTER.search(line_of_text)):
            item, doubts = parse_nlm_book(line_of_text)
            reading.item = _with_initials(item)
        else:
            content, doubts = citation_as_printed(line_of_text)
            _put_article(reading, content)
        for doubt in [*doubts, *_doubts_of_people(reading.item)]:
            reading.remark(doubt)
        _name_strays(reading, lines, reading.item.get("custom", {}).get("notes", []))
    except ValueError as wrong:
        reading.remark(str(wrong))
    return reading


def _doubts_of_people(item: dict[str, Any]) -> Iterator[str]:
    for name in strange_among(each for part in _PEOPLE for each in item.get(part, ())):
        yield f"“{name}” stands among the authors and was kept as it is written."
    if item["type"] in _IN_JOURNALS and "author" not in item and not item.get("title", "").startswith("[No author"):
        yield "No author was found: what stands before the journal became the title. See whether a name is in it."


def _put_article(reading: Reading, content: dict[str, Any]) -> None:
    reading.item = _with_initials(
        filled(
            {
                **{theirs: content.get(ours) for ours, theirs in _TEXTS.items()},
                "author": content["author"],
                "issued": csl_date(content["issued"]),
                "available-date": csl_date(content["epub"]),
                "custom": filled({"notes": content["notes"], "notices": content.get("notices")}),
            }
        )
    )
    if not is_understood(reading.item["issued"]):
        reading.remark(f"The date “{content['issued']}” was read as far as its year only.")


def _name_strays(reading: Reading, lines: list[str], notes: list[str]) -> None:
    """Say what became a note that NLM does not print: whatever stands there would be part of the citation."""
    begins = {tidy(text)[:_LONGEST_SOURCE]: number for number, text in enumerate(lines[1:], start=reading.line + 1)}
    for note in notes:
        if _NOTE.fullmatch(note) or len(language(note.removesuffix("."))) == 2:
            continue
        line = next((number for text, number in begins.items() if text.startswith(note) or note.startswith(text)), None)
        if line:
            reading.remark("This line was kept as a note of the citation before it. If it is none, take it out.", line)
        else:
            reading.remark(f"“{note[:80]}” was not understood and kept as a note. If it is none, take it out.")


def _with_initials(item: dict[str, Any]) -> dict[str, Any]:
    return item | {name: [_author(one) for one in item[name]] for name in _PEOPLE if name in item}


def _author(author: dict[str, Any]) -> dict[str, str]:
    """The initials as we write them: NLM's "JL" stands as "J.L." in a reference of ours and as "J L" in CSL-JSON."""
    if "literal" in author:
        return {"literal": str(author["literal"])}
    given = author.get("given", "").replace(".-", "-").replace(".", " ").strip()
    return person(author["family"], given, author.get("suffix", ""))
