"""The record page of a document: all of it, printed and as JSON, with a check, and a pack of evidence per edition.

Where the texts are long, each is read on a page of its own, and all of them on one that is sent as it is made.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.db.models.functions import Length
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header

from alstrom_site.editorial import policies
from alstrom_site.editorial.admin.addresses import text_url
from alstrom_site.editorial.admin.history import done
from alstrom_site.editorial.admin.record_in_parts import sent_in_parts
from alstrom_site.editorial.admin.record_parts import parts_of
from alstrom_site.editorial.admin.record_words import in_words, remark_in_words
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.evidence import file_name_of, pack_of, record_of
from alstrom_site.editorial.models import Event, Review, Revision

LONGEST_IN_FULL = 200_000
"""Characters of all texts together: about a second of work, and a megabyte of page."""


def show_record(visit: Visit) -> HttpResponseBase:
    """Show the record as a page to read and print; as JSON with `?format=json`, all on one page with `?format=print`.

    Raises PermissionDenied, as `evidence` does, for who may not read it.
    """
    _check_may_read(visit)
    wanted, is_long = visit.request.GET.get("format"), _is_long(visit)
    record = record_of(visit.document, with_contents=wanted == "json" or not is_long)
    if wanted == "json":
        return _saved_as(JsonResponse(record, json_dumps_params={"ensure_ascii": False, "indent": 2}), visit, "json")
    parts = parts_of(visit, record)
    context = {
        "record": record,
        "flags": visit.document.flags.standing().order_by("raised_at", "pk"),
        "events": _events(visit),
        "comments": _comments(record["comments"]),
        "reviews": _reviews(visit),
        "parts": parts,
        "packs": visit.document.editions.filter(published_at__isnull=False).order_by("-number"),
        "overdue": visit.document.is_overdue(timezone.now().date()),
        "url": visit.url("record"),
        "is_long": is_long,
        "is_sent_in_parts": is_long and wanted == "print",
    }
    page = visit.show("record", "The record", context)
    return sent_in_parts(visit, page, parts["texts"]) if context["is_sent_in_parts"] else page


def evidence(visit: Visit, number: int) -> HttpResponse:
    """Give the pack of evidence of one published edition."""
    _check_may_read(visit)
    edition = visit.document.editions.select_related("head").filter(number=number).first()
    if edition is None or edition.published_at is None:
        raise Http404("The document has no such published edition.")
    edition.document = visit.document
    pack = pack_of(edition)
    response = HttpResponse(pack.body, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=pack.name)
    return response


def _is_long(visit: Visit) -> bool:
    """Whether the texts of a document are too long to be compared on one page while somebody waits for it."""
    texts = Revision.objects.filter(edition__document=visit.document)
    return (texts.aggregate(size=Sum(Length("content")))["size"] or 0) > LONGEST_IN_FULL


def _check_may_read(visit: Visit) -> None:
    refused = policies.may_read_record(visit.person)
    if refused is not None:
        raise PermissionDenied(str(refused))


def _saved_as(response: HttpResponse, visit: Visit, ending: str) -> HttpResponse:
    name = f"{file_name_of(visit.document)}-record.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _events(visit: Visit) -> list[dict[str, Any]]:
    events = Event.objects.filter(document=visit.document).select_related("edition", "revision").order_by("position")
    events = events.defer("revision__content")
    return [
        {
            "event": event,
            "did": done(event),
            "moved": event.source != event.target,
            "details": details,
            "text_url": text_url(visit.document, event.revision),
        }
        for event, details in zip(events, in_words([event.fields for event in events]), strict=True)
    ]


def _comments(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The comments of the record, their moments as such, and whom an answer answers."""
    beginnings = {each["id"]: remark_in_words(each["author"], each["body"]) for each in said}
    return [
        {
            **each,
            "at": datetime.fromisoformat(each["at"]),
            "resolved_at": datetime.fromisoformat(each["resolved_at"]) if each["resolved_at"] else None,
            "answers": beginnings.get(each["answers"], ""),
        }
        for each in said
    ]


def _reviews(visit: Visit) -> list[Review]:
    reviews = Review.objects.filter(edition__document=visit.document).select_related("edition", "revision")
    return list(reviews.defer("revision__content").order_by("at", "pk"))
