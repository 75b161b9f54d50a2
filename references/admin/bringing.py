"""Bringing references from elsewhere: a file or pasted text, or identifiers that are looked up."""

import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from references.adding import FORMATS, brought
from references.formats.reading import read_references
from references.formats.records import Problem, Record
from references.importing import Brought
from references.intakes import Bringing, brought_by, keep
from references.lookup import MOST_AT_ONCE, asked_in, look_up
from references.models import Intake

MOST_BYTES = 20_000_000
MOST_RECORDS = 5_000
MOST_NAMED = 200
"""Remarks that are kept of a record, and of what became none; the others are counted."""
MOST_ERRORS = 20
"""Remarks that stand above the form when nothing in a file could be read."""
LIMIT = f"Up to {MOST_BYTES // 1_000_000} MB and {MOST_RECORDS:,} records."
NOTHING = "Choose a file, or paste the references."
NOTHING_ASKED = "Paste at least one PMID, DOI or PMCID."
TOO_LONG = (
    f"The file is longer than {MOST_BYTES // 1_000_000} MB or has more than {MOST_RECORDS:,} records. Split it, or ask "
    "an administrator to run import_references, which takes files of any length."
)
TOO_MANY = f"These are more than {MOST_AT_ONCE} identifiers. Look up the first {MOST_AT_ONCE}, then the others."


@dataclass
class _Said:
    """What was not understood: the first of it, and how much more there is from which line on."""

    first: list[tuple[int, str]] = field(default_factory=list)
    more: int = 0
    line: int = 0

    def add(self, problem: Problem) -> None:
        """Keep a problem when it is among the first, and count it else."""
        if len(self.first) < MOST_NAMED:
            self.first.append((problem.line, problem.message))
        else:
            self.line = self.line or problem.line
            self.more += 1

    def lines(self, most: int = MOST_NAMED) -> list[tuple[int, str]]:
        """Return each as its line and a sentence, with one sentence for all that are not named."""
        named, left = self.first[:most], self.first[most:]
        more, line = self.more + len(left), left[0][0] if left else self.line
        return [*named, (line, f"From here on {more:,} more are not named here.")] if more else named


def import_references(request: HttpRequest) -> HttpResponse:
    """Take a file or pasted text, and lead to its records; what was pasted is given back when nothing can be read."""
    person = editor(request)
    pasted, chosen = request.POST.get("text", ""), request.POST.get("format", "")
    shown = {"text": pasted, "format": chosen}
    if request.method != "POST":
        return _page(request, "import", person, shown)
    upload = request.FILES.get("file")
    if upload is None and not pasted.strip():
        return _page(request, "import", person, {**shown, "errors": [NOTHING]}, status=409)
    name, stream = _stream(upload, pasted)
    if stream is None:
        return _page(request, "import", person, {**shown, "errors": [TOO_LONG]}, status=409)
    records, remarks = _read(stream, name, chosen if chosen in FORMATS else None)
    if len(records) > MOST_RECORDS:
        return _page(request, "import", person, {**shown, "errors": [TOO_LONG]}, status=409)
    if not records:
        errors = _sentences(remarks, MOST_ERRORS)
        return _page(request, "import", person, {**shown, "errors": errors}, status=409)
    intake = keep(Bringing(Intake.Way.IMPORT, name, person, timezone.now()), records, remarks.lines())
    return redirect("admin:references_intake", pk=intake.pk)


def look_up_references(request: HttpRequest) -> HttpResponse:
    """Take identifiers and lead to what was found; what was typed is given back when nothing was."""
    person = editor(request)
    sent = request.POST if request.method == "POST" else request.GET
    shown = {"text": sent.get("identifiers", ""), "is_off": not settings.LOOK_UP}
    if request.method != "POST":
        return _page(request, "look_up", person, shown)
    asked = asked_in(shown["text"] if isinstance(shown["text"], str) else "")
    if not asked or len(asked) > MOST_AT_ONCE:
        errors = [TOO_MANY if asked else NOTHING_ASKED]
        return _page(request, "look_up", person, {**shown, "errors": errors}, status=409)
    found = look_up(asked)
    if not found.records:
        errors = [sentence for _, sentence in found.remarks]
        return _page(request, "look_up", person, {**shown, "errors": errors, "by_hand": True}, status=409)
    name = ", ".join(each.shown for each in asked[:3]) + (f" and {len(asked) - 3} more" if len(asked) > 3 else "")
    intake = keep(Bringing(Intake.Way.LOOK_UP, name, person, timezone.now()), found.records, found.remarks)
    return redirect("admin:references_intake", pk=intake.pk)


def editor(request: HttpRequest) -> User:
    """Return who is at work; raise PermissionDenied with a sentence when they may not write."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    refused = policies.may_open_edition(request.user)
    if refused is not None:
        raise PermissionDenied(str(refused))
    return request.user


def _stream(upload: Any, pasted: str) -> tuple[str, IO[bytes] | None]:
    """The name under which the text is kept, and the text as bytes; none when it is too long."""
    if upload is None:
        return "pasted text", io.BytesIO(pasted.encode("utf-8", "replace"))
    name = (upload.name or "file").rsplit("/", 1)[-1]
    return name, None if (upload.size or 0) > MOST_BYTES else upload.file


def _read(stream: IO[bytes], name: str, format_name: str | None) -> tuple[list[Brought], _Said]:
    """The records, each with what was not understood of it, and what is said of the lines that became none."""
    records: list[Record] = []
    said: defaultdict[int | None, _Said] = defaultdict(_Said)
    for one in read_references(cast("BinaryIO", stream), format=format_name):
        if isinstance(one, Problem):
            said[one.record].add(one)
        elif len(records) > MOST_RECORDS:
            break
        else:
            records.append(one)
    found = [brought(each, name, _sentences(said[each.number])) for each in records]
    return found, said[None]


def _sentences(said: _Said, most: int = MOST_NAMED) -> list[str]:
    return [f"Line {line}: {sentence}" for line, sentence in said.lines(most)]


def _page(
    request: HttpRequest, template: str, person: User, shown: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "Import references" if template == "import" else "Look up references",
        "formats": FORMATS,
        "limit": LIMIT,
        "open_intakes": brought_by(person)[:10],
        **shown,
    }
    return TemplateResponse(request, f"references/desk/{template}.html", context, status=status)
