"""Asking for a review from a document's page: by name, by claiming it, or declining with a reason."""

from collections.abc import Callable, Iterable
from datetime import datetime
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.attempts import INCOMPLETE, ActedOnForm, Attempt, edition_acted_on
from alstrom_site.editorial.admin.review_screen import Screen, edition_to_review
from alstrom_site.editorial.admin.signing_form import Signing
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.workflow import ActionRefused, Issue, NotPermitted, NotReady

CHOOSE = "Choose whom you ask."
NOTHING_WRITTEN = "Nothing was written. What you typed is still here."


class AskForm(ActedOnForm):
    """Whom somebody asks, for which step ("step:person"), and by when; the comment is what they say to them."""

    whom = forms.RegexField(r"^[1-9]:[0-9]{1,18}$", error_messages={"required": CHOOSE, "invalid": CHOOSE}, strip=False)
    due_on = forms.DateField(
        error_messages={
            "required": "Give a day by which the review is wanted.",
            "invalid": "Write the day as 2026-01-31.",
        }
    )

    @property
    def wanted(self) -> actions.Wanted:
        """What was asked; raises NotReady when there is no such person."""
        step, _, pk = self.cleaned_data["whom"].partition(":")
        person = User.objects.filter(pk=pk).first()
        if person is None:
            raise NotReady([Issue("whom", CHOOSE)])
        return actions.Wanted(person, int(step), self.cleaned_data["due_on"], self.cleaned_data["comment"])


# By the name of the form's field or of the issue, the field on the page that it is about.
_FIELDS = {"ask": {"reviewer": "whom", "comment": "note"}, "decline": {"comment": "reason"}}
Take = Callable[[Visit, ActedOnForm, datetime], str]


def ask(visit: Visit) -> HttpResponse:
    """Ask somebody by name for a step of the round."""
    return _answer(visit, "ask", AskForm, _ask)


def claim(visit: Visit) -> HttpResponse:
    """Take a step of the round from the queue."""
    return _answer(visit, "claim", ActedOnForm, _claim)


def decline(visit: Visit) -> HttpResponse:
    """Say that one will not review, and why."""
    return _answer(visit, "decline", ActedOnForm, _decline)


def _ask(visit: Visit, form: ActedOnForm, at: datetime) -> str:
    wanted = form.wanted if isinstance(form, AskForm) else None
    if wanted is None:
        raise TypeError("Asking takes the form of asking.")
    edition = edition_acted_on(visit, form)
    actions.ask(edition, wanted, by=visit.person, at=at, seen=form.cleaned_data["seen"])
    return f"You asked {wanted.reviewer} to review edition {edition.number} by {wanted.due_on:%-d %B %Y}."


def _claim(visit: Visit, form: ActedOnForm, at: datetime) -> str:
    edition = edition_acted_on(visit, form)
    request = actions.claim(edition, by=visit.person, at=at, seen=form.cleaned_data["seen"])
    return f"You took on the review of edition {edition.number}. It is wanted by {request.due_on:%-d %B %Y}."


def _decline(visit: Visit, form: ActedOnForm, at: datetime) -> str:
    edition = edition_acted_on(visit, form)
    request = edition.review_requests.standing().filter(reviewer=visit.person).first()
    if request is None:
        raise NotPermitted("You are not asked to review this text, so there is nothing to decline.")
    actions.decline(request, reason=form.cleaned_data["comment"], by=visit.person, at=at)
    return f"You declined to review edition {edition.number}. It is free for somebody else."


def _answer(visit: Visit, verb: str, kind: type[ActedOnForm], take: Take) -> HttpResponse:
    """Take what was sent, or show the page that it was sent from with the reason why not and all that was typed."""
    if visit.request.method != "POST":
        return standing.leave(visit)
    at = timezone.now()
    form = kind(visit.request.POST)
    if not form.is_valid():
        return _again(visit, _faulty(verb, form), at)
    try:
        done = take(visit, form, at)
    except ActionRefused as refusal:
        return _again(visit, _refused(verb, form, refusal), at)
    messages.success(visit.request, done)
    # Who took it on at the review screen goes on reading there.
    stays = verb == "claim" and _is_from_the_review(visit)
    return redirect(edition_url(visit.edition, "review")) if stays else standing.leave(visit)


def _again(visit: Visit, attempt: Attempt, at: datetime) -> HttpResponse:
    edition = edition_to_review(visit) if _is_from_the_review(visit) else None
    if edition is None:
        return standing.respond(visit, at=at, attempt=attempt)
    return Screen(visit, edition, Signing(visit.request, visit.person, at=at, is_sent=False), attempt).page()


def _is_from_the_review(visit: Visit) -> bool:
    """Whether the form stood on the review screen."""
    return visit.request.POST.get("back") == "review"


def _faulty(verb: str, form: ActedOnForm) -> Attempt:
    if not form.says_what_was_seen:
        return Attempt(verb, form.typed, message=INCOMPLETE, status=HTTPStatus.CONFLICT)
    return Attempt(verb, form.typed, errors=_by_field(verb, [(name, str(e[0])) for name, e in form.errors.items()]))


def _refused(verb: str, form: ActedOnForm, refusal: ActionRefused) -> Attempt:
    if isinstance(refusal, NotReady):
        errors = _by_field(verb, [(issue.field, issue.message) for issue in refusal.issues])
        return Attempt(verb, form.typed, message=NOTHING_WRITTEN, errors=errors, status=HTTPStatus.CONFLICT)
    status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotPermitted) else HTTPStatus.CONFLICT
    return Attempt(verb, form.typed, message=f"{refusal} {NOTHING_WRITTEN}", status=status)


def _by_field(verb: str, wrong: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The sentences by the fields of the page, which says each at the top and beside its field."""
    names = _FIELDS.get(verb, {})
    return {names.get(name, name): sentence for name, sentence in wrong}
