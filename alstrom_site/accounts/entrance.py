"""Who may enter the desk: the roles alone decide, no flag beside them."""

from django.contrib.auth.models import AnonymousUser

from alstrom_site.accounts.models import User

ENTER = "editorial.view_document"
CLOSED = "This account is closed. If that is a mistake, ask an administrator to open it again."
NO_ROLE = "This account has no role at the desk. Ask an administrator for one."


def may_enter(person: User | AnonymousUser) -> bool:
    """Return whether any of this person's roles opens the desk."""
    return person.is_active and person.has_perm(ENTER)


def refusal_to_enter(person: User) -> str:
    """Return why this person may not enter, as a sentence for them; nothing when they may."""
    if not person.is_active:
        return CLOSED
    return "" if may_enter(person) else NO_ROLE
