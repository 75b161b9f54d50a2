"""Pairs of entries that look alike and that nobody told apart, as the database finds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from references.duplicates.likeness import ALIKE, ISBN, PLACE, TITLE, UNFINISHED

# What lacks author or year is compared by title with everything: each such entry has both of these traits.
_PAIRS = """
    SELECT one.document_id AS first, other.document_id AS second, min(one.scheme) AS scheme
    FROM editorial_trait one
    JOIN editorial_trait other ON other.value = one.value AND other.document_id <> one.document_id
        AND (other.scheme = one.scheme AND one.scheme = ANY(%(alike)s) AND one.document_id < other.document_id
            OR one.scheme = %(unfinished)s AND other.scheme = %(title)s)
    WHERE NOT EXISTS (
        SELECT FROM editorial_distinction said
        WHERE said.first_id = least(one.document_id, other.document_id)
            AND said.second_id = greatest(one.document_id, other.document_id)
    )
    GROUP BY one.document_id, other.document_id
"""
# Two entries that both lack something find each other twice.
_ONCE = f"""
    SELECT least(first, second), greatest(first, second), min(scheme) FROM ({_PAIRS}) AS found
    GROUP BY 1, 2 ORDER BY 1 DESC, 2 DESC
"""  # noqa: S608 no value stands in it
_NAMES: dict[str, Any] = {"alike": [ALIKE, ISBN, PLACE], "title": TITLE, "unfinished": UNFINISHED}


@dataclass(frozen=True)
class Pair:
    """Two documents, by their ids, the smaller first, and the scheme of what they share."""

    first: int
    second: int
    scheme: str


def pairs(*, first: int = 0, most: int | None = None) -> Sequence[Pair]:
    """Return pairs from a place on, those of the newest entries first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ONCE} LIMIT %(most)s OFFSET %(first)s", {**_NAMES, "most": most, "first": first})
        return [Pair(*row) for row in cursor.fetchall()]


def count() -> int:
    """Return how many pairs there are. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_ONCE}) AS every", _NAMES)  # noqa: S608 no value stands in it
        found: tuple[int] = cursor.fetchone()
    return found[0]
