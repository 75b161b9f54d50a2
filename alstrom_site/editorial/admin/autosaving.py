"""What the form of a text sends by itself while somebody types: it is kept apart and saved nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.http import HttpResponse, JsonResponse, QueryDict
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions import working_copies
from alstrom_site.editorial.admin.forms import DIGEST, TAKES_BACK
from alstrom_site.editorial.admin.presence import who_else
from alstrom_site.editorial.admin.saving import CHOICE, MINE, TAB, tab_in, written_in
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import ActionRefused, NotPermitted

NO_POST = "What is typed is sent by POST."
NO_NEWS = "This did not say what happened in the form."
NO_TEXT = "This did not say from which text you began. Save, or open the form anew."
# What the page carries beside the fields of the text.
_NOT_OF_THE_TEXT = frozenset({"csrfmiddlewaretoken", "edition", MINE, TAKES_BACK, TAB})


def typing(visit: Visit) -> HttpResponse:
    """Keep what is being typed into an edition, or note that somebody is there or has left; answers in JSON."""
    refused = _not_for(visit.person, visit.request.method)
    return refused or _noted(visit.person, written_in(visit), visit.request.GET, visit.request.POST, visit)


def typing_anew(person: User, kind: str, method: str | None, asked: QueryDict, sent: QueryDict) -> HttpResponse:
    """Keep what is being typed into the form of a document that is not begun yet; answers in JSON."""
    return _not_for(person, method) or _noted(person, kind, asked, sent)


def fields_in(sent: QueryDict) -> dict[str, list[str]]:
    """Return what a form sent of its text."""
    return {
        name: [str(value) for value in values]
        for name, values in sent.lists()
        if name not in _NOT_OF_THE_TEXT and not name.startswith(f"{CHOICE}-")
    }


def as_sent(form: Mapping[str, Sequence[str]]) -> QueryDict:
    """Return what was kept in the shape in which a browser would send it again."""
    sent = QueryDict(mutable=True)
    for name, values in form.items():
        sent.setlist(name, list(values))
    return sent


def _not_for(person: User, method: str | None) -> JsonResponse | None:
    if not person.has_perm("editorial.write_document"):
        return _refused("Only editors can write.", HTTPStatus.FORBIDDEN)
    return None if method == "POST" else _refused(NO_POST, HTTPStatus.METHOD_NOT_ALLOWED)


def _noted(
    person: User, where: Edition | str, asked: QueryDict, sent: QueryDict, visit: Visit | None = None
) -> HttpResponse:
    at, tab = timezone.now(), tab_in(asked) or tab_in(sent)
    try:
        kept = _take(_Form(person, where, tab), asked.get("did", ""), sent, at)
    except NotPermitted as refusal:
        return _refused(str(refusal), HTTPStatus.FORBIDDEN)
    except ActionRefused as refusal:
        return _refused(str(refusal), HTTPStatus.BAD_REQUEST)
    except ValueError as wrong:
        return _refused(str(wrong), HTTPStatus.BAD_REQUEST)
    return JsonResponse({"kept": kept, "others": who_else(visit, at) if visit else ""})


@dataclass(frozen=True)
class _Form:
    """One opened form: whose, of which edition or kind, and its random name."""

    person: User
    where: Edition | str
    tab: str


def _take(opened: _Form, did: str, sent: QueryDict, at: datetime) -> str:
    person, where, tab = opened.person, opened.where, opened.tab
    if did == "leave":
        working_copies.leave(person, where, tab=tab)
        return ""
    if did == "stay":
        working_copies.touch(person, where, at=at, tab=tab)
        return ""
    if did != "type":
        raise ValueError(NO_NEWS)
    seen = sent.get("seen", "")
    if seen and not DIGEST.fullmatch(seen):
        raise ValueError(NO_TEXT)
    working_copies.keep(person, where, seen=seen, form=fields_in(sent), at=at, tab=tab)
    return f"{at:%H:%M:%S} UTC"


def _refused(sentence: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
