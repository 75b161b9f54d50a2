"""How each column of the record is kept from being altered unseen: the one table of it.

`verify_record` compares the columns that are kept by EVENTS with what the events say, by this table. A model or a
column that is not in it fails a test until somebody decides how it is kept.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Model

from alstrom_site.editorial import models


class Kept(StrEnum):
    """By what an alteration is seen, whoever made it and whatever guards of the database they took away for it."""

    CHAIN = "the digest of the row, which the next event holds"
    EVENTS = "the events, replayed, give the same value"
    DIGEST = "an event holds a digest that is taken over it"
    DERIVED = "it is made again from texts, reviews and events, and compared"
    GUARD = "the database alone: it refuses every change, and its guards are compared with the code"
    NOT = "it is no part of the record"


Columns = Mapping[str, Kept]


def _all(model: type[Model], by: Kept, **others: Kept) -> Columns:
    """Every column of a model but its number, kept in one way, with these exceptions."""
    names = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    return {**dict.fromkeys(names, by), **others}


KEPT: Mapping[type[Model], Columns] = {
    models.Event: _all(models.Event, Kept.CHAIN),
    models.Document: _all(
        models.Document,
        Kept.EVENTS,
        address=Kept.DERIVED,
        title=Kept.DERIVED,
        sort_title=Kept.DERIVED,
        review_due_on=Kept.DERIVED,
        changed_at=Kept.DERIVED,
    ),
    models.Edition: _all(models.Edition, Kept.EVENTS),
    models.Revision: _all(models.Revision, Kept.EVENTS, content=Kept.DIGEST),
    models.Review: _all(models.Review, Kept.DIGEST),
    models.ReviewRequest: _all(models.ReviewRequest, Kept.EVENTS),
    models.Proposal: _all(models.Proposal, Kept.EVENTS),
    models.Flag: _all(models.Flag, Kept.EVENTS),
    models.FormerAddress: _all(models.FormerAddress, Kept.EVENTS),
    models.Comment: _all(models.Comment, Kept.DIGEST, resolved_at=Kept.EVENTS, resolved_by=Kept.EVENTS),
    models.SharedLink: _all(models.SharedLink, Kept.DIGEST, revoked_at=Kept.EVENTS, revoked_by=Kept.EVENTS),
    models.PublishedCopy: _all(models.PublishedCopy, Kept.DIGEST),
    models.PublishedPage: _all(models.PublishedPage, Kept.DERIVED, is_stale=Kept.NOT, search_vector=Kept.NOT),
    models.Citation: _all(models.Citation, Kept.DERIVED),
    # Nothing is shown in the order of its position.
    models.Relation: _all(models.Relation, Kept.DERIVED, position=Kept.NOT),
    models.Trait: _all(models.Trait, Kept.DERIVED),
    # Who opened a link and when, and that two documents only look alike: notes that prove nothing about a text.
    models.LinkVisit: _all(models.LinkVisit, Kept.GUARD),
    models.Distinction: _all(models.Distinction, Kept.GUARD),
    # What a person types, keeps for themselves, or was reminded of.
    models.WorkingCopy: _all(models.WorkingCopy, Kept.NOT),
    models.SavedFilter: _all(models.SavedFilter, Kept.NOT),
    models.CalendarAddress: _all(models.CalendarAddress, Kept.NOT),
    models.Reminder: _all(models.Reminder, Kept.NOT),
}


def replayed(model: type[Model]) -> tuple[str, ...]:
    """Return the columns of a model that the events give, by their names in the database."""
    return tuple(
        column.attname for column in model._meta.concrete_fields if KEPT[model].get(column.name) is Kept.EVENTS
    )
