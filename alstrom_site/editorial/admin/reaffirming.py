"""Signing the live text again: the page on which a reviewer says that it needs no change, or approves it afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.accounts.signing import SignatureRefused
from alstrom_site.editorial import actions, policies, requirements
from alstrom_site.editorial.actions.signing import meaning_of
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.approvals import reviews_of
from alstrom_site.editorial.admin.attempts import (
    ActedOnForm,
    Attempt,
    edition_acted_on,
    faulty,
    refused,
    was_done_already,
)
from alstrom_site.editorial.admin.causes import causes_of
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.review_changes import Changes, changes_for_readers
from alstrom_site.editorial.admin.review_screen import Statement
from alstrom_site.editorial.admin.signing_form import Signing, unsigned
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition, Proposal
from alstrom_site.editorial.requirements import unanswered
from alstrom_site.editorial.workflow import APPROVE_AFTERWARDS, REAFFIRM, ActionRefused, Transition

TICK_ALL = "Tick every statement to sign. If one is not true, begin a new edition."
NOT_LIVE = "Readers cannot see this document, so there is no live text to sign."


class ChecklistForm(ActedOnForm):
    """The statements of the kind's checklist and a comment; nothing is ticked beforehand."""

    checklist = forms.MultipleChoiceField(required=False)

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit.request.POST if visit.request.method == "POST" else None)
        self.statements = tuple(visit.kind.checklist)
        ticked = self.fields["checklist"]
        if isinstance(ticked, forms.MultipleChoiceField):
            ticked.choices = [(str(number), statement) for number, statement in enumerate(self.statements)]

    @property
    def answers(self) -> list[tuple[str, bool]]:
        """Each statement with whether it was ticked."""
        ticked = set(self.cleaned_data["checklist"])
        return [(statement, str(number) in ticked) for number, statement in enumerate(self.statements)]

    def clean(self) -> dict[str, Any]:
        """Refuse a statement that was left open."""
        given = super().clean() or {}
        if "checklist" in given and unanswered(self.statements, self.answers):
            self.add_error("checklist", TICK_ALL)
        return given


Sign = Callable[..., object]


@dataclass(frozen=True)
class LiveSigning:
    """A step that signs the live text, with the action that takes it."""

    visit: Visit
    transition: Transition
    action: Sign
    at: datetime

    def respond(self) -> HttpResponse:
        """Show the page, or take the step that was sent."""
        form = ChecklistForm(self.visit)
        signing = Signing(self.visit.request, self.visit.person, at=self.at)
        if self.visit.document.live_edition is None:
            messages.info(self.visit.request, NOT_LIVE)
            return standing.leave(self.visit)
        if not form.is_bound:
            return self._page(form, signing, None)
        return self._taken(form, signing) if form.is_valid() else self._faulty(form, signing)

    def _taken(self, form: ChecklistForm, signing: Signing) -> HttpResponse:
        given = form.cleaned_data
        try:
            edition = edition_acted_on(self.visit, form)
            # No state moves, so only this keeps a button that is pressed twice from signing twice.
            if was_done_already(self.transition, edition, self.visit.person, form):
                return self._done_already(edition)
            # Nobody is asked for a password for a step that is not theirs.
            if refusal := policies.refusal(self.transition, edition, self.visit.person):
                return self._not_taken(form, signing, refusal)
            with signing.signed() as way:
                said = actions.Said(given["comment"], form.answers, way)
                # A form that does not say what it showed has shown no flag.
                known = given["after"] or 0
                self.action(edition, by=self.visit.person, at=self.at, seen=given["seen"], said=said, known=known)
        except SignatureRefused as refusal:
            return self._page(form, signing, unsigned(self.transition, form, signing, refusal))
        except ActionRefused as refusal:
            return self._not_taken(form, signing, refusal)
        past = self.transition.past
        messages.success(self.visit.request, f"You {past} edition {edition.number}. Your signature is in the record.")
        return standing.leave(self.visit)

    def _not_taken(self, form: ChecklistForm, signing: Signing, refusal: ActionRefused) -> HttpResponse:
        edition = self.visit.document.editions.filter(pk=form.cleaned_data["edition"]).first()
        if edition is not None and was_done_already(self.transition, edition, self.visit.person, form):
            return self._done_already(edition)
        return self._page(form, signing, refused(self.visit, self.transition, form, refusal))

    def _done_already(self, edition: Edition) -> HttpResponse:
        messages.info(self.visit.request, f"You {self.transition.past} edition {edition.number} already.")
        return standing.leave(self.visit)

    def _faulty(self, form: ChecklistForm, signing: Signing) -> HttpResponse:
        attempt = faulty(self.transition, form)
        if not attempt.message:
            attempt.errors.update(signing.missing)
        return self._page(form, signing, attempt)

    def _page(self, form: ChecklistForm, signing: Signing, attempt: Attempt | None) -> HttpResponse:
        # Before the text and its flags are read: what happens from then on was not seen.
        after = last_position(self.visit.document)
        edition = self._live()
        refusal = policies.refusal(self.transition, edition, self.visit.person)
        context = {
            "edition": edition,
            "transition": self.transition,
            "meaning": meaning_of(self.transition.verb, edition),
            "changes": self._changes(edition),
            "shown": self.visit.kind.shown(edition.text.fields),
            "issues": causes_of(requirements.missing(self.transition, edition), edition, self.visit.person),
            "flags": edition.document.flags.standing(),
            "proposals": Proposal.objects.waiting_on(edition.document).select_related("by"),
            "reviews": reviews_of(edition),
            "refusal": str(refusal or ""),
            "statements": self._statements(form, attempt),
            "signing": signing,
            "role": MEDICAL_REVIEWER.name,
            "after": after,
            "attempt": attempt,
            "page_url": self.visit.url(),
        }
        title = f"{self.transition.label}: {self.visit.document.title}"
        return self.visit.show("reaffirm", title, context, status=attempt.status if attempt else 200)

    def _statements(self, form: ChecklistForm, attempt: Attempt | None) -> list[Statement]:
        """The statements, ticked as they were sent when that was meant for this text."""
        kept = form.is_bound and (attempt is None or not attempt.text_is_another)
        ticked = set(self.visit.request.POST.getlist("checklist")) if kept else set()
        return [Statement(str(n), text, ticked=str(n) in ticked) for n, text in enumerate(form.statements)]

    def _changes(self, edition: Edition) -> Changes | None:
        """What is signed beside the text, where readers got it before a second person had looked at it."""
        if self.transition is not APPROVE_AFTERWARDS:
            return None
        return changes_for_readers(self.visit, edition, "approve-afterwards")

    def _live(self) -> Edition:
        edition = self.visit.document.live_edition
        if edition is None:
            raise LookupError(NOT_LIVE)
        edition.document = self.visit.document
        return edition


def reaffirm(visit: Visit) -> HttpResponse:
    """Sign that the live text was reviewed and needs no change."""
    return LiveSigning(visit, REAFFIRM, actions.reaffirm, timezone.now()).respond()
