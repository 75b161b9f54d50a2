"""Whether a work still stands: retracted, under concern, corrected, superseded; read from what is said of it.

PubMed's names are compared exactly: "RetractionIn" says that this work was retracted, "RetractionOf" that it is itself
the notice of a retraction, and so do the publication types "Retracted Publication" and "Retraction Notice". One name is
ours, "ReinstatementIn": PubMed has none for a retraction that was taken back.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from references.models import ObservedNotice

Standing = Literal["retracted", "concern", "corrected", "superseded", "reinstated"]

# In the order of how much they mean to a reader.
_KINDS: dict[str, Standing] = {
    "RetractionIn": "retracted",
    "PartialRetractionIn": "retracted",
    "RetractedandRepublishedIn": "retracted",
    "ExpressionOfConcernIn": "concern",
    "CorrectedandRepublishedIn": "corrected",
    "ErratumIn": "corrected",
    "UpdateIn": "superseded",
    "ReinstatementIn": "reinstated",
}
# Types of which a reader should know more than their kind says.
_EXACTLY = {"PartialRetractionIn": "Retracted in part", "RetractedandRepublishedIn": "Retracted and republished"}
_TYPES: dict[str, Standing] = {"Retracted Publication": "retracted"}
_WORDS: dict[Standing, str] = {
    "retracted": "Retracted",
    "concern": "Expression of concern",
    "reinstated": "Reinstated",
    "superseded": "Superseded",
    "corrected": "Corrected",
}
_DATE = re.compile(r"([0-9]{4})(?:(-(?:0[1-9]|1[0-2]))(-[0-9]{2})?)?")
# A date as NLM prints it, behind the journal: "J Test. 2010 May;1(1):1". The journal's name may end in a year itself.
_DATED = re.compile(r"(?:^|[.?!] )((?:19|20)[0-9]{2})(?=[;:.]|$| [A-Z][a-z]{2}| doi)")
_YEAR = re.compile(r"(?:^|[ .])((?:19|20)[0-9]{2})(?=[ ;:.]|$)")
_DOI = re.compile(r"\b10\.[0-9]{4,9}/\S+")


@dataclass(frozen=True)
class Notice:
    """One notice about a work: its type exactly as PubMed names it, when, and where the notice stands.

    `date` is as precise as it is known (EDTF); "" when unknown.
    """

    type: str
    date: str = ""
    pmid: str = ""
    doi: str = ""
    text: str = ""


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a work: what, when ("" when unknown), and where the notice stands.

    `exactly`: in words, where that is more than its standing says. `undone`: a retraction that was taken back since.
    """

    standing: Standing
    date: str = ""
    pmid: str = ""
    doi: str = ""
    text: str = ""
    exactly: str = ""
    undone: bool = False

    @property
    def year(self) -> str:
        """The year, "" when unknown."""
        return self.date[:4]

    @property
    def what(self) -> str:
        """Without a date: "Retracted"."""
        return self.exactly or _WORDS[self.standing]

    @property
    def is_in_part(self) -> bool:
        """Whether part of the work was retracted, and not the whole of it."""
        return self.exactly == _EXACTLY["PartialRetractionIn"]

    @property
    def words(self) -> str:
        """For readers: "Retracted 2010"."""
        return f"{self.what} {self.year}".strip()


def notices_in(reference: Mapping[str, Any]) -> tuple[Notice, ...]:
    """Return the notices that a record carries, its publication types that say the same among them."""
    linked = [
        Notice(
            row.get("type", ""),
            _year_in(row.get("text", "")),
            row.get("pmid", ""),
            row.get("doi", ""),
            row.get("text", ""),
        )
        for row in reference.get("notices", ())
    ]
    types = [Notice(name) for name in reference.get("publication_types", ()) if name in _TYPES]
    return (*linked, *types)


def observed_of(documents: Collection[int]) -> dict[int, tuple[Notice, ...]]:
    """Return what was observed of the works of these documents and holds, by document; one query.

    What was observed of an entry that was merged into another one is known of that one.
    """
    found: defaultdict[int, list[Notice]] = defaultdict(list)
    for row in ObservedNotice.objects.holding().about(documents):
        notice = Notice(row.type, row.date, row.pmid, row.doi, row.text)
        found[vars(row)["entry"]].append(notice)
    return {pk: tuple(notices) for pk, notices in found.items()}


def what_happened(reference: Mapping[str, Any], observed: Iterable[Notice] = ()) -> tuple[Happened, ...]:
    """Everything that happened to the work in the order of dates, what means most first where they are the same.

    `observed`: what was learned after the record was written. What two sources say of one event stands once.
    """
    notices = [*notices_in(reference), *observed]
    found = _once(_found(notices), _is_one)
    if _is_reinstated(notices):
        found = [replace(each, undone=each.standing == "retracted") for each in found]
    return tuple(sorted(found, key=_order))


def is_retracted(reference: Mapping[str, Any], observed: Iterable[Notice] = ()) -> bool:
    """Whether the work is retracted, wholly or in part, and was not reinstated since."""
    return now_retracted(what_happened(reference, observed))


def now_retracted(happened: Iterable[Happened]) -> bool:
    """Whether a work to which this happened, as `what_happened` returns it, is retracted now."""
    return retraction_in(happened) is not None


def retraction_in(happened: Iterable[Happened]) -> Happened | None:
    """The retraction that holds, whatever happened before or since; of several the first."""
    return next(iter(retractions_in(happened)), None)


def retractions_in(happened: Iterable[Happened]) -> list[Happened]:
    """All retractions that hold."""
    return [each for each in happened if each.standing == "retracted" and not each.undone]


def _order(each: Happened) -> tuple[str, int]:
    return each.date or "9999", list(_WORDS).index(each.standing)


def _is_reinstated(notices: Sequence[Notice]) -> bool:
    """Whether every retraction is surely older than a reinstatement: what is not known leaves the work retracted."""
    events = _once(_found(each for each in notices if each.type in _KINDS), _is_surely_one)
    gone = [each.date for each in events if each.standing == "retracted"]
    if not gone and any(each.type in _TYPES for each in notices):
        return False
    back = max((_day(each.date, "-01", "-01") for each in events if each.standing == "reinstated"), default="")
    return bool(back) and all("" < _day(date, "-12", "-31") <= back for date in gone)


def _day(date: str, month: str, day: str) -> str:
    """A date with what it leaves open filled in, to be compared; "" for what is no year, month or day."""
    found = _DATE.fullmatch(date)
    return f"{found[1]}{found[2] or month}{found[3] or day}" if found else ""


def _found(notices: Iterable[Notice]) -> Iterator[Happened]:
    for each in notices:
        standing = _KINDS.get(each.type) or _TYPES.get(each.type)
        if standing is not None:
            yield Happened(standing, each.date, each.pmid, each.doi, each.text, _EXACTLY.get(each.type, ""))


def _once(found: Iterable[Happened], is_one: Callable[[Happened, Happened], bool]) -> list[Happened]:
    """Each event once, with all that the sources say of it; what says least is looked at last."""
    kept: list[Happened] = []
    for each in sorted(found, key=lambda each: -sum(map(bool, (each.date, each.pmid, each.doi, each.text)))):
        place = next((at for at, other in enumerate(kept) if is_one(each, other)), None)
        if place is None:
            kept.append(each)
        else:
            kept[place] = _joined(kept[place], each)
    return kept


def _is_one(one: Happened, other: Happened) -> bool:
    """Whether two sources speak of one event: of one kind, and neither number nor year says otherwise."""
    if _is_surely_one(one, other):
        return True
    numbers = _numbers(one, other)
    if one.standing != other.standing or any(mine and theirs for mine, theirs in numbers):
        return False
    if not any(map(any, numbers)) and _differ(one.text, other.text):
        return False
    return one.year == other.year or not one.year or not other.year


def _is_surely_one(one: Happened, other: Happened) -> bool:
    """Whether two sources name the same notice by its number."""
    return one.standing == other.standing and any(mine and mine == theirs for mine, theirs in _numbers(one, other))


def _numbers(one: Happened, other: Happened) -> tuple[tuple[str, str], ...]:
    return ((one.pmid, other.pmid), (one.doi.casefold(), other.doi.casefold()))


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _joined(one: Happened, other: Happened) -> Happened:
    date = max(one.date, other.date, key=len)
    # Two sources of which one says no more than “retracted”: the whole of it, until a person takes that back.
    exactly = one.exactly if one.exactly == other.exactly else ""
    return Happened(one.standing, date, one.pmid or other.pmid, one.doi or other.doi, one.text or other.text, exactly)


def _year_in(text: str) -> str:
    """The year of the date in a notice: the last one before the volume; "" for none."""
    bare = _DOI.sub("", text)
    ahead = bare.partition(";")[0]
    places = ((_DATED, ahead), (_DATED, bare), (_YEAR, ahead), (_YEAR, bare))
    found = next(filter(None, (pattern.findall(part) for pattern, part in places)), [""])
    return str(found[-1])
