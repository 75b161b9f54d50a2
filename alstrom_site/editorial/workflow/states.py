"""The states of an edition."""

from enum import StrEnum


class Status(StrEnum):
    """Where an edition stands."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    CHANGES_REQUESTED = "changes requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    FAILED_TO_PUBLISH = "failed to publish"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    UNPUBLISHED = "unpublished"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The state as a person reads it."""
        return self.value.capitalize()


READY = frozenset({Status.APPROVED, Status.SCHEDULED, Status.FAILED_TO_PUBLISH})
"""Approved, and not yet live."""
OPEN = READY | {Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED}
LIVE = frozenset({Status.PUBLISHED, Status.WITHDRAWN})
CLOSED = frozenset(Status) - OPEN - LIVE
