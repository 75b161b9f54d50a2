"""A mail as it is queued: plain text with one link, made from a template under templates/emails."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from alstrom_site.accounts.models import User
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, Event
from alstrom_site.editorial.naming import title_of

LONGEST_SUBJECT = 150
REVIEW, APPROVE_AFTERWARDS, REAFFIRM = "review", "approve-afterwards", "reaffirm"
"""The pages of a document on which a text is signed."""


@dataclass(frozen=True)
class Letter:
    """A mail to one person. The subject is one line whatever stood in its parts, so that no header can be added."""

    person: User
    subject: str
    text: str


def letters(
    template: str,
    people: Iterable[User],
    document: Document,
    *,
    edition: Edition | None = None,
    page: str = "",
    **said: Any,
) -> list[Letter]:
    """Return the same letter to each of the people; the first line of `emails/<template>.txt` is its subject.

    Its one link leads to where they do what it asks: to the page of the document, or `page` of it, that is about
    `edition`.
    """
    context = {
        "document": document,
        "title": title_of(document, edition),
        "kind": kind_named(document.kind).label,
        "edition": edition,
        "link": desk_link(document, edition, page),
        "site": settings.SITE_NAME,
        **said,
    }
    return [_letter(person, template, {**context, "person": person}) for person in people]


def personal_letter(template: str, person: User, **said: Any) -> Letter:
    """Return a letter to one person that is about no one document."""
    return _letter(person, template, {"site": settings.SITE_NAME, "person": person, **said})


def letters_about(event: Event, template: str, people: Iterable[User], **said: Any) -> list[Letter]:
    """Return a letter about an event to each of the people but the one who acted."""
    told = [person for person in people if person.pk != event.by_id]
    if not told:
        # Most steps let nobody off: they must not read the document and the edition for it.
        return []
    return letters(template, told, event.document, event=event, edition=event.edition, **said)


def desk_link(document: Document, edition: Edition | None = None, page: str = "") -> str:
    """Return the address of the document's page at the desk, or of another `page` of it, as a mail gives it.

    It names an urgent fix, beside which another edition may be open.
    """
    address = f"{settings.SITE_URL}{reverse('admin:editorial-document', args=[document.pk])}"
    urgent = str(edition.pk) if edition is not None and edition.is_urgent else ""
    chosen = {name: value for name, value in (("page", page), ("edition", urgent)) if value}
    return f"{address}?{urlencode(chosen)}" if chosen else address


def _letter(person: User, template: str, context: dict[str, Any]) -> Letter:
    subject, _, text = render_to_string(f"emails/{template}.txt", context).strip().partition("\n")
    return Letter(person, " ".join(subject.split())[:LONGEST_SUBJECT], f"{text.strip()}\n")
