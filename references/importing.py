"""From records of elsewhere to drafts: each is looked at beside its duplicates, and one bad one costs no other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alstrom_site.editorial import actions
from alstrom_site.editorial.kinds import Content, ContentRefused
from alstrom_site.editorial.models import Edition
from references.duplicates import Candidate, candidates, traits
from references.fitting import filled_fields, fitted
from references.formats.records import is_a_part_only
from references.formatting import nlm_citation_html
from references.keys import KIND, make_keys
from references.provenance import TakenFrom, note
from references.standing import is_retracted, what_happened

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

_NUMBERS = ("PMID", "PMCID", "DOI")
AT_ONCE = 200
"""Records that are begun in one transaction: nobody else's step waits for longer than these take."""


@dataclass(frozen=True)
class Brought:
    """A record of elsewhere: CSL-JSON, and where it stands in what."""

    number: int
    line: int
    item: Mapping[str, Any]
    taken: TakenFrom
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """A record as it would be drafted, with all that there is to say of it before."""

    brought: Brought
    content: Content | None
    remarks: tuple[str, ...] = ()
    same: tuple[Candidate, ...] = ()
    """The entries that may be of the same work."""
    twin: int | None = None
    """The number of the earlier record, among those looked at together, that seems to be of the same work."""
    twin_is_certain: bool = False

    @property
    def is_there(self) -> bool:
        """Whether an entry or an earlier record has an identifier of it, so that it cannot be added."""
        return self.twin_is_certain or any(each.certain for each in self.same)

    @property
    def is_alike(self) -> bool:
        """Whether it may be of a work that is there, which a person must decide."""
        return not self.is_there and bool(self.same or self.twin)

    @property
    def shown(self) -> SafeString:
        """The record as NLM prints it; by its number where it has no title."""
        if not self.content:
            return SafeString()
        printed = nlm_citation_html(self.content, identifiers=("DOI",))
        if self.content["title"]:
            return printed
        number = next((f": {name} {self.content[name]}" for name in _NUMBERS if self.content[name]), "")
        return format_html("No title{}. {}", number, printed)

    @property
    def is_incomplete(self) -> bool:
        """Whether it has no title, or its end was missing: a person must see what there is of it."""
        return self.content is not None and (not self.content["title"] or is_a_part_only(self.remarks))

    @property
    def standing(self) -> list[str]:
        """What happened to the work, such as that it was retracted, as its record says."""
        return [each.words for each in what_happened(self.content)] if self.content else []

    @property
    def is_retracted(self) -> bool:
        """Whether its record says that the work was retracted."""
        return self.content is not None and is_retracted(self.content)


@dataclass(frozen=True)
class Drafted:
    """What became of a record: the draft, or why there is none."""

    arrival: Arrival
    edition: Edition | None = None
    refused: tuple[str, ...] = field(default=())


def arrivals(records: Sequence[Brought]) -> list[Arrival]:
    """Return each record as it would be drafted: with a free key, and compared with all entries and with each other.

    A fixed number of queries.
    """
    fits = [fitted(each.item) for each in records]
    contents = [each.content for each in fits if each.content]
    keys = iter(make_keys(contents))
    found = iter(candidates(contents))
    seen: dict[tuple[str, str], tuple[int, bool]] = {}
    looked_at = []
    for brought, fit in zip(records, fits, strict=True):
        said = (*brought.remarks, *fit.remarks)
        if fit.content is None:
            looked_at.append(Arrival(brought, None, said))
            continue
        content = {**fit.content, "key": next(keys)}
        twin, is_certain = _twin(brought.number, content, seen)
        looked_at.append(Arrival(brought, content, said, next(found), twin, is_certain))
    return looked_at


def draft(chosen: Sequence[Arrival], *, by: "User", at: datetime) -> list[Drafted]:
    """Begin a draft for each of these records that holds something, and note where its fields came from.

    Those of which an entry has an identifier are refused by name. Raises NotPermitted.
    """
    outcome: list[Drafted] = []
    for first in range(0, len(chosen), AT_ONCE):
        outcome += _draft_some(chosen[first : first + AT_ONCE], by, at)
    return outcome


@transaction.atomic
def _draft_some(chosen: Sequence[Arrival], by: "User", at: datetime) -> Iterable[Drafted]:
    wanted = [each for each in chosen if each.content]
    begun = actions.start_many(KIND, [each.content or {} for each in wanted], by=by, at=at)
    note(
        (edition.text, arrival.brought.taken, filled_fields(arrival.content or {}))
        for arrival, edition in zip(wanted, begun, strict=True)
        if isinstance(edition, Edition)
    )
    given = dict(zip([each.brought.number for each in wanted], begun, strict=True))
    return [_drafted(each, given.get(each.brought.number)) for each in chosen]


def _drafted(arrival: Arrival, outcome: Edition | ContentRefused | None) -> Drafted:
    if isinstance(outcome, Edition):
        return Drafted(arrival, outcome)
    if outcome is None:
        return Drafted(arrival, refused=("Nothing in it could be made an entry.",))
    return Drafted(arrival, refused=tuple(issue.message for issue in outcome.issues))


def _twin(number: int, content: Content, seen: dict[tuple[str, str], tuple[int, bool]]) -> tuple[int | None, bool]:
    """The earlier record that shares a trait, and whether that is an identifier; this one is seen from then on."""
    mine = [(each.scheme, each.value, each.is_own) for each in traits(content)]
    met = [(seen[scheme, value][0], is_own) for scheme, value, is_own in mine if (scheme, value) in seen]
    for scheme, value, is_own in mine:
        seen.setdefault((scheme, value), (number, is_own))
    return max(met, key=lambda each: each[1]) if met else (None, False)
