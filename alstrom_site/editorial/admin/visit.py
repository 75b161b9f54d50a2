"""A visit: one person on one document's page at the desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.kinds import Kind
from alstrom_site.editorial.models import Document


@dataclass(frozen=True)
class Visit:
    """What every page of a document is made from. `shared` is what the desk puts on all of its pages."""

    request: HttpRequest
    document: Document
    kind: Kind
    list_address: str
    shared: Mapping[str, Any]

    @property
    def person(self) -> User:
        """Who is looking; nobody gets here without signing in."""
        if not isinstance(self.request.user, User):
            raise TypeError("A page of the desk was reached without signing in.")
        return self.request.user

    def url(self, page: str = "standing") -> str:
        """Return the address of another page of this document."""
        return document_url(self.document, page)

    def show(self, template: str, title: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """Return the page."""
        full = {**self.shared, "title": title, "visit": self, **context}
        return TemplateResponse(self.request, f"editorial/{template}.html", full, status=status)


Page = Callable[..., HttpResponse]
