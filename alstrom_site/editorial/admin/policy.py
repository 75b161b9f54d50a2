"""The page on which publishers and administrators say who must sign a document, and how often it is reviewed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone

from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.actions.setting_policy import LONGEST_INTERVAL
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.attempts import Attempt
from alstrom_site.editorial.admin.policy_words import who_signs
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.review_policy import MOST_SIGNATURES, SIGNING_ROLES, ReviewStep, in_order
from alstrom_site.editorial.workflow import ActionRefused, Issue, NotReady

SPARE_ROWS = 2
MOST_ROWS = 9
AS_THE_KIND, OWN = "kind", "own"
WHOLE_NUMBER = "Write the months as a whole number."
NO_STEP = "Name at least one step, or choose the first answer."


@dataclass(frozen=True)
class Row:
    """One step as the form shows it; without a role it is no step. `place` and `needed` are as they are sent."""

    number: int
    place: str = ""
    role: str = ""
    needed: str = "1"

    @property
    def step(self) -> ReviewStep:
        """The step; raises ValueError when it is none."""
        return ReviewStep(int(self.place or self.number), SIGNING_ROLES[self.role], int(self.needed))


class PolicyForm(forms.Form):
    """Whose policy holds, its rows, and the months; `seen` is the digest of the policy that was on the screen."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$")
    whose = forms.ChoiceField(
        choices=[(AS_THE_KIND, ""), (OWN, "")], error_messages={"required": "Choose one of both."}
    )
    months = forms.IntegerField(required=False, error_messages={"invalid": WHOLE_NUMBER})

    @property
    def rows(self) -> list[Row]:
        """The rows as they were sent, those without a role too."""
        sent = self.data
        return [
            Row(
                n,
                *(
                    str(sent.get(f"{name}-{n}", default))
                    for name, default in (("place", ""), ("role", ""), ("needed", "1"))
                ),
            )
            for n in range(1, MOST_ROWS + 1)
            if f"role-{n}" in sent
        ]

    @property
    def policy(self) -> actions.OwnPolicy:
        """What was sent; raises NotReady when it is no policy."""
        given = self.cleaned_data
        if given["whose"] == AS_THE_KIND:
            return actions.OwnPolicy((), given["months"])
        rows = [row for row in self.rows if row.role]
        if not rows:
            raise NotReady([Issue("steps", NO_STEP, "incomplete")])
        try:
            steps = [row.step for row in rows]
        except (ValueError, KeyError) as wrong:
            raise NotReady([Issue("steps", "Choose order, role and number from the lists.", "unfit")]) from wrong
        return actions.OwnPolicy(in_order(steps), given["months"])


def set_policy(visit: Visit) -> HttpResponse:
    """Show the page, or set the policy that was sent."""
    if policies.may_set_policy(visit.person) is not None:
        raise PermissionDenied
    if visit.request.method != "POST":
        return _page(visit)
    form = PolicyForm(visit.request.POST)
    if not form.is_valid():
        return _page(visit, form, _mended({name: str(errors[0]) for name, errors in form.errors.items()}))
    try:
        seen = form.cleaned_data["seen"]
        actions.set_policy(visit.document, form.policy, by=visit.person, at=timezone.now(), seen=seen)
    except NotReady as refusal:
        return _page(visit, form, _mended({issue.field: issue.message for issue in refusal.issues}))
    except ActionRefused as refusal:
        return _page(visit, form, Attempt("set the policy", "", message=str(refusal), status=HTTPStatus.CONFLICT))
    messages.success(visit.request, _told(visit.document))
    return standing.leave(visit)


def _told(before: Document) -> str:
    """What followed: who signs waits for the next round, the date of the next review moves at once."""
    due_on = Document.objects.get(pk=before.pk).next_review_on
    told = "The policy is set. Who signs holds from the next round of review on."
    moved = due_on is not None and due_on != before.next_review_on
    return f"{told} The next review of the live text is due on {due_on:%-d %B %Y} now." if moved else told


def _mended(errors: dict[str, str]) -> Attempt:
    return Attempt("set the policy", "", errors=errors)


def _page(visit: Visit, form: PolicyForm | None = None, attempt: Attempt | None = None) -> HttpResponse:
    own = actions.own_policy(visit.document)
    context: dict[str, Any] = {
        "own": own,
        "rows": form.rows if form else list(_rows(own.steps)),
        "whose": form.data.get("whose", "") if form else OWN if own.steps else AS_THE_KIND,
        "months": form.data.get("months", "") if form else own.months or "",
        "kind_signers": who_signs(visit.kind.review_policy),
        "kind_months": visit.kind.review_months,
        "longest": LONGEST_INTERVAL,
        "places": [str(place) for place in range(1, MOST_ROWS + 1)],
        "roles": list(SIGNING_ROLES),
        "numbers": [("0", "all who are asked"), *((str(n), str(n)) for n in range(1, MOST_SIGNATURES + 1))],
        "attempt": attempt,
    }
    return visit.show("policy", "Review policy", context, status=attempt.status if attempt else 200)


def _rows(steps: Sequence[ReviewStep]) -> Iterator[Row]:
    """The steps there are, and some empty rows."""
    for number, step in enumerate(steps, start=1):
        yield Row(number, str(step.place), step.role.name, str(step.needed))
    for number in range(len(steps) + 1, min(len(steps) + SPARE_ROWS, MOST_ROWS) + 1):
        yield Row(number, str(number))
