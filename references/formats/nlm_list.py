"""Citations pasted as NLM prints them: one or many, numbered or not, each on its line or broken over lines."""

import re
from collections.abc import Iterator
from typing import Any

from references.formats.dates import csl_date, is_understood
from references.formats.names import person, with_sounds
from references.formats.nlm_apart import BULLET, NUMBERED, apart, names_within
from references.formats.nlm_authors import strange_among
from references.formats.nlm_books import find_imprint, parse_nlm_book
from references.formats.nlm_tail import is_note
from references.formats.nlm_text import DATE, LONGEST_CITATION, citation_as_printed, find_source
from references.formats.records import Reading
from references.formats.text import Text
from references.formats.values import filled, storable, tidy

# The date of a chapter could be that of a journal, were its book not behind it.
_CHAPTER = re.compile(rf"[.?!] {DATE}(?: \[[^\]]{{3,120}}\])?\. In: ")
_OF_ANOTHER = re.compile(rf"(?<![0-9]){DATE};\S|(?<=[.?!] ){DATE}(?::| Spec No)\S")
_LONGEST_SOURCE = 1000
_IN_JOURNALS = frozenset({"article-journal", "article", "article-newspaper"})
_PEOPLE = ("author", "editor", "container-author")
_TEXTS = {
    "type": "type", "genre": "genre", "title": "title", "container_title": "container-title",
    "container_title_short": "container-title-short", "volume": "volume", "issue": "issue", "page": "page",
    "language": "language", "URL": "URL", "DOI": "DOI", "PMID": "PMID", "PMCID": "PMCID",
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
    for lines in apart(text.lines()):
        yield _read(lines[0][0], [line for _, line in lines])


def _read(line: int, lines: list[str]) -> Reading:
    reading = Reading(line, storable("\n".join(lines)))
    text = BULLET.sub("", NUMBERED.sub("", "\n".join(lines), count=1), count=1)
    line_of_text = tidy(text)
    try:
        if _is_book(line_of_text):
            item, doubts = parse_nlm_book(line_of_text)
            reading.item = _with_initials(item)
        else:
            content, doubts = citation_as_printed(line_of_text)
            _put_article(reading, content)
            doubts += _doubts_of_title(content["title"])
        for doubt in [*doubts, *_doubts_of_people(reading.item)]:
            reading.remark(doubt)
        if (within := names_within(lines)) is not None:
            reading.remark(
                "Names begin this line within the title. See whether another citation begins.", line + within
            )
        _name_strays(reading, lines, reading.item.get("custom", {}).get("notes", []))
    except ValueError as wrong:
        reading.remark(str(wrong))
    return reading


def _is_book(line: str) -> bool:
    """Whether it has an imprint and no journal: what stands before the date of an article is a title at least."""
    imprint = find_imprint(line)
    if imprint is None:
        return False
    source = find_source(line)
    return source is None or _CHAPTER.search(line) is not None or imprint.start() <= source.start() < imprint.end()


def _doubts_of_title(title: str) -> Iterator[str]:
    if _OF_ANOTHER.search(title) or find_imprint(f"{title}."):
        yield f"The title “{title[:80]}” holds what is printed behind a title: see whose it is."


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
                "accessed": csl_date(content.get("accessed", "")),
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
        if is_note(note):
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
    return person(author["family"], with_sounds(given, given.replace(" ", "")), author.get("suffix", ""))
