"""How readers are answered: by GET and HEAD only, from published pages alone, for every visitor the same bytes.

Nothing here looks at who asks: no session, no cookie, so that anything between us and the reader may keep a page.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from alstrom_site.editorial.addresses import Gone, where_it_went
from alstrom_site.editorial.composing import href, shown_day
from alstrom_site.editorial.models import PublishedPage
from alstrom_site.numbers_sent import number_sent
from alstrom_site.page_parts import GonePage, Head, Page

PER_PAGE = 100
DIGITS = 9
LANGUAGE = "en-GB"
# Long enough to spare us a crowd, short enough that a withdrawn page does not linger.
KEPT_FOR_A_MINUTE = "public, max-age=60"

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Let a view answer GET and HEAD, and everything else with 405 rather than with a question for a token."""

    @csrf_exempt
    @require_safe
    @wraps(view)
    def answering(request: HttpRequest, *parts: str, **named: str) -> HttpResponseBase:
        return view(request, *parts, **named)

    return answering


def stored(request: HttpRequest) -> HttpResponseBase:
    """Answer with the published page at the request's path, or with what became of it; raise Http404 for neither.

    One query, and a second one where no page stands.
    """
    columns = ("path", "review_due_on", "body", "body_overdue", "etag", "etag_overdue", "is_stale")
    page = PublishedPage.objects.only(*columns).filter(path=request.path_info).first()
    if page is None:
        return _missed(request.path_info)
    body, etag = page.served_on(timezone.now().date())
    return answer(request, body, etag=etag)


def _missed(path: str) -> HttpResponseBase:
    """Lead to where the page is now or to what took its place, for good, or say that it is gone (RFC 9110, 410)."""
    went = where_it_went(path)
    if went is None:
        raise Http404
    target = went.leads_to if isinstance(went, Gone) else went
    moved = HttpResponse(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": href(target)})
    response = _gone(path, went) if isinstance(went, Gone) and not target else moved
    # Not kept for longer than a page: what took its place may be taken down too.
    response["Cache-Control"] = KEPT_FOR_A_MINUTE
    return response


def _gone(path: str, went: Gone) -> HttpResponse:
    since = shown_day(went.since) if went.since else None
    page = GonePage(head=Head(title="This page was taken down", indexed=False), path=path, since=since)
    response = HttpResponse(render_to_string("410.html", {"page": page}), status=HTTPStatus.GONE)
    response["Content-Language"] = LANGUAGE
    return response


def composed(request: HttpRequest, template: str, page: Page) -> HttpResponseBase:
    """Answer with a page made now, such as a list."""
    return answer(request, render_to_string(template, {"page": page}).encode("utf-8"))


def answer(
    request: HttpRequest, body: bytes, *, etag: str = "", content_type: str = "text/html; charset=utf-8"
) -> HttpResponseBase:
    """Return the bytes with their ETag, or 304 to whoever has them already, or their head alone."""
    quoted = f'"{etag or hashlib.sha256(body).hexdigest()}"'
    response = HttpResponse(b"" if request.method == "HEAD" else body, content_type=content_type)
    response["Content-Length"] = str(len(body))
    response["Content-Language"] = LANGUAGE
    response["Cache-Control"] = KEPT_FOR_A_MINUTE
    response["ETag"] = quoted
    return get_conditional_response(request, etag=quoted, response=response) or response


@dataclass(frozen=True)
class Stretch:
    """One page of a long list: which (from 1), how many rows on each, of how many rows; `query` goes into its links."""

    number: int
    size: int
    total: int
    path: str
    query: tuple[tuple[str, str], ...] = ()

    @classmethod
    def asked(
        cls, request: HttpRequest, total: int, *, size: int = PER_PAGE, query: tuple[tuple[str, str], ...] = ()
    ) -> "Stretch":
        """The page that the address names by `page`; the first for nonsense, the last for what lies behind it."""
        typed = request.GET.get("page", "")
        number = number_sent(typed, digits=DIGITS) or 1
        last = max(1, -(-total // size))
        return cls(min(number, last), size, total, request.path_info, query)

    @property
    def rows(self) -> slice:
        """The rows of this page."""
        return slice(self.first - 1, self.number * self.size)

    @property
    def first(self) -> int:
        """The place of its first row, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def canonical_url(self) -> str:
        """Its own full address."""
        return f"{settings.SITE_URL}{self._address(self.number)}"

    @property
    def previous_url(self) -> str:
        """The page before it, or ""."""
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after it, or ""."""
        return self._address(self.number + 1) if self.number * self.size < self.total else ""

    def _address(self, number: int) -> str:
        query = [*self.query, *([("page", str(number))] if number > 1 else [])]
        return f"{self.path}?{urlencode(query)}" if query else self.path
