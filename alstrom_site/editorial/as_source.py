"""What a kind tells of its documents as sources of others: how each stands, what it is known by, what rests on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User
    from alstrom_site.editorial.models import Document

Content = dict[str, Any]


@dataclass(frozen=True)
class NewStanding:
    """What is new about a source, in words, and the sentences that rest on it, by the document that says them."""

    said: str
    statements: Mapping[int, str]


Standing = Callable[["Document", Content, Content], NewStanding | None]
"""Given a document, its text before and the one that is live now: what the second says of its standing that is new."""

KnownBy = Callable[[Content, Content], str]
"""Given the text of a source before and the one after it: what it is known by that has changed, in words, or "". Of
what others show whole: where it says something else."""
Resting = Callable[["Document"], Mapping[int, str]]
"""The sentences of live texts that rest on a document, in words, by the document that says them."""


@dataclass(frozen=True)
class TakenIn:
    """What a document takes over from one that it takes in: all that is known of its standing then, in words.

    `is_news`: whether that was not known of it before. `keep` writes, as known by this person and now, what stood in
    the text of the other alone, and returns what the event keeps of it.
    """

    said: str
    is_news: bool
    keep: Callable[["User", datetime], Mapping[str, Any]]


TakingIn = Callable[["Document", "Document"], TakenIn | None]
"""Given a document and the one that it takes in: what it takes over of that one's standing; None when it has it all."""


@dataclass(frozen=True)
class AsSource:
    """What a kind tells of its documents as sources of others."""

    standing: Standing
    taking_in: TakingIn
    known_by: KnownBy
    resting: Resting


def shown_whole(known_by: KnownBy) -> AsSource:
    """Return what a kind tells whose texts others show whole, and none cites: only where one says something else."""
    return AsSource(lambda *_: None, lambda *_: None, known_by, lambda _: {})
