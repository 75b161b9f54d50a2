"""A copied text as it came, taken apart: the drafts it can give, and the findings an editor should know."""

import re
from dataclasses import dataclass, field
from typing import Any

from alstrom_site.partial_dates import PartialDate
from pages.exchange.source_lines import Line

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DATE = re.compile(r"(?:(?P<month>[A-Za-z]{3,9})\.? )?(?:(?P<day>[0-9]{1,2}),? )?(?P<year>[0-9]{4})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[A-Za-z]{3,9})\.? (?P<year>[0-9]{4})")


@dataclass
class SourceText:
    """What a copied text holds, in the fields of an article, with its questions and its reference list beside it."""

    title: str
    title_line: int
    body: str = ""
    quick_answer: str = ""
    closing_summary: str = ""
    alternate_names: list[str] = field(default_factory=list)
    reviewed: str = ""
    published: str = ""
    questions: list["Question"] = field(default_factory=list)
    neighbours: list["Neighbour"] = field(default_factory=list)
    references: list["Printed"] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """A question and its answer in Markdown."""

    question: str
    answer: str
    line: int


@dataclass(frozen=True)
class Neighbour:
    """Another page that the text points to."""

    title: str
    description: str
    line: int


@dataclass(frozen=True)
class Printed:
    """An entry of the reference list: as printed, and the fields of the reference that were read from it."""

    line: Line
    fields: dict[str, Any]


def partial_date(text: str) -> str:
    """The date written in English words, "August 2008" or "May 4, 2009", as precise as it is; ValueError otherwise."""
    bare = " ".join(text.split())
    match = _DAY_FIRST.fullmatch(bare) or _DATE.fullmatch(bare)
    if match is None or (match["day"] and not match["month"]):
        raise ValueError(f"“{bare[:60]}” is not a date. Write it as August 2008 or May 4, 2009.")
    parts = [match["year"]]
    if match["month"]:
        parts.append(f"{_month(match['month']):02}")
    if match["day"]:
        parts.append(f"{int(match['day']):02}")
    return str(PartialDate.parse("-".join(parts)))


def _month(name: str) -> int:
    for number, month in enumerate(MONTHS, start=1):
        if name.lower() in (month, month[:3]):
            return number
    raise ValueError(f"“{name}” is not the name of a month.")
