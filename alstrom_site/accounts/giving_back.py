"""What was sent to the desk and could not be taken is given back, in a page from which it is sent again on purpose."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure as usual_failure

DESK = "/admin/"
SECRETS = frozenset(
    {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "credential"}
    | {"signature-password", "signature-credential"}
)
"""Fields that no page ever gives back."""
OPENED_BY = "opened_by"
"""The field in which the form of a step says whose page it was."""
UNSEEN = frozenset({OPENED_BY, "edition", "seen", "after"})
"""What a form carries for itself, and nobody gave."""
OWN_WORD = frozenset({"verdict", "checklist", "must_fix", "confirmed", "change", "interests-declared"})
OWN_TICK = "despite-"
"""What a person gives their word for: carried over to nobody else, whose page then asks for it anew."""
BEFORE_SIGNING_IN = ("account_login", "account_logout", "account_reset_password", "mfa_authenticate", "mfa_login_")
"""How the names of those screens begin that nobody signs in for: they are opened anew."""
SIGNED_OUT = "You are signed out, so this is not kept. Sign in on another page, then go on here: nothing is lost."
SIGNED_IN_ANEW = "You signed in again since this page was opened. Send it once more: what you typed is not lost."


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid token: the page signed out of, or opened before its person signed in again.

    Signing in changes the token, so this is what everybody meets who signs in on a second page and saves on the first.
    """
    return give_back(request) if request.path.startswith(DESK) else usual_failure(request, reason=reason)


def give_back(request: HttpRequest) -> HttpResponse:
    """Return what was sent in a page with one button, or, to a script, why it was not taken; both with status 403.

    Only what a page of this site sent is given back: another site could make somebody press that button. A script gets
    the new token with the number of who is signed in, so that a page goes on by itself for the person who opened it.
    """
    answer = _page(request) if "text/html" in request.headers.get("Accept", "text/html") else _for_a_script(request)
    add_never_cache_headers(answer)
    return answer


def _for_a_script(request: HttpRequest) -> JsonResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"error": SIGNED_OUT}, status=403)
    token = {"token": get_token(request), "person": request.user.pk} if _comes_from_here(request) else {}
    return JsonResponse({"error": SIGNED_IN_ANEW, **token}, status=403)


def _page(request: HttpRequest) -> HttpResponse:
    at = request.resolver_match
    opens_anew = at is not None and (at.url_name or "").startswith(BEFORE_SIGNING_IN)
    sent = list(_fields(request))
    left_out = [name for name, _ in sent if _is_own_word(name)] if _is_of_another(request) else []
    context = {
        **admin.site.each_context(request),
        "title": "Not sent" if opens_anew or request.user.is_authenticated else "You are signed out",
        "is_from_here": _comes_from_here(request),
        "opens_anew": opens_anew,
        "fields": [(name, value) for name, value in sent if name not in left_out],
        "left_out": [_label(name) for name in dict.fromkeys(left_out)],
        "typed": [(_label(name), value) for name, value in sent if value.strip() and name not in UNSEEN],
        "secrets": not SECRETS.isdisjoint(set(request.POST) - {"csrfmiddlewaretoken"}),
        "files": [file.name for _, files in request.FILES.lists() for file in files],
    }
    return render(request, "accounts/given_back.html", context, status=403)


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in SECRETS:
            yield from ((name, str(value)) for value in values)


def _is_of_another(request: HttpRequest) -> bool:
    """Whether somebody is signed in who is not known to have filled in what was sent."""
    return request.user.is_authenticated and request.POST.get(OPENED_BY) != str(request.user.pk)


def _is_own_word(name: str) -> bool:
    return name in OWN_WORD or name.startswith(OWN_TICK)


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether no header says that a page of another site sent this; every browser of today names it."""
    origin = request.headers.get("Origin")
    if origin is None:
        sender = urlsplit(request.headers.get("Referer", ""))
        origin = f"{sender.scheme}://{sender.netloc}" if sender.netloc else None
    return origin in {None, f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
