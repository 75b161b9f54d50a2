"""A visit: one person on one document's page at the desk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.kinds import Kind
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import OPEN
from alstrom_site.numbers_sent import number_sent
from alstrom_site.page_parts import HappenedTo


@dataclass(frozen=True)
class Visit:
    """What every page of a document is made from. `shared` is what the desk puts on all of its pages.

    `panels` are the parts that the kind brings to the document's page, above those that every kind has; `marks` tells
    what a reviewer must know before reading a text, such as that the work of an entry was retracted.
    """

    request: HttpRequest
    document: Document
    kind: Kind
    list_address: str
    shared: Mapping[str, Any]
    panels: "Sequence[ShowPanel]"
    marks: "ShowMarks"

    @property
    def person(self) -> User:
        """Who is looking; nobody gets here without signing in."""
        if not isinstance(self.request.user, User):
            raise TypeError("A page of the desk was reached without signing in.")
        return self.request.user

    @property
    def edition(self) -> Edition:
        """The edition that the address or the form names, as long as it is open; else the document's latest one."""
        named = self.request.POST.get("edition") or self.request.GET.get("edition", "")
        edition = edition_named(self.document, named) or self.document.latest_edition
        edition.document = self.document
        return edition

    def url(self, page: str = "standing") -> str:
        """Return the address of another page of this document."""
        return document_url(self.document, page)

    def show(self, template: str, title: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """Return the page."""
        full = {**self.shared, "title": title, "visit": self, **context}
        return TemplateResponse(self.request, f"editorial/{template}.html", full, status=status)


Page = Callable[..., HttpResponseBase]
ShowPanel = Callable[[Visit, datetime], Panel | None]
ShowMarks = Callable[[Edition], Sequence[HappenedTo]]


def edition_named(document: Document, named: str) -> Edition | None:
    """Return the open edition of a document that a form or an address names by its number in the database, if any."""
    number = number_sent(named)
    if number is None:
        return None
    return document.editions.select_related("head").filter(pk=number, status__in=OPEN).first()
