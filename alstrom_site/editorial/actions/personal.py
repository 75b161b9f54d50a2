"""What people keep for themselves at the desk; no part of the record."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from alstrom_site.editorial.actions._transitions import patience
from alstrom_site.editorial.canonical import sha256
from alstrom_site.editorial.content import unseen_characters
from alstrom_site.editorial.models import CalendarAddress, SavedFilter
from alstrom_site.editorial.workflow import ActionRefused, NotReady
from alstrom_site.unseen import says_something

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

MOST_FILTERS = 30
LONGEST_NAME_OF_A_FILTER = 80


@patience()
@transaction.atomic
def new_calendar_address(person: "User", *, at: datetime) -> str:
    """Give the person a new private calendar address and return its secret; the one before stops working.

    Only the digest is kept, so nobody can read the secret again.
    """
    secret = secrets.token_urlsafe(32)
    kept = {"secret_digest": sha256(secret), "made_at": at}
    CalendarAddress.objects.update_or_create(person=person, defaults=kept)
    return secret


@patience()
@transaction.atomic
def drop_calendar_address(person: "User") -> None:
    """Take the person's calendar address away, if there is one."""
    CalendarAddress.objects.filter(person=person).delete()


@patience()
@transaction.atomic
def keep_filter(person: "User", *, name: str, list_path: str, query: str) -> SavedFilter:
    """Keep a list with its filters for this person under a name, and return it; the same name again is refused.

    Raises ActionRefused without a name, without a filter, and beyond the number that one person keeps.
    """
    name = " ".join(name.split())
    if not says_something(name):
        raise ActionRefused("Give the filter a name.")
    if len(name) > LONGEST_NAME_OF_A_FILTER:
        raise ActionRefused(f"Give it a name of at most {LONGEST_NAME_OF_A_FILTER} characters.")
    if unfit := unseen_characters("name", "The name", name):
        raise NotReady(unfit)
    if not query:
        raise ActionRefused("Choose a filter first: the whole list needs no name.")
    # One person's filters are counted and added one after the other.
    kept = get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk).saved_filters
    if kept.filter(name=name).exists():
        raise ActionRefused(f"You keep a filter named “{name}” already. Choose another name, or take that one away.")
    if kept.count() >= MOST_FILTERS:
        raise ActionRefused(f"You keep {MOST_FILTERS} filters already. Take one away first.")
    return kept.create(name=name, list_path=list_path, query=query)


@patience()
@transaction.atomic
def drop_filter(person: "User", pk: int) -> None:
    """Take one of this person's filters away, if it is theirs and still there."""
    person.saved_filters.filter(pk=pk).delete()
