"""The mail that brings a guest their link: sent at once when the link is written, never queued.

A queue keeps what it sends, and the secret of a link is kept nowhere. A mail that cannot be sent is noted in the log;
the link stands, and the desk shows its address once, to pass on by other ways.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from alstrom_site.editorial.models import Purpose, Revision, SharedLink
from alstrom_site.editorial.workflow import OPEN, Status

_WHAT_TO_DO = {True: "your advice on a {noun}", False: "a {noun} for you to read"}


def address_of(secret: str) -> str:
    """Return the full address under which the holder of the secret reads the text."""
    return f"{settings.SITE_URL}{reverse('shared-read', args=[secret])}"


def invite(link: SharedLink, secret: str) -> None:
    """Mail the address to the guest once the transaction has committed; to nobody when no mail address is known."""
    if not link.guest_email:
        return
    noun, standing = _what_it_is(link.revision)
    context = {
        "link": link,
        "address": address_of(secret),
        "site": settings.SITE_NAME,
        "asked": link.purpose == Purpose.ADVICE,
        "noun": noun,
        "standing": standing,
    }
    # Neither title nor question: what a draft is about is not for whoever sees a list of mails.
    subject = f"{settings.SITE_NAME}: {_WHAT_TO_DO[bool(context['asked'])].format(noun=noun)}"
    mail = EmailMessage(subject, render_to_string("shared/invitation.txt", context), to=[link.guest_email])
    transaction.on_commit(mail.send, robust=True)


def _what_it_is(revision: Revision) -> tuple[str, str]:
    """What to call the text, and what readers see of it; "" where the page behind the link has to say it at length."""
    edition = revision.edition
    if edition.head_id == revision.pk and edition.state in OPEN:
        return "draft", "is not published yet"
    if edition.head_id == revision.pk and edition.state is Status.PUBLISHED:
        return "text", "readers of the site see now"
    return "text", ""
