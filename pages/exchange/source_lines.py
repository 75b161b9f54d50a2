"""Lines of a copied text, blocks and sections made of them, and what a copy tends to have lost."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pages.exchange.report import Finding

BULLET = re.compile(r"\s*[•◦▪‣*-]\s+")
# An opening bracket whose address was lost: nothing of it follows.
LOST_LINK = re.compile(r" ?\((?=\s|$)")
_LINK_NAME = re.compile(r"(?<!\w)[^\s.;:•()][^.;:•()]*$")
_NAVIGATION = re.compile(
    r"\s*(?:skip (?:to )?(?:main |the )?(?:navigation|content)|(?:back|return) to (?:the )?top|"
    r"print this page|e-?mail this page|you are here:|breadcrumbs?)\b",
    re.IGNORECASE,
)
# What Markdown would read as more than the letter it is.
_MARKS = re.compile(r"[\\`*_\[\]<>]|(?<!\w)@|^(?:#|[+-](?= )|=+$|-+$)|^[0-9]{1,9}(?=[.)] )", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """One line that says something; `number` counts from 1 in the file, `bullet` says whether it was an item."""

    text: str
    number: int
    bullet: bool = False


@dataclass
class Section:
    """A heading and what follows it up to the next one; the heading is empty before the first."""

    heading: str
    number: int
    lines: list[Line] = field(default_factory=list)


class Findings:
    """Gathers what an editor should know about one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.all: list[Finding] = []

    def add(self, code: str, line: int, message: str) -> None:
        """Note something about a line."""
        self.all.append(Finding(self.path, line, "", code, message))


def meaningful_lines(text: str, findings: Findings) -> list[Line]:
    """The lines without empty ones, navigation and lost links; the last two are noted."""
    lines = []
    for number, written in enumerate(text.split("\n"), start=1):
        if _NAVIGATION.match(written):
            shown = " ".join(written.split())[:80]
            findings.add("navigation", number, f"“{shown}” belongs to the page it was copied from. It was left out.")
            continue
        bullet = BULLET.match(written)
        text_of_line = _without_lost_links(written[bullet.end() :] if bullet else written, number, findings)
        if text_of_line:
            lines.append(Line(text_of_line, number, bullet is not None))
    return lines


def note_empty(sections: Iterable[Section], findings: Findings) -> Iterator[Section]:
    """Give the sections that say something; those without any text are noted and left out."""
    for section in sections:
        if section.lines:
            yield section
        else:
            message = f"The section “{section.heading}” has no text. It was left out."
            findings.add("empty-section", section.number, message)


def markdown(lines: Iterable[Line]) -> str:
    """The lines as Markdown paragraphs and lists, with every mark of theirs taken for the letter that it is."""
    blocks: list[str] = []
    after_bullet = False
    for line in lines:
        text = escaped(line.text)
        if line.bullet and after_bullet:
            blocks[-1] += f"\n- {text}"
        else:
            blocks.append(f"- {text}" if line.bullet else text)
        after_bullet = line.bullet
    return "\n\n".join(blocks)


def sections_as_markdown(sections: Iterable[Section]) -> str:
    """The sections, each under a heading of the second level."""
    parts = [
        f"## {escaped(section.heading)}\n\n{markdown(section.lines)}" if section.heading else markdown(section.lines)
        for section in sections
        if section.lines
    ]
    return "\n\n".join(parts)


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it as it is."""
    return _MARKS.sub(lambda mark: mark[0] + "\\" if mark[0].isdigit() else "\\" + mark[0], text)


def _without_lost_links(text: str, number: int, findings: Findings) -> str:
    for lost in LOST_LINK.finditer(text):
        named = _LINK_NAME.search(text[max(0, lost.start() - 160) : lost.start()])
        name = " ".join(named[0].split()) if named else ""
        name = name or "… " + " ".join(text[max(0, lost.start() - 60) : lost.start()].split()[1:])
        findings.add("lost-link", number, f"The link behind “{name}” lost its address: “(” and nothing more.")
    return " ".join(LOST_LINK.sub("", text).split())
