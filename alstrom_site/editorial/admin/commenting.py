"""Commenting at the desk: the page of an edition's comments, and the forms by which they are begun and settled."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url, edition_url
from alstrom_site.editorial.admin.attempts import INCOMPLETE, ActedOnForm, Attempt, edition_acted_on
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.threads import Comments, comments_of
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Comment, Edition
from alstrom_site.editorial.workflow import ActionRefused, NotPermitted, NotReady
from alstrom_site.numbers_sent import number_sent

__all__ = ["Comments", "comment_on", "comments_of", "panel", "settle"]

BACK_TO = ("comments", "review", "standing")
KEPT = "Nothing was written. What you typed is still here."
DONE = {
    "comment": "Your comment is there.",
    "answer": "Your answer is there.",
    "resolve": "The comment is resolved.",
    "reopen": "The comment is open again.",
}


class AsTyped(forms.Field):
    """Words as they were sent: what cannot be kept of them is for the action to say, in its own sentences."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> str:
        """Return the words."""
        return str(value or "")


class CommentForm(ActedOnForm):
    """A comment, the passage that it is about, and the page to go back to."""

    passage = AsTyped()
    field = AsTyped()
    before = AsTyped()
    behind = AsTyped()
    must_fix = forms.BooleanField(required=False)

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        self.fields["comment"] = AsTyped()

    @property
    def words(self) -> actions.Words:
        """What it says, as the action takes it."""
        given = self.cleaned_data
        return actions.Words(
            given["comment"],
            must_fix=given["must_fix"],
            field=given["field"],
            passage=given["passage"],
            before=given["before"],
            after=given["behind"],
        )


def comment_on(visit: Visit) -> HttpResponse:
    """Show the comments beside the text, or add the one that was sent."""
    if visit.request.method != "POST":
        return _page(visit, _edition_wanted(visit))
    form = CommentForm(visit.request.POST)
    if not form.is_valid():
        attempt = Attempt("comment", "", message=INCOMPLETE, status=HTTPStatus.CONFLICT)
        return _page(visit, visit.edition, attempt, form)
    try:
        edition = edition_acted_on(visit, form)
        said = actions.comment(edition, form.words, by=visit.person, at=timezone.now(), seen=form.cleaned_data["seen"])
    except ActionRefused as refusal:
        return _page(visit, visit.edition, _refused("comment", refusal), form)
    return _back(visit, edition, said, "comment")


def settle(visit: Visit, comment_pk: int) -> HttpResponse:
    """Answer a comment, resolve it or open it again; whatever was written goes with it."""
    if visit.request.method != "POST":
        return redirect(visit.url("comments"))
    thread = _thread(visit, comment_pk)
    step, body = visit.request.POST.get("step", "answer"), visit.request.POST.get("comment", "")
    if step not in _SETTLING:
        raise Http404(f"No step {step} is taken on a comment.")
    try:
        _SETTLING[step](thread, body, visit, timezone.now())
    except ActionRefused as refusal:
        return _page(visit, thread.edition, _refused(step, refusal, body))
    return _back(visit, thread.edition, thread, step)


def panel(visit: Visit, at: datetime) -> Panel | None:
    """Return the comments as the document's page shows them: the open threads, and the way to the text with them."""
    edition = visit.edition
    comments = comments_of(edition, visit.person)
    if comments.refusal and not comments.open and not comments.resolved:
        return None
    return Panel("_comments_panel", {"comments": comments, "back": "standing"})


Settle = Callable[[Comment, str, Visit, datetime], object]
_SETTLING: dict[str, Settle] = {
    "answer": lambda thread, body, visit, at: actions.answer(thread, body, by=visit.person, at=at),
    "resolve": lambda thread, body, visit, at: actions.resolve(thread, by=visit.person, at=at, body=body),
    "reopen": lambda thread, body, visit, at: actions.reopen(thread, by=visit.person, at=at, body=body),
}


def _thread(visit: Visit, comment_pk: int) -> Comment:
    threads = Comment.objects.threads().filter(edition__document=visit.document).select_related("edition__head")
    thread = threads.filter(pk=comment_pk).first()
    if thread is None:
        raise Http404("The document has no such comment.")
    thread.edition.document = visit.document
    return thread


def _edition_wanted(visit: Visit) -> Edition:
    """The edition that the address names, open or not; else the one that is being worked on."""
    number = number_sent(visit.request.GET.get("edition", ""))
    if number is None:
        return visit.edition
    edition = visit.document.editions.select_related("head").filter(pk=number).first()
    if edition is None:
        raise Http404("The document has no such edition.")
    edition.document = visit.document
    return edition


def _page(
    visit: Visit, edition: Edition, attempt: Attempt | None = None, form: CommentForm | None = None
) -> HttpResponse:
    context = {
        "comments": comments_of(edition, visit.person),
        "edition": edition,
        "after": last_position(visit.document),
        "attempt": attempt,
        "typed": form.data if form else None,
        "back": "comments",
    }
    return visit.show("comments", "Comments", context, status=attempt.status if attempt else 200)


def _refused(verb: str, refusal: ActionRefused, body: str = "") -> Attempt:
    status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotPermitted) else HTTPStatus.CONFLICT
    words = body.replace("\x00", "")
    if isinstance(refusal, NotReady):
        return Attempt(verb, words, message=KEPT, issues=refusal.issues, status=status)
    return Attempt(verb, words, message=f"{refusal} {KEPT}", status=status)


def _back(visit: Visit, edition: Edition, said: Comment, done: str) -> HttpResponse:
    """Lead back to the page that the form stood on, where the comment is."""
    messages.success(visit.request, DONE[done])
    wanted = visit.request.POST.get("back", "")
    if wanted in BACK_TO[1:]:
        return redirect(f"{edition_url(edition, wanted)}#comment-{said.pk}")
    return redirect(f"{document_url(visit.document, 'comments')}?edition={edition.pk}#comment-{said.pk}")
