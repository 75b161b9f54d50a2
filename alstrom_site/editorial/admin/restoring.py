"""What was typed and not saved, offered again when the form is opened: to be restored or discarded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions import working_copies
from alstrom_site.editorial.admin.autosaving import as_sent
from alstrom_site.editorial.admin.forms import ContentForm
from alstrom_site.editorial.admin.saving import TAB, new_tab
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.comparison import Comparison, compare
from alstrom_site.editorial.kinds import Kind
from alstrom_site.editorial.models import Edition, WorkingCopy
from alstrom_site.editorial.workflow import OPEN

MakeForm = Callable[..., ContentForm]
RESTORE, BESIDE = "restore", "beside"
"""In the address of a form: fill it with what was typed; or leave that, and open the form beside it."""


@dataclass(frozen=True)
class Unsaved:
    """What was kept of somebody's typing. `comparison` leads to it from the text of now, or from none."""

    copy: WorkingCopy
    comparison: Comparison
    was_overtaken: bool

    @property
    def sent(self) -> QueryDict:
        """What the form would have sent."""
        return as_sent(self.copy.form)

    def is_open_at(self, at: datetime) -> bool:
        """Whether the form that it was typed into is still open."""
        touched = self.copy.touched_at
        return touched is not None and touched >= at - working_copies.PRESENCE

    def tab_at(self, at: datetime) -> str:
        """Return the name of the form that goes on with it: that of its own, unless that one is still open."""
        return new_tab() if self.copy.tab and self.is_open_at(at) else self.copy.tab


def unsaved_in(visit: Visit, edition: Edition, make_form: MakeForm) -> list[Unsaved]:
    """Return what the person typed into the edition, or into one that was closed since, and has not saved: newest
    first, one for each opened form."""
    copies = working_copies.copies_of(visit.person, visit.document)
    offered = (_offered(copy, visit, edition, make_form) for copy in copies)
    return [unsaved for unsaved in offered if unsaved is not None]


def unsaved_anew(person: User, make_form: MakeForm, kind: Kind) -> list[Unsaved]:
    """Return what the person typed into forms of documents that they had not begun yet, newest first."""
    found = []
    for copy in working_copies.copies_anew(person, kind.name):
        typed = make_form(as_sent(copy.form)).content_as_typed()
        found.append(Unsaved(copy, compare(None, typed, kind.fields), was_overtaken=False))
    return found


def to_restore(found: Sequence[Unsaved], asked: QueryDict) -> Unsaved | None:
    """Return what a person asked to have back: what they named by its form, else the newest; None if nothing."""
    if RESTORE not in asked:
        return None
    named = asked.get(TAB)
    return next((unsaved for unsaved in found if named is None or unsaved.copy.tab == named), None)


def ask(request: HttpRequest, found: Sequence[Unsaved], context: Mapping[str, Any]) -> HttpResponse:
    """Return the page that asks what is to become of each; the form waits until that is settled."""
    at = timezone.now()
    shown = [(unsaved, unsaved.is_open_at(at)) for unsaved in found]
    return TemplateResponse(request, "editorial/edit_unsaved.html", {**context, "found": shown})


def _offered(copy: WorkingCopy, visit: Visit, edition: Edition, make_form: MakeForm) -> Unsaved | None:
    if copy.edition is None or (copy.edition != edition and copy.edition.state in OPEN):
        return None
    form = make_form(as_sent(copy.form), edition=edition)
    if _is_saved(form, visit):
        return None
    comparison = compare(edition.text.fields, form.content_as_typed(), form.kind.fields)
    overtaken = copy.seen != edition.text.digest
    return None if comparison.is_empty else Unsaved(copy, comparison, was_overtaken=overtaken)


def _is_saved(form: ContentForm, visit: Visit) -> bool:
    """Whether what was typed is a text that is there already: a copy may arrive after the save of the same text."""
    if not form.is_valid():
        return False
    digest = sha256(canonical_json(form.content()))
    return visit.document.editions.filter(revisions__digest=digest).exists()
