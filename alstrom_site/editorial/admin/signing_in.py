"""Who may enter the desk, and the form that asks."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from alstrom_site.accounts.models import User

ENTER = "editorial.view_document"


def may_enter(person: User | AnonymousUser) -> bool:
    """Return whether any of this person's roles opens the desk; the roles alone decide, no flag beside them."""
    return person.is_active and person.has_perm(ENTER)


class SignInForm(AuthenticationForm):
    """Name and password; an account without a role is told what to do."""

    def confirm_login_allowed(self, user: User) -> None:
        """Raise ValidationError for closed accounts and for those without a role."""
        super().confirm_login_allowed(user)
        if not may_enter(user):
            raise ValidationError("This account has no role at the desk. Ask an administrator for one.", code="no-role")
