"""The end of every form that is signed: declared interests where they are due, then the password or a passkey."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from alstrom_site.accounts.interests import confirm_interests, interests_are_due, wrong_with
from alstrom_site.accounts.models import User
from alstrom_site.accounts.signature_form import SignatureForm
from alstrom_site.accounts.signing import NOTHING_GIVEN, SignatureRefused
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.attempts import ActedOnForm, Attempt
from alstrom_site.editorial.canonical import is_storable
from alstrom_site.editorial.content import UNSTORABLE
from alstrom_site.editorial.workflow import ActionRefused, Transition

LONGEST_DECLARATION = 5_000
DECLARE_FIRST = "Say which interests you declare, or “None”. It is asked once a year, before you sign."


class InterestsForm(forms.Form):
    """What a person declares, with what they declared before to begin with."""

    prefix = "interests"
    declared = forms.CharField(
        max_length=LONGEST_DECLARATION,
        error_messages={
            "required": DECLARE_FIRST,
            "max_length": "Shorten the declaration: it may have %(limit_value)d characters, and has %(show_value)d.",
        },
    )

    def __init__(self, posted: Mapping[str, Any] | None, *, before: str) -> None:
        super().__init__(posted)
        self.before = before

    def clean_declared(self) -> str:
        """Return the declaration; raise ValidationError when it says nothing, or holds what no record may hold."""
        declared = str(self.cleaned_data["declared"])
        if wrong := f"The declaration {UNSTORABLE}" if not is_storable(declared) else wrong_with(declared):
            raise ValidationError(wrong)
        return declared

    @property
    def shown(self) -> str:
        """What the field shows: what was typed, else what was declared before."""
        return str(self.data.get(self.add_prefix("declared"), self.before)).replace("\x00", "")

    @property
    def error(self) -> str:
        """What is wrong with it, or ""."""
        return str(self.errors["declared"][0]) if self.is_bound and self.errors else ""


class Signing:
    """Who signs, and how: `editorial/_signing.html` shows it inside the form, `signed` goes round the step it signs.

    It keeps nothing of a password; who is refused for any reason types it again.
    """

    def __init__(self, request: HttpRequest, person: User, *, at: datetime, is_sent: bool = True) -> None:
        # On a page that answers another form than the one that is signed, nothing of this one was filled in yet.
        sent = request.POST if request.method == "POST" and is_sent else None
        self.request, self.person, self.at = request, person, at
        self.signature = SignatureForm(sent, person=person)
        due = interests_are_due(person, at.date())
        self.interests = InterestsForm(sent, before=person.interests) if due else None

    @property
    def unqualified(self) -> str:
        """What the signature will lack for good, because the person has not given it, in words; "" when nothing is."""
        person = self.person
        told = {"professional title": person.professional_title, "credentials": person.credentials}
        return " and no ".join(name for name, given in told.items() if not given)

    @property
    def missing(self) -> dict[str, str]:
        """What is not filled in, by the field it is asked in; no password is tried for it."""
        left = {"interests": self.interests.error} if self.interests is not None and self.interests.error else {}
        given = any(self.signature.data.get(self.signature.add_prefix(name)) for name in ("password", "credential"))
        return left if given else {**left, "signature": NOTHING_GIVEN}

    @contextmanager
    def signed(self) -> Iterator[str]:
        """Yield by what the person signed, for the record, to the step that it signs.

        The interests that they declared with it are kept with the step, and not when it is refused. Call it outside a
        transaction and when everything else in the form is right. Raises SignatureRefused; `unsigned` says what the
        page then shows.
        """
        if self.missing:
            raise SignatureRefused(" ".join(self.missing.values()))
        way = self.signature.sign(self.request, at=self.at)
        if self.interests is None:
            yield way
            return
        before = self.person.interests, self.person.interests_declared_on
        try:
            with actions.patience(), transaction.atomic():
                confirm_interests(self.person, self.interests.cleaned_data["declared"], on=self.at.date())
                yield way
        except ActionRefused:
            self.person.interests, self.person.interests_declared_on = before
            raise


def unsigned(transition: Transition, form: ActedOnForm, signing: Signing, refusal: SignatureRefused) -> Attempt:
    """Return the attempt for a form that was right and was not signed."""
    return Attempt(transition.verb, form.typed, errors=signing.missing or {"signature": str(refusal)})
