"""Where the fields of an entry came from, and the entry filled or refreshed from what is looked up anew."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import REVIEW, ActionRefused
from references.admin.bringing import editor
from references.importing import Brought
from references.intakes import Bringing, brought_for, first_of, keep
from references.kinds import ReferenceKind
from references.lookup import asked_in, look_up
from references.models import Intake
from references.provenance import Origin, origins, words_of
from references.refreshing import differences, identifiers_of, observe_notices, take_over
from references.watching.telling import in_words, sentence_of, standing_of

_LABELS = {field.name: field.label for field in ReferenceKind.fields}
NO_IDENTIFIER = "The entry has no PMID, PMCID or DOI. Type one to look the work up."
NOTHING_CHOSEN = "Tick at least one field. Nothing was saved."
ANOTHER_RECORD = "Something else was looked up since you opened this page. Nothing was saved. Look at what is here now."
NEWS = "Noted of this work, for readers too: {} Everybody whom it concerns was told."
NEWS_OF_A_DRAFT = (
    "Noted of this work: {} Everybody whom it concerns was told. Readers will see it on the page of the entry, "
    "whichever fields you take over."
)
SAVED = "Saved in the draft, with where it came from. It is not submitted yet."
_MOST_ASKED = 1


def panel(visit: Visit, at: datetime) -> Panel | None:
    """Return what other sites and files said of the work, word for word, which whoever reviews reads; None without."""
    as_written = words_of(origins(visit.edition))
    url = reverse("admin:references_sources", args=[visit.document.pk]) if _may_read(visit.person) else ""
    content = {"as_written": as_written, "url": url}
    return Panel("sources_panel", content, is_for_review=True) if as_written else None


def show(visit: Visit) -> HttpResponse:
    """Show where each field came from, to reviewers too; look the work up, compare, and take over what is ticked."""
    if visit.request.method != "POST" and _may_read(visit.person):
        return _page(visit, visit.person)
    person = editor(visit.request)
    sent = visit.request.POST
    if "look_up" in sent:
        return _look_up(visit, person)
    if "take" in sent:
        return _take(visit, person)
    brought_for(visit.document, person).delete()
    return redirect("admin:references_sources", pk=visit.document.pk)


def _may_read(person: User) -> bool:
    return person.has_perm(REVIEW) or _may_write(person)


def _may_write(person: User) -> bool:
    return policies.may_open_edition(person) is None


def _look_up(visit: Visit, person: User) -> HttpResponse:
    typed = visit.request.POST.get("identifier", "")
    asked = asked_in(typed) or identifiers_of(visit.edition.text.fields)
    if not asked:
        return _page(visit, person, errors=[NO_IDENTIFIER])
    found = look_up(asked[:_MOST_ASKED])
    if not found.records:
        return _page(visit, person, errors=[sentence for _, sentence in found.remarks])
    at = timezone.now()
    brought_for(visit.document, person).delete()
    keep(Bringing(Intake.Way.LOOK_UP, asked[0].shown, person, at, visit.document), found.records, found.remarks)
    # What is noted is marked on the live page: its work counts, not the one that a draft names.
    shown = visit.document.live_edition or visit.edition
    if _is_the_same_work(shown.text.fields, found.records[0]):
        for sentence in _noted(visit.document, found.records[0], by=person, at=at):
            messages.warning(visit.request, sentence)
    return redirect("admin:references_sources", pk=visit.document.pk)


def _noted(document: Document, brought: Brought, *, by: User, at: datetime) -> list[str]:
    """Sentences about what came of the notices in a record."""
    try:
        noted = observe_notices(document, brought, by=by, at=at)
    except ActionRefused as refused:
        return [f"{refused} What happened to this work was not noted: look it up once more."]
    sentence = NEWS_OF_A_DRAFT if document.live_edition is None else NEWS
    news = [sentence.format(sentence_of(in_words(standing_of(document))))] if noted.is_news else []
    return [*news, *noted.left_out]


def _take(visit: Visit, person: User) -> HttpResponse:
    chosen = set(visit.request.POST.getlist("fields"))
    kept = brought_for(visit.document, person).first()
    brought = first_of(kept) if kept else None
    if kept is None or brought is None:
        return redirect("admin:references_sources", pk=visit.document.pk)
    if visit.request.POST.get("intake") != str(kept.pk):
        return _page(visit, person, errors=[ANOTHER_RECORD])
    if not chosen:
        return _page(visit, person, errors=[NOTHING_CHOSEN], ticked=chosen)
    seen = visit.request.POST.get("seen", "")
    try:
        saved = take_over(visit.document, brought, chosen, by=person, at=timezone.now(), seen=seen)
    except ContentRefused as refused:
        return _page(visit, person, errors=[issue.message for issue in refused.issues], ticked=chosen)
    except ActionRefused as refused:
        return _page(visit, person, errors=[str(refused)], ticked=chosen)
    kept.delete()
    messages.success(visit.request, SAVED)
    return redirect(edition_url(saved.edition, "change"))


def _is_the_same_work(content: dict[str, Any], brought: Brought) -> bool:
    """Whether the record has an identifier of the entry and contradicts none: notices would be noted for good."""
    item = brought.item
    pairs = [(content.get(name), str(item.get(name) or "").lower()) for name in ("PMID", "PMCID", "DOI")]
    told = [here.lower() == there for here, there in pairs if here and there]
    return bool(told) and all(told)


def _in_order(found: list[Origin]) -> list[tuple[str, Origin]]:
    """Each with the label of its field, in the order of the form."""
    by_field = {each.field: each for each in found}
    return [(label, by_field[name]) for name, label in _LABELS.items() if name in by_field]


def _page(
    visit: Visit, person: User, *, errors: list[str] | None = None, ticked: set[str] | None = None
) -> HttpResponse:
    edition = visit.document.latest_edition
    kept = brought_for(visit.document, person).first()
    brought = first_of(kept) if kept else None
    found = differences(edition.text.fields, brought) if brought else []
    came_from = origins(edition)
    context = {
        **visit.shared,
        "title": f"Sources of {visit.document.title}",
        "document": visit.document,
        "edition": edition,
        "document_url": visit.url(),
        "list_url": visit.list_address,
        "origins": _in_order(came_from),
        "as_written": words_of(came_from),
        "may_write": _may_write(person),
        "identifier": next((each.shown for each in identifiers_of(edition.text.fields)), ""),
        "intake": kept,
        "brought": brought,
        "rows": [(each, each.fills if ticked is None else each.name in ticked) for each in found],
        "typed": visit.request.POST.get("identifier", ""),
        "errors": errors or [],
    }
    return TemplateResponse(visit.request, "references/desk/sources.html", context, status=409 if errors else 200)
