"""What every kind of document has at the desk: its list, and the pages of a document."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from alstrom_site.editorial.admin import (
    asking,
    autosaving,
    commenting,
    comparing,
    emergency,
    looking_again,
    policy,
    reaffirming,
    record,
    retiring,
    reviewing,
    scheduling,
    sharing,
    standing,
    steps,
    submitting,
    urgent,
)
from alstrom_site.editorial.admin.lists import DocumentList
from alstrom_site.editorial.admin.signing_in import ENTER
from alstrom_site.editorial.admin.visit import Page, ShowPanel, Visit
from alstrom_site.editorial.kinds import Kind
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import WRITE
from alstrom_site.page_parts import HappenedTo

PAGES: tuple[tuple[str, str, Page], ...] = (
    ("standing", "standing/", standing.show),
    ("review", "review/", reviewing.review),
    ("compare", "compare/", comparing.compare_texts),
    ("text", "texts/<int:revision_pk>/", comparing.read_text),
    ("step", "steps/<slug:verb>/", steps.take),
    ("owner", "owner/", steps.change_owner),
    ("typing", "typing/", autosaving.typing),
    ("submit", "submit/", submitting.submit),
    ("urgent", "urgent/", urgent.begin),
    ("up-to-date", "up-to-date/", urgent.bring_up_to_date),
    ("ask", "ask/", asking.ask),
    ("claim", "claim/", asking.claim),
    ("decline", "decline/", asking.decline),
    ("policy", "policy/", policy.set_policy),
    ("comments", "comments/", commenting.comment_on),
    ("comment", "comments/<int:comment_pk>/", commenting.settle),
    ("share", "share/", sharing.share),
    ("link", "share/<int:link_pk>/", sharing.revoke),
    ("reaffirm", "reaffirm/", reaffirming.reaffirm),
    ("look-again", "look-again/", looking_again.look_again),
    ("withdraw", "withdraw/", retiring.withdraw),
    ("unpublish", "unpublish/", retiring.unpublish),
    ("schedule", "schedule/", scheduling.schedule),
    ("emergency", "emergency/", emergency.publish),
    ("approve-afterwards", "approve-afterwards/", emergency.approve_afterwards),
    ("record", "record/", record.show_record),
    ("evidence", "evidence/<int:number>/", record.evidence),
)


class DeskAdmin(DocumentList):
    """The list of one kind and the pages of its documents. It shows and translates; the actions alone write."""

    kind: ClassVar[Kind]
    panels: ClassVar[Sequence[ShowPanel]] = ()

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Document]":
        """Return the documents of this kind."""
        return super().get_queryset(request).filter(kind=self.kind.name)

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of a document."""
        label = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = [
            path(f"<int:pk>/{route}", self.admin_site.admin_view(self._page(page)), name=f"{label}_{name}")
            for name, route, page in PAGES
        ]
        return [*pages, *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Editors begin documents."""
        return request.user.has_perm(WRITE)

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """Editors write; whether this text may be written now is for the action to say."""
        return request.user.has_perm(WRITE)

    def marks(self, edition: Edition) -> Sequence[HappenedTo]:
        """Return what a reviewer must know before reading an edition; most kinds have nothing of the sort."""
        return ()

    def _page(self, page: Page) -> Page:
        def visited(request: HttpRequest, pk: int, **chosen: Any) -> HttpResponseBase:
            if not request.user.has_perm(ENTER):
                raise PermissionDenied
            documents = Document.objects.of_kind(self.kind.name).select_related("owner", "live_edition__head")
            return page(self._visit(request, get_object_or_404(documents, pk=pk)), **chosen)

        return visited

    def _visit(self, request: HttpRequest, document: Document) -> Visit:
        list_address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return Visit(request, document, self.kind, list_address, shared, self.panels, self.marks)
