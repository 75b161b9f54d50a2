"""The review screen: the text, what changed in it, its sources, and the verdict."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from alstrom_site.accounts.signing import SignatureRefused
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.attempts import Attempt, edition_acted_on, faulty, refused, was_done_already
from alstrom_site.editorial.admin.review_screen import Screen, edition_to_review
from alstrom_site.editorial.admin.signing_form import Signing, unsigned
from alstrom_site.editorial.admin.verdict_form import SIGNED, VerdictForm
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import APPROVE, REQUEST_CHANGES, ActionRefused, Status

NOTHING_OPEN = "No edition is open, so there is nothing to review."


@dataclass(frozen=True)
class Sent:
    """A verdict that was sent: what was filled in, and how it is to be signed."""

    visit: Visit
    at: datetime
    form: VerdictForm
    signing: Signing

    @property
    def is_signed(self) -> bool:
        """Whether the chosen verdict takes a signature."""
        return self.form.transition in SIGNED


def review(visit: Visit) -> HttpResponse:
    """Show the review screen, or take the verdict that was sent."""
    at = timezone.now()
    signing = Signing(visit.request, visit.person, at=at)
    if visit.request.method == "POST":
        return _given(Sent(visit, at, VerdictForm(visit.request.POST, visit.kind.checklist), signing))
    edition = edition_to_review(visit)
    if edition is None:
        messages.info(visit.request, NOTHING_OPEN)
        return standing.leave(visit)
    return Screen(visit, edition, signing).page()


def _given(sent: Sent) -> HttpResponse:
    form, transition = sent.form, sent.form.transition
    if not form.is_valid():
        return _again(sent, _faulty(sent))
    try:
        edition = edition_acted_on(sent.visit, form)
        with sent.signing.signed() if sent.is_signed else nullcontext("") as way:
            _record(edition, sent, way)
    except SignatureRefused as refusal:
        return _again(sent, unsigned(transition, form, sent.signing, refusal))
    except ActionRefused as refusal:
        return _refused(sent, refusal)
    messages.success(sent.visit.request, _thanks(edition, sent))
    return standing.leave(sent.visit)


def _record(edition: Edition, sent: Sent, way: str) -> None:
    seen, comment = sent.form.cleaned_data["seen"], sent.form.cleaned_data["comment"]
    said = actions.Said(comment, sent.form.answers, way)
    by, at = sent.visit.person, sent.at
    if sent.form.transition is APPROVE:
        # A form that does not say what it showed has shown no flag.
        known = sent.form.cleaned_data["after"] or 0
        actions.approve(edition, by=by, at=at, seen=seen, said=said, known=known)
    elif sent.form.transition is REQUEST_CHANGES:
        actions.request_changes(edition, by=by, at=at, seen=seen, comment=comment, said=said)
    else:
        actions.recommend(edition, by=by, at=at, seen=seen, comment=comment)


def _thanks(edition: Edition, sent: Sent) -> str:
    edition.refresh_from_db(fields=["status"])
    done = f"You {sent.form.transition.past} edition {edition.number}. Your verdict is in the record."
    waits = sent.form.transition is APPROVE and edition.state is Status.IN_REVIEW
    return f"{done} Others must sign too before it is approved." if waits else done


def _faulty(sent: Sent) -> Attempt:
    """All that has to be mended, the signature with it, which is given again in any case."""
    attempt = faulty(sent.form.transition, sent.form)
    if sent.is_signed and not attempt.message:
        attempt.errors.update(sent.signing.missing)
    return attempt


def _refused(sent: Sent, refusal: ActionRefused) -> HttpResponse:
    visit, form, transition = sent.visit, sent.form, sent.form.transition
    edition = visit.document.editions.filter(pk=form.cleaned_data["edition"]).first()
    if edition is not None and was_done_already(transition, edition, visit.person, form):
        messages.info(visit.request, f"You {transition.past} edition {edition.number} already. It was done once.")
        return standing.leave(visit)
    return _again(sent, refused(visit, transition, form, refusal))


def _again(sent: Sent, attempt: Attempt) -> HttpResponse:
    edition = edition_to_review(sent.visit) or sent.visit.document.latest_edition
    return Screen(sent.visit, edition, sent.signing, attempt, sent.form).page()
