"""Comments and links as tests make them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Comment, Edition, Purpose, SharedLink
from tests.cast import NOW, Cast

LATER = NOW + timedelta(days=1)
PASSAGE = "A sentence made up for tests"


def commented(edition: Edition, by: User, *, body: str = "A comment made up for tests.", **words: Any) -> Comment:
    """Begin a thread on the edition's current text."""
    said = actions.Words(body, **words)
    return actions.comment(edition, said, by=by, at=LATER, seen=edition.text.digest)


def shared(cast: Cast, edition: Edition, purpose: str = Purpose.ADVICE, **invited: Any) -> tuple[SharedLink, str]:
    """Make a link to the edition's current text as the editor, for a guest who is plainly a test's."""
    invited = {"guest_name": "Test Guest", "guest_email": "guest@test.invalid", **invited}
    return actions.share(edition.text, actions.Invitation(purpose, **invited), by=cast.editor, at=LATER)


def shared_now(cast: Cast, edition: Edition, purpose: str = Purpose.ADVICE, **invited: Any) -> tuple[SharedLink, str]:
    """Make a link at the moment at which the views look at the clock."""
    invited = {"guest_name": "Test Guest", **invited}
    return actions.share(edition.text, actions.Invitation(purpose, **invited), by=cast.editor, at=timezone.now())


def advised(link: SharedLink, body: str = "Advice made up for tests.", **words: Any) -> Comment:
    """Say something as the guest of a link."""
    said = actions.Words(body, **words)
    return actions.advise(link, said, name="Test Guest", role="Test adviser", at=LATER + timedelta(hours=1))
