"""What the events of one document say of it and of what hangs on it: rows as they must stand, by model and number."""

import json
from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Model

from alstrom_site.editorial.models import Edition

Row = dict[str, Any]


class _Unknown:
    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = _Unknown()
"""In the place of a value that an event of an older site does not name: nothing is compared with it."""


Fills = tuple[int | None, str | None]
NOTHING: Fills = (None, None)


class Happened(NamedTuple):
    """An event, as far as it is replayed; `said` are its details."""

    position: int
    document: int
    edition: int
    revision: int
    revision_digest: str
    verb: str
    source: str
    target: str
    by: int
    by_name: str
    at: datetime
    said: dict[str, Any]
    fills: Fills = NOTHING
    """The step of the policy that its review fills, and the role in which it was signed; where it has a review."""
    is_demonstration: bool = False
    """Whether its review stands for no clinician."""

    @property
    def role(self) -> str | None:
        """The role in which its review was signed."""
        return self.fills[1]

    @classmethod
    def of(cls, *columns: Any, fills: Fills = NOTHING, is_demonstration: bool | None = None) -> "Happened":
        """Return the event of these columns, the last of which are its details as they are stored."""
        *rest, details = columns
        return cls._make([*rest, cls.details_of(details), fills, bool(is_demonstration)])

    @staticmethod
    def details_of(stored: str) -> dict[str, Any]:
        """Return details; none of what cannot be read: it was altered, and the check of the chain says so."""
        try:
            said = json.loads(stored)
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}


@dataclass
class Told:
    """Rows by model and key, columns by their names in the database. What is not replayed is not in them."""

    document: Row = field(default_factory=dict)
    rows: dict[type[Model], dict[Hashable, Row]] = field(default_factory=dict)
    not_named: set[type[Model]] = field(default_factory=set)
    """Of what the events of an older site do not tell which row they are about."""
    texts: Counter[int] = field(default_factory=Counter)
    """By edition: how many texts were written."""
    signed: defaultdict[int, list[Happened]] = field(default_factory=lambda: defaultdict(list))
    """By edition: the signatures under its text that count in the round that runs, and once it is live."""

    def of(self, model: type[Model]) -> dict[Hashable, Row]:
        """Return the rows of one model."""
        return self.rows.setdefault(model, {})

    def named(self, model: type[Model], key: Hashable) -> Row:
        """Return the row that an event names; what is told of it from here on, where it may be of an older site.

        Raises KeyError when no event made it and each that makes one names it.
        """
        rows = self.of(model)
        return rows.setdefault(key, {}) if model in self.not_named else rows[key]

    def edition(self, event: Happened) -> Row:
        """Return the edition that an event is about; raise KeyError when no event began it."""
        return self.of(Edition)[event.edition]
