"""The form by which a guest gives advice."""

from dataclasses import dataclass, field
from typing import Self

from django.http import QueryDict

from alstrom_site.editorial.actions import Words
from alstrom_site.editorial.models import SharedLink
from alstrom_site.editorial.workflow import Issue

FIELDS = ("passage", "field", "before", "behind", "comment", "name", "role")


@dataclass(frozen=True)
class AdviceForm:
    """What a guest typed, to be shown again when it was not taken, and what has to be mended, by field."""

    typed: dict[str, str] = field(default_factory=dict)
    message: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def for_guest(cls, link: SharedLink) -> Self:
        """Return an empty form with the name that is known from the invitation."""
        return cls({"name": link.guest_name})

    @classmethod
    def sent(cls, posted: QueryDict) -> Self:
        """Return what was sent, fit to be shown again."""
        return cls({name: posted.get(name, "").replace("\x00", "") for name in FIELDS})

    def refused(self, message: str, issues: tuple[Issue, ...] = ()) -> "AdviceForm":
        """Return the form with why it was not taken."""
        return AdviceForm(self.typed, message, {issue.field: issue.message for issue in reversed(issues)})

    @property
    def words(self) -> Words:
        """What it says, as the action takes it."""
        typed = self.typed
        return Words(
            typed["comment"],
            field=typed["field"],
            passage=typed["passage"],
            before=typed["before"],
            after=typed["behind"],
        )
