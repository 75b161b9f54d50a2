"""What the editor's script asks for while somebody writes: a preview of the text, a place for a picture.

Both answer JSON only, never a page: a person who may not use them gets a sentence, not a sign-in form.
"""

import math
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from pages import images, live
from pages.markdown import word_count

MAX_PREVIEW_BYTES = 2 * 1024 * 1024
# The picture itself is bounded in pages.images; the form around it needs a little room.
MAX_UPLOAD_BYTES = images.MAX_BYTES + 64 * 1024
MAX_ALT_LENGTH = 300
MINUTE = 60

View = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Bounds:
    """Who may call a view, how many bytes it takes and how often one person may call it in a minute."""

    name: str
    permissions: tuple[str, ...]
    max_bytes: int
    per_minute: int


PREVIEW = Bounds("preview", ("editorial.write_document", "editorial.review_edition"), MAX_PREVIEW_BYTES, 240)
UPLOAD = Bounds("upload", ("editorial.write_document",), MAX_UPLOAD_BYTES, 20)


def within(bounds: Bounds) -> Callable[[View], View]:
    """Let a view answer only who may ask, how and how often; everyone else gets {"error": sentence} as JSON."""

    def decorate(view: View) -> View:
        @csrf_protect
        def protected(request: HttpRequest) -> HttpResponseBase:
            return _refuse_haste(request, bounds) or view(request)

        # Exempt outside and protected inside: the CSRF check reads the whole body, and nobody who may not send one
        # should make us read it.
        @csrf_exempt
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponseBase:
            return _refuse_stranger(request, bounds) or _in_json(protected(request))

        return guarded

    return decorate


def _refuse_stranger(request: HttpRequest, bounds: Bounds) -> HttpResponse | None:
    if request.method != "POST":
        refusal = _refusal(HTTPStatus.METHOD_NOT_ALLOWED, "This address only takes what the editor sends.")
        refusal["Allow"] = "POST"
        return refusal
    if not request.user.is_authenticated:
        return _refusal(
            HTTPStatus.UNAUTHORIZED,
            "You are signed out. Sign in again in another tab, then carry on here; your text is still in the field.",
        )
    if not any(request.user.has_perm(permission) for permission in bounds.permissions):
        return _refusal(HTTPStatus.FORBIDDEN, "Your account may not do this. Ask an administrator for the editor role.")
    if _announced_bytes(request) > bounds.max_bytes:
        return _refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"This is too large: at most {bounds.max_bytes // 1024 // 1024} MB can be sent at once.",
        )
    return None


def _announced_bytes(request: HttpRequest) -> int:
    # Django reads no more than this many bytes, so what is announced here bounds what is read.
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _refuse_haste(request: HttpRequest, bounds: Bounds) -> HttpResponse | None:
    now = timezone.now().timestamp()
    key = f"editor:{bounds.name}:{request.user.pk}:{int(now // MINUTE)}"
    cache.add(key, 0, timeout=2 * MINUTE)
    if cache.incr(key) <= bounds.per_minute:
        return None
    wait = max(1, math.ceil(MINUTE - now % MINUTE))
    refusal = _refusal(
        HTTPStatus.TOO_MANY_REQUESTS, f"That was more than {bounds.per_minute} in a minute. Wait {wait} seconds."
    )
    refusal["Retry-After"] = str(wait)
    return refusal


def _in_json(response: HttpResponseBase) -> HttpResponseBase:
    """Say in JSON, for what the editor sends, why it came without a valid token."""
    if response.status_code != HTTPStatus.FORBIDDEN:
        return response
    return _refusal(
        HTTPStatus.FORBIDDEN,
        "This page is out of date, because you signed in again since it was opened. Copy your text, reload, paste it.",
    )


def _refusal(status: HTTPStatus, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


@within(PREVIEW)
def preview(request: HttpRequest) -> HttpResponse:
    """Return what ``text`` looks like to readers: {"html", "problems", "cited", "words"}.

    ``before`` holds, in order, the texts that stand earlier on the same page, so that citations get the numbers they
    will have; ``where`` is the name of the field.
    """
    before = [plain_newlines(earlier) for earlier in request.POST.getlist("before")]
    text = plain_newlines(request.POST.get("text", ""))
    renderer = live.renderer_for([*before, text])
    for position, earlier in enumerate(before, start=1):
        renderer.render(earlier, where=f"before-{position}")
    rendered = renderer.render(text, where=_field_name(request.POST.get("where", "")))
    used = {use.key for use in rendered.citations}
    return JsonResponse(
        {
            "html": rendered.html,
            "problems": [asdict(problem) for problem in rendered.problems],
            "words": word_count(text),
            "cited": [{"number": c.number, "label": renderer.labels[c.key]} for c in renderer.cited if c.key in used],
        }
    )


def plain_newlines(text: str) -> str:
    """Return a text as it is kept; browsers send line ends as CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _field_name(text: str) -> str:
    return text if re.fullmatch(r"[a-z][a-z_]{0,39}", text) else "body"


@within(UPLOAD)
def upload(request: HttpRequest) -> HttpResponse:
    """Store ``image`` and return {"markdown", "url"}: the Markdown that shows it, with ``alt`` as its description."""
    alt = _one_visible_line(request.POST.get("alt", ""))
    sent = request.FILES.get("image")
    if sent is None:
        return _refusal(HTTPStatus.BAD_REQUEST, "No picture arrived. Choose a file and try again.")
    if not alt:
        return _refusal(HTTPStatus.BAD_REQUEST, "Describe the picture in words, for readers who cannot see it.")
    if len(alt) > MAX_ALT_LENGTH:
        return _refusal(HTTPStatus.BAD_REQUEST, f"Describe the picture in at most {MAX_ALT_LENGTH} characters.")
    try:
        stored = images.store(sent, into=Path(settings.MEDIA_ROOT) / "images")
    except images.ImageRefused as refused:
        return _refusal(HTTPStatus.BAD_REQUEST, str(refused))
    return JsonResponse({"markdown": f"![{_escaped(alt)}]({stored.url})", "url": stored.url})


def _one_visible_line(text: str) -> str:
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def _escaped(alt: str) -> str:
    """Return the words so that Markdown takes none of their characters for its own."""
    return re.sub(r"([\\`*_\[\]<]|&(?=[#\w]+;))", r"\\\1", alt)
