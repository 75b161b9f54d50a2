"""Writing: the form in which a document is begun and its open edition is changed."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from alstrom_site.editorial.actions import open_edition, start, working_copies
from alstrom_site.editorial.admin.addresses import edition_url, list_url
from alstrom_site.editorial.admin.autosaving import typing_anew
from alstrom_site.editorial.admin.conflicts import conflict_between
from alstrom_site.editorial.admin.desk import DeskAdmin
from alstrom_site.editorial.admin.edit_page import Writing, edition_parts, form_parts
from alstrom_site.editorial.admin.forms import ContentForm
from alstrom_site.editorial.admin.presence import who_else
from alstrom_site.editorial.admin.restoring import BESIDE, Unsaved, ask, to_restore, unsaved_anew, unsaved_in
from alstrom_site.editorial.admin.saving import NO_LONGER_OPEN, drop_typing, new_tab, save_typed, tab_in
from alstrom_site.editorial.admin.states import StateTag
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import OPEN, TAKE_BACK, ActionRefused, Busy, NotPermitted, OutOfDate, WrongState

BEGIN, TO_ITS_PAGE, DISCARD_TYPING = "begin", "to_its_page", "discard_typing"
SAVED = "Saved. It is not submitted yet: that is a step on its page."
TAKEN_BACK = "Saved, and taken back to draft. Submit it again when it is ready."
NOTHING_CHANGED = "Nothing changed: this is the text that was there already."
SETTLED = "Settled as you chose: the text that was there stands as it was."
DISCARDED = "What you had typed and not saved is discarded."


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

    def get_urls(self) -> list[URLPattern]:
        """Add the address to which the form of a new document sends what is typed."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_add_typing"
        return [path("add/typing/", self.admin_site.admin_view(self.typing_anew), name=name), *super().get_urls()]

    def typing_anew(self, request: HttpRequest) -> HttpResponse:
        """Keep what is typed into the form of a new document."""
        return typing_anew(_person(request), self.kind.name, request.method, request.GET, request.POST)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Begin a document."""
        _check_may_write(request)
        if request.method != "POST":
            return self._new_page(request)
        if DISCARD_TYPING in request.POST:
            working_copies.drop(_person(request), self.kind.name, tab=tab_in(request.POST))
            return _discarded(request)
        form = self.content_form(request.POST)
        if form.is_valid():
            try:
                edition = start(self.kind.name, form.content(), by=_person(request), at=timezone.now())
            except ContentRefused as refused:
                form.add_issues(refused.issues)
            else:
                working_copies.drop(_person(request), self.kind.name, tab=tab_in(request.POST))
                messages.success(request, SAVED)
                return _leave(request, edition)
        return self._form_page(request, form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Change an open edition, or offer to begin one."""
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404(f"There is no {self.kind.label} {object_id}.")
        _check_may_write(request)
        visit = self._visit(request, document)
        if request.method != "POST":
            return self._page_for(visit, visit.edition)
        if BEGIN in request.POST:
            return _begin(visit)
        if DISCARD_TYPING in request.POST:
            drop_typing(visit, visit.person)
            return _discarded(request)
        return self._save(visit)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Lead to the document's own page, which has the record; Django's log knows nothing of it."""
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404(f"There is no {self.kind.label} {object_id}.")
        return redirect(edition_url(document.latest_edition))

    def _new_page(self, request: HttpRequest) -> HttpResponse:
        found = unsaved_anew(_person(request), self.content_form, self.kind)
        if unsaved := to_restore(found, request.GET):
            tab = unsaved.tab_at(timezone.now())
            return self._form_page(request, self.content_form(unsaved.sent), parts={"tab": tab})
        if not found or BESIDE in request.GET:
            return self._form_page(request, self.content_form(initial=self._address_asked(request)))
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "list_url": list_url(self.kind.name)}
        return ask(request, found, {**shared, "kind": self.kind, "title": f"New {self.kind.label}"})

    def _address_asked(self, request: HttpRequest) -> dict[str, str]:
        """The address that a link to the form of a new document gives it."""
        name = self.kind.address_field
        return {name: request.GET[name]} if name in request.GET else {}

    def _page_for(self, visit: Visit, edition: Edition) -> HttpResponse:
        found, asked = unsaved_in(visit, edition, self.content_form), visit.request.GET
        if unsaved := to_restore(found, asked):
            return self._restored(visit, edition, unsaved)
        if found and BESIDE not in asked:
            return _ask(visit, found, edition)
        if edition.state not in OPEN:
            context = {"latest": edition, "tag": StateTag.of(edition)}
            return visit.show("begin", f"Begin a new edition: {visit.document.title}", context)
        if edition.state in TAKE_BACK.sources and "take_back" not in visit.request.GET:
            context = {"edition": edition, "tag": StateTag.of(edition), "step": TAKE_BACK}
            return visit.show("edit_locked", f"Locked: {visit.document.title}", context)
        return self._writing_page(visit, Writing(self.content_form(edition=edition), edition))

    def _restored(self, visit: Visit, edition: Edition, unsaved: Unsaved) -> HttpResponse:
        form = self.content_form(unsaved.sent, edition=edition)
        form.is_valid()
        if edition.state not in OPEN:
            return self._conflict_page(visit, form, WrongState(NO_LONGER_OPEN))
        tab = unsaved.tab_at(timezone.now())
        return self._writing_page(visit, Writing(form, edition, restored_from=unsaved.copy.typed_at, tab=tab))

    def _save(self, visit: Visit) -> HttpResponse:
        request, edition = visit.request, visit.edition
        form = self.content_form(request.POST, edition=edition)
        if not form.is_valid():
            return self._writing_page(visit, Writing(form, edition))
        try:
            saved = save_typed(visit, form, at=timezone.now())
        except NotPermitted as refused:
            raise PermissionDenied(str(refused)) from refused
        except ContentRefused as refused:
            form.add_issues(refused.issues)
            return self._writing_page(visit, Writing(form, edition))
        except (Busy, OutOfDate, WrongState) as refused:
            return self._conflict_page(visit, form, refused)
        took_back = edition.state in TAKE_BACK.sources
        if saved.changed:
            messages.success(request, TAKEN_BACK if took_back else SAVED)
        else:
            messages.info(request, SETTLED if form.saves_over else NOTHING_CHANGED)
        return _leave(request, saved.edition)

    def _conflict_page(self, visit: Visit, form: ContentForm, refused: ActionRefused) -> HttpResponse:
        """Give back what was typed, merged with what is there now."""
        now = visit.edition
        conflict = conflict_between(now, form, refused, visit.person)
        if conflict.content is not None:
            initial = {**form.initial_from(conflict.content), "seen": conflict.began_from}
            form = self.content_form(edition=now, initial=initial)
        elif conflict.over:
            form = self.content_form(form.sent_again(conflict.began_from), edition=now)
        response = self._writing_page(visit, Writing(form, now, conflict))
        response.status_code = HTTPStatus.CONFLICT
        return response

    def _writing_page(self, visit: Visit, writing: Writing) -> HttpResponse:
        parts = edition_parts(visit, writing, at=timezone.now())
        return self._form_page(visit.request, writing.form, visit.document, parts=parts)

    def _form_page(
        self,
        request: HttpRequest,
        form: ContentForm,
        document: Document | None = None,
        *,
        parts: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        fieldsets: Any = self.get_fieldsets(request, document)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Edit: {document.title}" if document else f"New {self.kind.label}",
            "kind": self.kind,
            "document": document,
            "list_url": list_url(self.kind.name),
            "typing_url": "typing/?",
            "tab": tab_in(request.POST) or new_tab(),
            "is_unsaved": form.is_bound,
            **form_parts(self, form, fieldsets),
            **(parts or {}),
        }
        page: HttpResponse = self.render_change_form(
            request, context, add=document is None, change=document is not None, obj=document
        )
        return page


def _begin(visit: Visit) -> HttpResponse:
    try:
        edition = open_edition(visit.document, by=visit.person, at=timezone.now())
    except (Busy, WrongState) as refused:
        messages.warning(visit.request, str(refused))
        return redirect(visit.url("change"))
    messages.success(
        visit.request, f"Edition {edition.number} is begun. Readers see nothing of it until it is published."
    )
    return redirect(edition_url(edition, "change"))


def _ask(visit: Visit, found: Sequence[Unsaved], edition: Edition) -> HttpResponse:
    about = {
        "visit": visit,
        "kind": visit.kind,
        "document": visit.document,
        "urgent": edition if edition.is_urgent else None,
        "form_url": visit.url("change"),
        "others": who_else(visit, timezone.now()),
        "title": f"Not saved yet: {visit.document.title}",
    }
    return ask(visit.request, found, {**visit.shared, **about})


def _discarded(request: HttpRequest) -> HttpResponse:
    messages.info(request, DISCARDED)
    return redirect(request.get_full_path())


def _leave(request: HttpRequest, edition: Edition) -> HttpResponse:
    if TO_ITS_PAGE in request.POST:
        return redirect(edition_url(edition))
    # Who goes on here is not stopped by what they have typed in another tab.
    address, is_in_another = (
        edition_url(edition, "change"),
        working_copies.copies_of(_person(request), edition.document),
    )
    return redirect(f"{address}{'&' if '?' in address else '?'}{BESIDE}=1" if is_in_another else address)


def _check_may_write(request: HttpRequest) -> None:
    refused = policies.may_open_edition(_person(request))
    if refused is not None:
        raise PermissionDenied(str(refused))


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
