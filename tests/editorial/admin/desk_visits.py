"""Visits to the desk as tests make them: a person signed in, and the forms of the steps as the page sends them."""

from typing import Any

from django.test import Client

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.addresses import document_url, step_url
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition
from tests.cast import PASSWORD
from tests.documents import fresh


def signed_in(person: User) -> Client:
    """Return a browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    return client


def seen_form(edition: Edition, **fields: Any) -> dict[str, Any]:
    """Return what the form of a step sends for the edition as it is in hand."""
    return {"edition": edition.pk, "seen": edition.text.digest, "after": 0, **fields}


def approval_form(edition: Edition, **fields: Any) -> dict[str, Any]:
    """Return a whole approval by somebody who knows all that has happened: the verdict and every statement ticked."""
    statements = [str(number) for number, _ in enumerate(kind_named(edition.document.kind).checklist)]
    known = last_position(edition.document)
    return seen_form(edition, **{"verdict": "approve", "checklist": statements, "after": known, **fields})


def take(person: User, edition: Edition, verb: str, **fields: Any) -> Any:
    """Send the form of a step and return the answer."""
    return signed_in(person).post(step_url(edition.document, verb), seen_form(edition, **fields))


def review(person: User, edition: Edition, form: dict[str, Any]) -> Any:
    """Send a verdict, signed with the password unless the form says otherwise, and return the answer."""
    return signed_in(person).post(document_url(edition.document, "review"), signed(form))


def signed(form: dict[str, Any]) -> dict[str, Any]:
    """Return the form with the password with which a person signs it."""
    return {"signature-password": PASSWORD, **form}


def page(person: User, edition: Edition, name: str = "standing") -> str:
    """Return the page of the edition's document as this person gets it."""
    response = signed_in(person).get(document_url(fresh(edition).document, name))
    assert response.status_code == 200
    return str(response.content.decode())
