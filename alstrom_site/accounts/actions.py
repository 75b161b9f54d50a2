"""What administrators do to accounts. Each step leaves its event; nobody is given a password by somebody else."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.admin.utils import label_for_field
from django.contrib.auth.models import Group
from django.db import transaction

from alstrom_site.accounts.models import DETAILS, AccountEvent, User

What = AccountEvent.What
ADDRESS_CHANGED = "account/email/email_changed"
DETAILS_CHANGED = "account/email/details_changed"
SECOND_STEPS_REMOVED = "account/email/second_steps_removed"
FIRST_PASSWORD = "account/email/password_link"  # noqa: S105 a template


class NoAddress(Exception):
    """The person has no e-mail address to which a link could be sent; the text says what to do."""


@transaction.atomic
def make_person(person: User, *, by: User | None, at: datetime) -> None:
    """Save a new person, who has no password until they set one themselves."""
    person.set_unusable_password()
    person.save()
    _note(person, What.MADE, by=by, at=at)


@transaction.atomic
def change_person(person: User, *, by: User | None, at: datetime) -> None:
    """Save what was changed about a person. Closing, reopening, another address, other details leave their event.

    A mail tells the address that was left, which no longer signs in and gets no link; and the person whose name or
    credentials somebody else changed.
    """
    before = User.objects.select_for_update().get(pk=person.pk)
    person.save()
    if before.is_active != person.is_active:
        _note(person, What.REOPENED if person.is_active else What.CLOSED, by=by, at=at)
    if before.email.lower() != person.email.lower():
        EmailAddress.objects.filter(user=person).delete()
        _note(person, What.ADDRESS_CHANGED, by=by, at=at)
        _tell_after_commit(before.email, ADDRESS_CHANGED, person)
    _note_details(person, before, by=by, at=at)


def _note_details(person: User, before: User, *, by: User | None, at: datetime) -> None:
    changed = [name for name in DETAILS if getattr(before, name) != getattr(person, name)]
    if not changed:
        return
    was = "; ".join(_in_words(name, before) for name in changed)
    what = What.OWN_DETAILS_CHANGED if by == person else What.DETAILS_CHANGED
    _note(person, what, by=by, at=at, detail=f"before: {was}")
    if by != person:
        now = "; ".join(_in_words(name, person) for name in changed)
        _tell_after_commit(before.email, DETAILS_CHANGED, person, now=now, was=was)


def _in_words(name: str, person: User) -> str:
    value = getattr(person, name)
    return f"{label_for_field(name, User)} {f'“{value}”' if value else 'empty'}"


@transaction.atomic
def set_roles(person: User, roles: Iterable[Group], *, by: User | None, at: datetime) -> None:
    """Give the person exactly these roles; each one granted or taken away leaves its event."""
    held, wanted = set(person.groups.select_for_update()), set(roles)
    for group in sorted(wanted - held, key=str):
        _note(person, What.ROLE_GRANTED, by=by, at=at, detail=group.name)
    for group in sorted(held - wanted, key=str):
        _note(person, What.ROLE_REMOVED, by=by, at=at, detail=group.name)
    person.groups.set(wanted)


@transaction.atomic
def remove_second_steps(person: User, *, by: User | None, at: datetime) -> None:
    """Remove passkeys, authenticator app and recovery codes of somebody who lost them, and tell them by mail."""
    Authenticator.objects.filter(user=person).delete()
    _note(person, What.SECOND_STEPS_REMOVED, by=by, at=at)
    _tell_after_commit(person.email, SECOND_STEPS_REMOVED, person)


def send_password_link(person: User, *, by: User | None, at: datetime) -> None:
    """Mail the person a link by which they, and nobody else, set their password.

    Raises NoAddress, and OSError when the mail server does not take it; then nothing is noted.
    """
    if not person.email:
        raise NoAddress(f"{person} has no e-mail address. Write one and save, then send the link.")
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    link = get_adapter().get_reset_password_from_key_url(key)
    get_adapter().send_mail(FIRST_PASSWORD, person.email, {"person": person, "password_reset_url": link})
    _note(person, What.LINK_SENT, by=by, at=at)


def _note(person: User, what: What, *, by: User | None, at: datetime, detail: str = "") -> None:
    AccountEvent.objects.create(person=person, what=what, detail=detail, by=by, at=at)


def _tell_after_commit(address: str, template: str, person: User, **said: object) -> None:
    if address:
        context = {"person": person, **said}
        # A mail server that is away must not undo what was done.
        transaction.on_commit(lambda: get_adapter().send_mail(template, address, context), robust=True)
