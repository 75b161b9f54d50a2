"""A part that another module adds to the document's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panel:
    """A part of the document's page: `editorial/<template>.html` gets `panel`, the content, and a token for forms."""

    template: str
    content: Mapping[str, Any]
    is_alarm: bool = False
    """Whether it stands above all else on the page."""
    is_for_review: bool = False
    """Whether it stands on the review screen too, below the text that it is compared with."""

    @property
    def path(self) -> str:
        """The template's path."""
        return f"editorial/{self.template}.html"
