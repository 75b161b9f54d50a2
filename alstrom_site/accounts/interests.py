"""Declared interests: a signature needs them confirmed within the year before it."""

from datetime import date

from alstrom_site.accounts.models import User
from alstrom_site.unseen import says_something, unseen_in

NEEDED = "Write your interests, or “None” if you have none."


def a_year_before(day: date) -> date:
    """Return the same day of the year before; 28 February for the day that only leap years have."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def interests_are_due(person: User, day: date) -> bool:
    """Return whether the person must declare or confirm their interests before they sign on `day`.

    A declaration counts for a year. One of a day still to come counts for nothing.
    """
    declared = person.interests_declared_on
    if not says_something(person.interests) or declared is None or declared > day:
        return True
    return not person.interests_confirmed_since(a_year_before(day))


def wrong_with(declared: str) -> str:
    """Return in a sentence why this declares nothing, or what in it nobody would see; "" when it is fine."""
    return unseen_in("The declaration", declared) or ("" if says_something(declared) else NEEDED)


def confirm_interests(person: User, declared: str, *, on: date) -> None:
    """Keep what the person declares, new or still the same, as of that day; ValueError with what is wrong with it."""
    if wrong := wrong_with(declared):
        raise ValueError(wrong)
    person.interests, person.interests_declared_on = declared.strip(), on
    person.save(update_fields=["interests", "interests_declared_on"])
