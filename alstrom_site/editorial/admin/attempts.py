"""A step that was tried and refused: what the person is told, what they typed, and what changed since they looked."""

from dataclasses import dataclass, field
from http import HTTPStatus

from django import forms

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.causes import Cause, named_only
from alstrom_site.editorial.admin.history import Happened, since
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.comparison import Comparison, compare
from alstrom_site.editorial.models import Edition, Revision
from alstrom_site.editorial.workflow import ActionRefused, Issue, NotPermitted, NotReady, OutOfDate, Transition

LONGEST_COMMENT = 10_000
INCOMPLETE = "This form did not say which text you had before you. Nothing was written. Look at the text and try again."


class ActedOnForm(forms.Form):
    """What every form of a step carries unseen: the edition and the digest that the person had on the screen.

    `after` is the place in the chain of the newest event they could see: it tells them what has happened since, and
    keeps a signature from standing for what they have not seen.
    """

    edition = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    seen = forms.RegexField(r"^[0-9a-f]{64}$")
    after = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    comment = forms.CharField(
        required=False,
        max_length=LONGEST_COMMENT,
        error_messages={
            "max_length": "Shorten the comment: it may have %(limit_value)d characters, and has %(show_value)d."
        },
    )

    @property
    def typed(self) -> str:
        """The comment as it was sent, fit to be shown again."""
        return str(self.data.get("comment", "")).replace("\x00", "")

    @property
    def says_what_was_seen(self) -> bool:
        """Whether the unseen fields arrived whole."""
        return not {"edition", "seen", "after"} & set(self.errors)


@dataclass(frozen=True)
class Attempt:
    """What the page shows after a step that was not taken. `message` is "" when only the fields need mending.

    `in_form` is the number of what has a form of its own on the page, such as a notice, that shows the comment again.
    """

    verb: str
    comment: str
    message: str = ""
    issues: tuple[Issue, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)
    changed: Comparison | None = None
    happened: tuple[Happened, ...] = ()
    in_form: int | None = None
    status: HTTPStatus = HTTPStatus.OK

    @property
    def causes(self) -> list[Cause]:
        """What is missing, each cause once."""
        return named_only(self.issues)

    @property
    def text_is_another(self) -> bool:
        """Whether the text is not the one that was on the person's screen."""
        return self.changed is not None


def faulty(transition: Transition, form: ActedOnForm) -> Attempt:
    """Return the attempt for a form whose fields need mending."""
    if not form.says_what_was_seen:
        return Attempt(transition.verb, form.typed, message=INCOMPLETE, status=HTTPStatus.CONFLICT)
    return Attempt(transition.verb, form.typed, errors={name: str(errors[0]) for name, errors in form.errors.items()})


def refused(visit: Visit, transition: Transition, form: ActedOnForm, refusal: ActionRefused) -> Attempt:
    """Return the attempt for a step that an action refused."""
    is_permission = isinstance(refusal, NotPermitted)
    return Attempt(
        transition.verb,
        form.typed,
        message=_sentence(refusal),
        issues=refusal.issues if isinstance(refusal, NotReady) else (),
        changed=_what_changed(visit, form, transition),
        happened=tuple(since(visit.document, form.cleaned_data["after"])),
        status=HTTPStatus.FORBIDDEN if is_permission else HTTPStatus.CONFLICT,
    )


def edition_acted_on(visit: Visit, form: ActedOnForm) -> Edition:
    """Return the edition that the person had on the screen; raise OutOfDate when the document has none such."""
    edition = visit.document.editions.select_related("head").filter(pk=form.cleaned_data["edition"]).first()
    if edition is None:
        raise OutOfDate(INCOMPLETE)
    edition.document = visit.document
    return edition


def was_done_already(transition: Transition, edition: Edition, by: User, form: ActedOnForm) -> bool:
    """Whether the last thing that happened to the edition is this very step, by this person, on this text, just now.

    So it is when somebody presses a button twice: it happened after what their page had shown.
    """
    last = edition.events.order_by("-position").first()
    return (
        last is not None
        and last.position > (form.cleaned_data.get("after") or 0)
        and last.verb == transition.verb
        and last.by_id == by.pk
        and last.revision_digest == form.cleaned_data["seen"]
    )


def _what_changed(visit: Visit, form: ActedOnForm, transition: Transition) -> Comparison | None:
    seen = Revision.objects.filter(edition__document=visit.document, digest=form.cleaned_data["seen"]).first()
    live = visit.document.live_edition
    now = live.text if live is not None and transition.of_the_live_text else visit.edition.text
    if seen is None or seen.digest == now.digest:
        return None
    return compare(seen.fields, now.fields, visit.kind.fields)


def _sentence(refusal: ActionRefused) -> str:
    if isinstance(refusal, NotReady):
        return "Something is missing. Nothing was written."
    sentence = str(refusal)
    return sentence if "Nothing was written" in sentence else f"{sentence} Nothing was written."
