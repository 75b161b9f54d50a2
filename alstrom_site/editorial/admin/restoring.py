"""What was typed and not saved, offered again when the form is opened: to be restored or discarded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from alstrom_site.editorial.actions import working_copies
from alstrom_site.editorial.admin.autosaving import as_sent
from alstrom_site.editorial.admin.forms import ContentForm
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.comparison import Comparison, compare
from alstrom_site.editorial.models import Edition, WorkingCopy
from alstrom_site.editorial.workflow import OPEN

MakeForm = Callable[..., ContentForm]


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

    def page(self, request: HttpRequest, context: Mapping[str, Any]) -> HttpResponse:
        """Return the page that asks what is to become of it; the form waits until that is settled."""
        return TemplateResponse(request, "editorial/edit_unsaved.html", {**context, "unsaved": self})


def unsaved_in(visit: Visit, edition: Edition, make_form: MakeForm) -> Unsaved | None:
    """Return what the person typed into the edition, or into one that was closed since, and has not saved."""
    for copy in working_copies.copies_of(visit.person, visit.document):
        if copy.edition is None or (copy.edition != edition and copy.edition.state in OPEN):
            continue
        form = make_form(as_sent(copy.form), edition=edition)
        if _is_saved(form, visit):
            continue
        comparison = compare(edition.text.fields, form.content_as_typed(), form.kind.fields)
        if not comparison.is_empty:
            return Unsaved(copy, comparison, was_overtaken=copy.seen != edition.text.digest)
    return None


def unsaved_anew(copy: WorkingCopy | None, make_form: MakeForm) -> Unsaved | None:
    """Return what the person typed into the form of a document that they had not begun yet."""
    if copy is None:
        return None
    form = make_form(as_sent(copy.form))
    return Unsaved(copy, compare(None, form.content_as_typed(), form.kind.fields), was_overtaken=False)


def _is_saved(form: ContentForm, visit: Visit) -> bool:
    """Whether what was typed is a text that is there already: a copy may arrive after the save of the same text."""
    if not form.is_valid():
        return False
    digest = sha256(canonical_json(form.content()))
    return visit.document.editions.filter(revisions__digest=digest).exists()
