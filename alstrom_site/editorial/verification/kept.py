"""How each column of the record is kept from being altered unseen: the one table of it.

`verify_record` compares the columns that are kept by EVENTS with what the events say, by this table. A model or a
column that is not in it fails a test until somebody decides how it is kept. Other rooms add their models (`rooms`).
The files of pictures are no rows: the name of each, which the texts hold, is the digest of its bytes.
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


def all_columns(model: type[Model], by: Kept, **others: Kept) -> Columns:
    """Every column of a model but its number, kept in one way, with these exceptions."""
    names = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    return {**dict.fromkeys(names, by), **others}


KEPT: dict[type[Model], Columns] = {
    models.Event: all_columns(models.Event, Kept.CHAIN),
    models.Document: all_columns(
        models.Document,
        Kept.EVENTS,
        address=Kept.DERIVED,
        title=Kept.DERIVED,
        sort_title=Kept.DERIVED,
        review_due_on=Kept.DERIVED,
        changed_at=Kept.DERIVED,
    ),
    models.Edition: all_columns(models.Edition, Kept.EVENTS),
    models.Revision: all_columns(models.Revision, Kept.EVENTS, content=Kept.DIGEST),
    models.Review: all_columns(models.Review, Kept.DIGEST),
    models.ReviewRequest: all_columns(models.ReviewRequest, Kept.EVENTS),
    models.Proposal: all_columns(models.Proposal, Kept.EVENTS),
    models.Flag: all_columns(models.Flag, Kept.EVENTS),
    models.FormerAddress: all_columns(models.FormerAddress, Kept.EVENTS),
    models.Comment: all_columns(models.Comment, Kept.DIGEST, resolved_at=Kept.EVENTS, resolved_by=Kept.EVENTS),
    models.SharedLink: all_columns(models.SharedLink, Kept.DIGEST, revoked_at=Kept.EVENTS, revoked_by=Kept.EVENTS),
    models.PublishedCopy: all_columns(models.PublishedCopy, Kept.DIGEST),
    models.ListPlace: all_columns(models.ListPlace, Kept.DERIVED),
    models.PublishedPage: all_columns(models.PublishedPage, Kept.DERIVED, is_stale=Kept.NOT, search_vector=Kept.NOT),
    models.Citation: all_columns(models.Citation, Kept.DERIVED),
    # Nothing is shown in the order of its position.
    models.Relation: all_columns(models.Relation, Kept.DERIVED, position=Kept.NOT),
    models.Trait: all_columns(models.Trait, Kept.DERIVED),
    # Who opened a link and when, and that two documents only look alike: notes that prove nothing about a text.
    models.LinkVisit: all_columns(models.LinkVisit, Kept.GUARD),
    models.Distinction: all_columns(models.Distinction, Kept.GUARD),
    # What a person types, keeps for themselves, or was reminded of.
    models.WorkingCopy: all_columns(models.WorkingCopy, Kept.NOT),
    models.SavedFilter: all_columns(models.SavedFilter, Kept.NOT),
    models.CalendarAddress: all_columns(models.CalendarAddress, Kept.NOT),
    models.Reminder: all_columns(models.Reminder, Kept.NOT),
}


def replayed(model: type[Model]) -> tuple[str, ...]:
    """Return the columns of a model that the events give, by their names in the database."""
    return tuple(
        column.attname for column in model._meta.concrete_fields if KEPT[model].get(column.name) is Kept.EVENTS
    )
