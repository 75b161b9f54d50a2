"""Saving what was typed, and what the person is shown when somebody else was there before."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions import Saved, open_edition, save
from alstrom_site.editorial.admin.forms import ContentForm
from alstrom_site.editorial.comparison import Comparison, compare
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import OPEN, ActionRefused, WrongState

NO_LONGER_OPEN = "The edition that you wrote in is no longer open. Nothing was saved."


def save_typed(document: Document, form: ContentForm, *, by: User, at: datetime) -> Saved:
    """Save a valid form's content over the text that was seen, and return what it came to.

    When the edition was closed meanwhile and the person chose to go on, a new one is begun for it. Raises as saving
    does, and then nothing is written.
    """
    edition = document.open_edition
    if edition is None and not form.saves_over:
        raise WrongState(NO_LONGER_OPEN)
    with transaction.atomic():
        edition = edition or open_edition(document, by=by, at=at)
        return save(edition, form.content(), by=by, at=at, seen=form.seen_digest, take_back=form.takes_back)


@dataclass(frozen=True)
class Conflict:
    """Why a save was refused, and what is there now. `over`: the digest to save over, when that is the choice."""

    reason: str
    edition: Edition
    comparison: Comparison | None
    over: str

    @classmethod
    def between(cls, now: Edition, form: ContentForm, refused: ActionRefused) -> "Conflict":
        """Return what to show beside a form whose content was refused."""
        overtaken = now.text.digest != form.seen_digest or now.state not in OPEN
        if not overtaken or form.non_field_errors():
            return cls(str(refused), now, None, "")
        comparison = compare(now.text.fields, form.content(), form.kind.fields)
        return cls(str(refused), now, comparison, now.text.digest)

    @property
    def is_open(self) -> bool:
        """Whether the edition can still be written in."""
        return self.edition.state in OPEN

    @property
    def heading(self) -> str:
        """What happened, in a few words."""
        if not self.is_open:
            return "Not saved: the edition is no longer open"
        if self.over:
            return "Not saved: somebody else saved meanwhile"
        return f"Not saved: the edition is {self.edition.state.value}"

    @property
    def choice(self) -> str:
        """What the button does that goes on with what was typed."""
        return "Save mine over it" if self.is_open else "Begin a new edition with mine"
