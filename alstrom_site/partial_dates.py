"""Dates that keep the precision they were given: "August 2008" stays a month and never becomes 1 August.

Written in the Extended Date/Time Format (EDTF, ISO 8601-2): 2008, 2008-08, 2009-05-04, the season 2005-21 and the
range 2002-10/2002-12.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Any, Self

Point = tuple[int, ...]  # (year,), (year, month or season) or (year, month, day)

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# NLM's Citing Medicine (Appendix B) cuts every month to its first three letters and writes seasons out, with "Fall".
_NLM_MONTHS = tuple(name[:3] for name in _MONTHS)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_NLM_SEASONS = {21: "Spring", 22: "Summer", 23: "Fall", 24: "Winter"}
# The meteorological seasons of the northern hemisphere, used for sorting only.
_SEASON_STARTS_IN_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
_CSL_SEASONS = {"1": 21, "2": 22, "3": 23, "4": 24, "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_PRECISIONS = ("year", "season", "month", "day")


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A year, season, month or day, or a range between two of the same precision; refuses what no calendar has."""

    begins: Point
    ends: Point | None = None

    def __post_init__(self) -> None:
        _check_point(self.begins)
        if self.ends is not None:
            _check_point(self.ends)
            _check_range(self.begins, self.ends)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The date that an EDTF string names; ValueError with a sentence for the person when it names none."""
        first, slash, last = text.partition("/")
        begins, ends = _parse_point(first), _parse_point(last)
        if begins is None or (slash and ends is None):
            raise ValueError(
                f"“{text}” is not a date we can keep. Write a year (2008), a month (2008-08), a day (2009-05-04), "
                "a season (2005-21 for spring to 2005-24 for winter) or a range (2002-10/2002-12)."
            )
        return cls(begins, ends)

    @classmethod
    def from_csl(cls, value: Mapping[str, Any]) -> Self:
        """The date of a CSL-JSON date variable ("date-parts", "season"); ValueError with a sentence otherwise."""
        parts = value.get("date-parts")
        points = [_csl_point(part) for part in parts] if isinstance(parts, list) else []
        if not points or len(points) > 2 or () in points:
            raise ValueError("This date has no usable “date-parts”; they hold one date, or the two ends of a range.")
        if value.get("season") and len(points[0]) == 1:
            points[0] = (*points[0], _csl_season(value["season"]))
        return cls(*points)

    @property
    def year(self) -> int:
        """The year in which the date begins."""
        return self.begins[0]

    @property
    def precision(self) -> str:
        """How exact the date is: "year", "season", "month" or "day"; a range is as exact as its ends."""
        if len(self.begins) == 2:
            return "season" if self.begins[1] in _SEASONS else "month"
        return "year" if len(self.begins) == 1 else "day"

    @property
    def earliest(self) -> date:
        """The first day that the date can mean."""
        year, month, day = (*self.begins, 1, 1)[:3]
        return date(year, _SEASON_STARTS_IN_MONTH.get(month, month), day)

    @property
    def sort_key(self) -> tuple[date, int, Point]:
        """Orders by earliest day, then the rougher date first, then a range after its beginning."""
        return self.earliest, _PRECISIONS.index(self.precision), self.ends or ()

    def __lt__(self, other: object) -> bool:
        return self.sort_key < other.sort_key if isinstance(other, PartialDate) else NotImplemented

    def __str__(self) -> str:
        return "/".join(_edtf(point) for point in self._points())

    def display(self) -> str:
        """The date as readers see it: "August 2008", "4 May 2009", "October to December 2002", "spring 2005"."""
        first, *last = (_words(point, _MONTHS, _SEASONS) for point in self._points())
        if not last:
            return " ".join(reversed(first))
        beginning = first[_shared(first, last[0]) :]
        return f"{' '.join(reversed(beginning))} to {' '.join(reversed(last[0]))}"

    def nlm(self) -> str:
        """The date as NLM prints it in a citation (Citing Medicine): "2008 Aug", "2002 Oct-Dec", "2005 Spring"."""
        first, *last = (_words(point, _NLM_MONTHS, _NLM_SEASONS) for point in self._points())
        ending = "".join("-" + " ".join(words[_shared(first, words) :]) for words in last)
        return " ".join(first) + ending

    def to_csl(self) -> dict[str, Any]:
        """The same date as a CSL-JSON date variable, with the season as CSL counts it, from 1 for spring."""
        if self.precision == "season":
            return {"date-parts": [[self.year]], "season": self.begins[1] - 20}
        return {"date-parts": [list(point) for point in self._points()]}

    def _points(self) -> tuple[Point, ...]:
        return (self.begins,) if self.ends is None else (self.begins, self.ends)


def _parse_point(text: str) -> Point | None:
    match = _POINT.fullmatch(text)
    return tuple(int(part) for part in match.groups() if part) if match else None


def _check_point(point: Point) -> None:
    if not 1 <= len(point) <= 3:
        raise ValueError("A date is a year, a year and a month, or a year, a month and a day.")
    year, month, day = (*point, 1, 1)[:3]
    if not 1 <= year <= 9999:
        raise ValueError(f"There is no year {year} here; write a year from 0001 to 9999.")
    if month in _SEASONS:
        if len(point) == 3:
            raise ValueError(f"A season has no days; write {year:04}-{month} alone.")
    elif not 1 <= month <= 12:
        raise ValueError(f"There is no month {month:02}; months go from 01 to 12 and seasons from 21 to 24.")
    else:
        _check_day(year, month, day)


def _check_day(year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
    except (ValueError, OverflowError):
        raise ValueError(f"There is no day {day} in {_MONTHS[month - 1]} {year}.") from None


def _check_range(begins: Point, ends: Point) -> None:
    if len(begins) != len(ends):
        raise ValueError("Write both ends of a range in the same way, for example 2002-10/2002-12.")
    # CSL keeps one season in a date, so a range of seasons could not be carried to other programs.
    if any(len(point) == 2 and point[1] in _SEASONS for point in (begins, ends)):
        raise ValueError("A range cannot be made of seasons; write its months, for example 2005-03/2005-08.")
    if ends <= begins:
        raise ValueError(f"The range ends on {_edtf(ends)}, which is not after its beginning, {_edtf(begins)}.")


def _csl_point(parts: Any) -> Point:
    # Some programs write the numbers as strings, and null for a part that is not known.
    try:
        return tuple(int(part) for part in parts if part not in (None, ""))
    except (TypeError, ValueError, OverflowError):
        raise ValueError("The “date-parts” of a date are numbers: year, month, day.") from None


def _csl_season(value: object) -> int:
    season = _CSL_SEASONS.get(str(value).strip().lower())
    if season is None:
        raise ValueError(f"“{value}” is not a season; CSL counts from 1 (spring) to 4 (winter).")
    return season


def _edtf(point: Point) -> str:
    return "-".join([f"{point[0]:04}", *(f"{number:02}" for number in point[1:])])


def _words(point: Point, months: Sequence[str], seasons: Mapping[int, str]) -> list[str]:
    words = [str(number) for number in point]
    if len(point) > 1:
        words[1] = seasons[point[1]] if point[1] in seasons else months[point[1] - 1]
    return words


def _shared(first: Sequence[str], last: Sequence[str]) -> int:
    """How many words, from the year down, both ends of a range have in common."""
    return next(index for index, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
