"""Publishing in an emergency, with a confirmation that nobody overlooks, and signing such a text afterwards."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions, policies, requirements
from alstrom_site.editorial.actions.emergency import WHY, Besides, requests_for_changes, submitted_note
from alstrom_site.editorial.actions.reviewing import announcement_issues
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.attempts import ActedOnForm, Attempt, edition_acted_on, faulty, refused
from alstrom_site.editorial.admin.causes import causes_of
from alstrom_site.editorial.admin.forewarning import before_publishing
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.reaffirming import LiveSigning
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Change, Edition
from alstrom_site.editorial.notifications.recipients import reviewers
from alstrom_site.editorial.workflow import APPROVE_AFTERWARDS, PUBLISH_IN_EMERGENCY, ActionRefused

KNOWN = "Tick this if you have read what {name} asked for. It stays in the record that you knew."
CONFIRM = "Tick this to publish. If it can wait for a review, submit the text instead."


class EmergencyForm(ActedOnForm):
    """The reason, as the comment; what readers are told; and that the person knows what they do, and despite whom."""

    note = forms.CharField(required=False, max_length=1_000)
    confirmed = forms.BooleanField(error_messages={"required": CONFIRM})

    def __init__(self, sent: QueryDict, edition: Edition) -> None:
        super().__init__(sent)
        self._asks_for_note = edition.published_at is None and edition.document.first_published_at is not None
        self._submitted_note = submitted_note(edition)
        self.sent_back = requests_for_changes(edition)
        self.fields["comment"].required = True
        self.fields["comment"].error_messages["required"] = WHY
        for each in self.sent_back:
            required = {"required": KNOWN.format(name=each.reviewer_name)}
            self.fields[f"despite-{each.pk}"] = forms.BooleanField(error_messages=required)

    def clean_note(self) -> str:
        """Ask for the note together with all else; the step asks for it once more."""
        note = str(self.cleaned_data["note"])
        if self._asks_for_note:
            for issue in announcement_issues(Change.MAJOR, note.strip() or self._submitted_note):
                self.add_error("note", issue.message)
        return note

    def besides(self) -> Besides:
        """Return what goes with the reason; the form must be valid."""
        return Besides(self.cleaned_data["note"], [each.pk for each in self.sent_back])


def publish(visit: Visit) -> HttpResponse:
    """Show the page, or publish what was confirmed."""
    if visit.request.method != "POST":
        return _page(visit)
    form = EmergencyForm(visit.request.POST, visit.edition)
    if not form.is_valid():
        return _page(visit, faulty(PUBLISH_IN_EMERGENCY, form))
    given = form.cleaned_data
    at = timezone.now()
    try:
        edition = edition_acted_on(visit, form)
        if _was_done_already(edition, visit.person, given["seen"]):
            return standing.leave(visit)
        actions.publish_in_emergency(
            edition, by=visit.person, at=at, seen=given["seen"], reason=given["comment"], besides=form.besides()
        )
    except ActionRefused as refusal:
        return _page(visit, refused(visit, PUBLISH_IN_EMERGENCY, form, refusal))
    told = f"Every reviewer is told, and a flag stands until one of them has approved edition {edition.number}."
    messages.warning(visit.request, f"Readers see this text now. {told}")
    return standing.leave(visit)


def _was_done_already(edition: Edition, by: User, seen: str) -> bool:
    """Whether this person has published just this text in this way: somebody pressed the button twice."""
    return edition.review_is_pending and edition.published_by_id == by.pk and edition.text.digest == seen


def approve_afterwards(visit: Visit) -> HttpResponse:
    """Sign the live text that went out in an emergency."""
    return LiveSigning(visit, APPROVE_AFTERWARDS, actions.approve_afterwards, timezone.now()).respond()


def _page(visit: Visit, attempt: Attempt | None = None) -> HttpResponse:
    edition = visit.edition
    refusal = policies.refusal(PUBLISH_IN_EMERGENCY, edition, visit.person)
    sent = visit.request.POST
    context = {
        "edition": edition,
        "transition": PUBLISH_IN_EMERGENCY,
        "refusal": str(refusal or ""),
        "issues": causes_of(requirements.missing(PUBLISH_IN_EMERGENCY, edition), edition, visit.person),
        "warning": before_publishing(edition, PUBLISH_IN_EMERGENCY),
        "shown": visit.kind.shown(edition.text.fields),
        "reviewers": list(reviewers()),
        "asks_for_note": edition.document.first_published_at is not None,
        "sent_back": [(each, f"despite-{each.pk}") for each in requests_for_changes(edition)],
        "note": sent.get("note", submitted_note(edition)).replace("\x00", ""),
        "after": last_position(visit.document),
        "attempt": attempt,
        "page_url": edition_url(edition),
    }
    title = f"Publish in an emergency: {visit.document.title}"
    return visit.show("emergency", title, context, status=attempt.status if attempt else 200)
