"""The page around the form of a text: what it shows beside the fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import AdminForm

from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.conflicts import Conflict
from alstrom_site.editorial.admin.forms import ContentForm
from alstrom_site.editorial.admin.presence import who_else
from alstrom_site.editorial.admin.states import StateTag
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Comment, Edition, Review, Verdict
from alstrom_site.editorial.workflow import TAKE_BACK

COMMENTS_SHOWN = 20


@dataclass(frozen=True)
class Writing:
    """A form to be shown: of which edition, with what conflict, and whether it holds what is saved nowhere."""

    form: ContentForm
    edition: Edition
    conflict: Conflict | None = None
    restored_from: datetime | None = None
    tab: str | None = None
    """The name under which what is typed is kept; None: that of the form that was sent, or a new one."""

    @property
    def is_unsaved(self) -> bool:
        """Whether the form holds what nobody has saved."""
        return self.form.is_bound or self.conflict is not None


@dataclass(frozen=True)
class Asked:
    """What others want of a text: who requested changes in this round, and the oldest comments that are open."""

    requests: Sequence[Review]
    comments: Sequence[Comment]
    url: str

    @classmethod
    def of(cls, edition: Edition) -> "Asked | None":
        """Return what is wanted, or None when nothing is."""
        requests = edition.reviews.filter(verdict=Verdict.REQUEST_CHANGES, round=edition.round).order_by("at")
        comments = edition.comments.filter(answers=None, resolved_at=None).order_by("at", "pk")[:COMMENTS_SHOWN]
        asked = cls(list(requests), list(comments), edition_url(edition, "comments"))
        return asked if asked.requests or asked.comments else None


def form_parts(admin: "ModelAdmin[Any]", form: ContentForm, fieldsets: Sequence[Any]) -> dict[str, Any]:
    """Return what Django's template of a form takes, and the form's faults."""
    # It is made for forms of models, and asks nothing of them that this form lacks.
    shown = AdminForm(cast("Any", form), list(fieldsets), {}, (), model_admin=admin)
    return {
        "adminform": shown,
        "media": admin.media + shown.media,
        "errors": None,
        "faults": form.faults(),
        "inline_admin_formsets": [],
        "hidden": form.hidden_fields(),
    }


def edition_parts(visit: Visit, writing: Writing, *, at: datetime) -> dict[str, Any]:
    """Return what the page says of the edition."""
    edition, form = writing.edition, writing.form
    takes_back = edition.state in TAKE_BACK.sources and (form.takes_back or "take_back" in visit.request.GET)
    return {
        "edition": edition,
        "tag": StateTag.of(edition),
        "document_url": edition_url(edition),
        "conflict": writing.conflict,
        "takes_back": TAKE_BACK if takes_back and not writing.conflict else None,
        "restored_from": writing.restored_from,
        "issues": [] if writing.is_unsaved else issues_of(form, edition),
        "typing_url": typing_url(edition),
        **({} if writing.tab is None else {"tab": writing.tab}),
        "is_unsaved": writing.is_unsaved,
        "others": who_else(visit, at),
        "asked": Asked.of(edition),
    }


def typing_url(edition: Edition) -> str:
    """Return where the form of an edition sends what is typed."""
    address = edition_url(edition, "typing")
    return address if "?" in address else f"{address}?edition={edition.pk}"


def issues_of(form: ContentForm, edition: Edition) -> list[tuple[str, str]]:
    """Return what is missing before the text can be submitted: the field to go to, and the sentence."""
    found = form.kind.issues(edition.text.fields, for_publication=False)
    return [(form.place_of(issue), issue.message) for issue in found]
