"""Writing: the form in which a document is begun and its open edition is changed."""

from http import HTTPStatus
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from alstrom_site.editorial.actions import open_edition, start
from alstrom_site.editorial.admin.addresses import document_url, list_url
from alstrom_site.editorial.admin.desk import DeskAdmin
from alstrom_site.editorial.admin.forms import ContentForm
from alstrom_site.editorial.admin.saving import Conflict, save_typed
from alstrom_site.editorial.admin.states import StateTag
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import ActionRefused, NotPermitted, OutOfDate, WrongState

BEGIN, TO_ITS_PAGE = "begin", "to_its_page"
SAVED = "Saved. It is not submitted yet: that is a step on its page."
NOTHING_CHANGED = "Nothing changed: this is the text that was there already."


class EditingAdmin(DeskAdmin):
    """The forms of one kind. They write through the actions alone; Django's own saving, deleting and history are not
    used."""

    content_form: ClassVar[type[ContentForm]]
    change_form_template = "editorial/edit.html"

    class Media:
        css = {"all": ["desk/editing.css", "desk/saving.css"]}

    def get_form(
        self, request: HttpRequest, obj: Document | None = None, change: bool = False, **kwargs: Any
    ) -> type[Any]:
        """Return the form of the kind; it stands on a content and not on the fields of a model."""
        return self.content_form

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Begin a document."""
        _check_may_write(request)
        if request.method != "POST":
            return self._form_page(request, self.content_form())
        form = self.content_form(request.POST)
        if form.is_valid():
            try:
                edition = start(self.kind.name, form.content(), by=_person(request), at=timezone.now())
            except ContentRefused as refused:
                form.add_issues(refused.issues)
            else:
                messages.success(request, SAVED)
                return self._leave(request, edition.document)
        return self._form_page(request, form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Change the open edition, or offer to begin one."""
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404(f"There is no {self.kind.label} {object_id}.")
        _check_may_write(request)
        if request.method == "POST":
            return self._begin(request, document) if BEGIN in request.POST else self._save(request, document)
        edition = document.open_edition
        if edition is None:
            return self._offer_to_begin(request, document)
        return self._form_page(request, self.content_form(edition=edition), document, edition)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Lead to the document's own page, which has the record; Django's log knows nothing of it."""
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404(f"There is no {self.kind.label} {object_id}.")
        return redirect(document_url(document))

    def _begin(self, request: HttpRequest, document: Document) -> HttpResponse:
        try:
            edition = open_edition(document, by=_person(request), at=timezone.now())
        except WrongState as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(
                request, f"Edition {edition.number} is begun. Readers see nothing of it until it is published."
            )
        return redirect(document_url(document, "change"))

    def _save(self, request: HttpRequest, document: Document) -> HttpResponse:
        form = self.content_form(request.POST, edition=document.latest_edition)
        if not form.is_valid():
            return self._form_page(request, form, document, document.latest_edition)
        try:
            saved = save_typed(document, form, by=_person(request), at=timezone.now())
        except NotPermitted as refused:
            raise PermissionDenied(str(refused)) from refused
        except ContentRefused as refused:
            form.add_issues(refused.issues)
            return self._form_page(request, form, document, document.latest_edition)
        except (OutOfDate, WrongState) as refused:
            return self._conflict_page(request, document, refused)
        if saved.changed:
            messages.success(request, SAVED)
        else:
            messages.info(request, NOTHING_CHANGED)
        return self._leave(request, document)

    def _conflict_page(self, request: HttpRequest, document: Document, refused: ActionRefused) -> HttpResponse:
        """Give back what was typed, beside what is there now."""
        now = Edition.objects.select_related("document", "head").get(pk=document.latest_edition.pk)
        form = self.content_form(request.POST, edition=now)
        form.is_valid()
        form.ask_to_take_back()
        conflict = Conflict.between(now, form, refused)
        response = self._form_page(request, form, document, now, conflict)
        response.status_code = HTTPStatus.CONFLICT
        return response

    def _form_page(
        self,
        request: HttpRequest,
        form: ContentForm,
        document: Document | None = None,
        edition: Edition | None = None,
        conflict: Conflict | None = None,
    ) -> HttpResponse:
        # It is made for forms of models, and asks nothing of them that this form lacks.
        fieldsets = list(cast("Any", self.get_fieldsets(request, document)))
        shown = AdminForm(cast("Any", form), fieldsets, {}, (), model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Edit: {document.title}" if document else f"New {self.kind.label}",
            "adminform": shown,
            "media": self.media + shown.media,
            "errors": None,
            "faults": [(place, fault) for place, fault in form.faults() if place != "take_back"],
            "inline_admin_formsets": [],
            "kind": self.kind,
            "document": document,
            "edition": edition,
            "tag": StateTag.of(edition) if edition else None,
            "document_url": document_url(document) if document else "",
            "list_url": list_url(self.kind.name),
            "hidden": [field for field in form.hidden_fields() if field.name == "seen"],
            "conflict": conflict,
            "issues": [] if form.is_bound or edition is None else _issues(form, edition),
        }
        page: HttpResponse = self.render_change_form(
            request, context, add=document is None, change=document is not None, obj=document
        )
        return page

    def _offer_to_begin(self, request: HttpRequest, document: Document) -> HttpResponse:
        visit = self._visit(request, document)
        context = {"latest": document.latest_edition, "tag": StateTag.of(document.latest_edition)}
        return visit.show("begin", f"Begin a new edition: {document.title}", context)

    def _leave(self, request: HttpRequest, document: Document) -> HttpResponse:
        return redirect(document_url(document, "standing" if TO_ITS_PAGE in request.POST else "change"))


def _issues(form: ContentForm, edition: Edition) -> list[tuple[str, str]]:
    """Return what is missing before the text can be submitted: the field to go to, and the sentence."""
    found = form.kind.issues(edition.text.fields, for_publication=False)
    return [(form.place_of(issue), issue.message) for issue in found]


def _check_may_write(request: HttpRequest) -> None:
    refused = policies.may_open_edition(_person(request))
    if refused is not None:
        raise PermissionDenied(str(refused))


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
