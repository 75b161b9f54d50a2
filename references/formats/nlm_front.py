"""What stands before the imprint of a book, report, thesis or page: people, title, edition, volume, conference.

Citing Medicine, 2nd edition (NLM, Bookshelf NBK7256), chapters 2 to 5, 20, 22, 24 and 25, as
`references.formatting.whole_works` prints them.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from references.formats.dates import csl_date
from references.formats.nlm_authors import GROUP, authors_of
from references.formats.nlm_tail import sentences_of
from references.formats.nlm_text import DATE

_EDITORS = re.compile(r"(?P<people>.*[^\s.])\.?, editors?")
_EDITION = re.compile(
    r"(?P<edition>.*\S) ed(?P<revised>\., rev)?|(?P<words>.*\b(?:[Ee]dition|[Rr]elease|[Vv]ersion)\b.*)"
)
_VOLUME = re.compile(r"Vol\. (?P<volume>\S.*)")
_EVENT = re.compile(rf"(?:Presented at: )?(?P<title>[^;]+); (?P<date>{DATE})(?:; (?P<place>[^;]+))?")
_MARK = re.compile(r"(?P<title>.*\S) \[(?P<mark>[^\[\]]+)\]")
_TYPES = {"dissertation": "thesis", "master's thesis": "thesis", "dataset": "dataset", "software": "software"}
_OF_THE_BOOK = frozenset({"edition", "volume", "medium", "event-title", "event-date", "event-place"})
_ON_THE_INTERNET = " on the Internet"
_MEDIA = re.compile(
    r"Internet|(?:CD|DVD)(?:-ROM)?|.*\b(?:disc|disk|cassette|video|audio\w*|microfi\w+|film|slide|map)\b.*"
)
_LEFT = re.compile(r".*(?: ed|, editors?|\bVol\. \S+|[^\]]+\])\.?")


@dataclass
class Front:
    """What was read of it, and a sentence about each thing of which that is not sure."""

    item: dict[str, Any]
    remarks: list[str] = field(default_factory=list)

    @property
    def is_on_line(self) -> bool:
        """Whether it says that the work stands on the Internet."""
        return self.item.get("medium") == "Internet"


def whole(text: str) -> Front:
    """Authors or editors, title, kind of work and medium, editors, edition, volume, and the conference."""
    sentences = sentences_of(text)
    item = _popped(sentences)
    if len(sentences) > 1:
        item |= _people(sentences)
    front = Front(item)
    marked = next((place for place, each in enumerate(sentences) if _has_mark(each)), len(sentences) - 1)
    if more := " ".join(sentences[marked + 1 :]):
        front.remarks.append(f"“{more[:80]}” stands behind the title and was not understood. Put it where it belongs.")
    title = " ".join(sentences[: marked + 1]).removesuffix(".")
    front.item |= _told_by_marks(title)
    title = front.item["title"]
    if not title.startswith("[") and any(map(_LEFT.fullmatch, [*sentences[:marked], title])):
        front.remarks.append(f"The title “{title[:80]}” may hold what is no part of it. Put it where it belongs.")
    return front


def part_and_whole(part: str, book: str) -> Front:
    """A chapter or a paper, and the book in which it stands."""
    inner, outer = whole(part), whole(book)
    told = {name: value for name, value in outer.item.items() if name in _OF_THE_BOOK}
    item: dict[str, Any] = {
        "type": "paper-conference" if "event-title" in told else "chapter",
        "title": inner.item["title"],
        "author": inner.item.get("author", []),
        "container-title": outer.item["title"],
        "editor": outer.item.get("editor", []),
        "container-author": outer.item.get("author", []),
        **told,
    }
    return Front(item, inner.remarks + outer.remarks)


def _popped(sentences: list[str]) -> dict[str, Any]:
    """What the last sentences say that are neither people nor title, which are taken away."""
    item: dict[str, Any] = {}
    while len(sentences) > 1:
        found = _known(sentences[-1].removesuffix("."))
        if not found or found.keys() & item.keys():
            break
        item |= found
        sentences.pop()
    return item


def _known(sentence: str) -> dict[str, Any]:
    if match := _VOLUME.fullmatch(sentence):
        return {"volume": match["volume"]}
    if match := _EDITORS.fullmatch(sentence):
        people = authors_of(match["people"])
        return {"editor": people} if people else {}
    if match := _EVENT.fullmatch(sentence):
        event = {"event-title": match["title"], "event-date": csl_date(match["date"]), "event-place": match["place"]}
        return {"type": "paper-conference"} | {name: value for name, value in event.items() if value}
    if match := _EDITION.fullmatch(sentence):
        return {
            "edition": match["words"] or (f"{match['edition']} ed., rev." if match["revised"] else match["edition"])
        }
    return {}


def _people(sentences: list[str]) -> dict[str, Any]:
    """Whom the first sentence names, which is taken away then."""
    first = sentences[0].removesuffix(".")
    editors = _EDITORS.fullmatch(first)
    people = authors_of(editors["people"] if editors else first)
    if not people and GROUP.fullmatch(first):
        # Organizations write books; a journal names them behind people only.
        people = [{"literal": first}]
    if not people:
        return {}
    sentences.pop(0)
    return {"editor" if editors else "author": people}


def _has_mark(sentence: str) -> bool:
    match = _MARK.fullmatch(sentence.removesuffix("."))
    return match is not None and _is_mark(match["mark"])


def _is_mark(mark: str) -> bool:
    return mark.removesuffix(_ON_THE_INTERNET).lower() in _TYPES or _MEDIA.fullmatch(mark) is not None


def _told_by_marks(title: str) -> dict[str, Any]:
    """The title without its marks, the kind of work, and the medium: "A title [dissertation on the Internet]"."""
    item: dict[str, Any] = {}
    while (match := _MARK.fullmatch(title)) and _is_mark(match["mark"]):
        title, mark = match["title"], match["mark"]
        if mark.endswith(_ON_THE_INTERNET):
            mark, item["medium"] = mark.removesuffix(_ON_THE_INTERNET), "Internet"
        if kind := _TYPES.get(mark.lower()):
            item["type"] = kind
            item |= {"genre": "Master's thesis"} if mark.lower().startswith("master") else {}
        else:
            item["medium"] = mark
    return item | {"title": title}
