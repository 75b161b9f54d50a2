"""What the review screen shows: the text, the change, and the verdicts that this person may give now."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import policies, requirements
from alstrom_site.editorial.actions.signing import meaning_of
from alstrom_site.editorial.admin.approvals import reviews_of
from alstrom_site.editorial.admin.attempts import Attempt
from alstrom_site.editorial.admin.causes import causes_of
from alstrom_site.editorial.admin.history import newest_position
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.review_changes import changes_for
from alstrom_site.editorial.admin.round_panel import asked_of, mine_of
from alstrom_site.editorial.admin.signing_form import Signing
from alstrom_site.editorial.admin.states import StateTag
from alstrom_site.editorial.admin.threads import comments_of
from alstrom_site.editorial.admin.verdict_form import SIGNED, VERDICTS, VerdictForm
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.rounds import open_step_for
from alstrom_site.editorial.workflow import APPROVE, OPEN, Status, Transition


@dataclass(frozen=True)
class OfferedVerdict:
    """A verdict that this person may give now."""

    name: str
    transition: Transition
    meaning: str
    is_signed: bool
    chosen: bool


@dataclass(frozen=True)
class Statement:
    """One statement of the checklist."""

    value: str
    text: str
    ticked: bool


def edition_to_review(visit: Visit) -> Edition | None:
    """Return the edition that was asked for by its id, else the one in review, an urgent fix first."""
    editions = [edition for edition in (visit.document.urgent_edition, visit.document.open_edition) if edition]
    sent = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    editions.sort(key=lambda edition: (str(edition.pk) != sent.get("edition"), edition.state is not Status.IN_REVIEW))
    return editions[0] if editions else None


@dataclass(frozen=True)
class Screen:
    """The screen of one visit; `attempt` and `form` are what came of a verdict that was sent, if one was.

    An attempt without a form is one at another form of the screen.
    """

    visit: Visit
    edition: Edition
    signing: Signing
    attempt: Attempt | None = None
    form: VerdictForm | None = None

    def page(self) -> HttpResponse:
        """Return the page."""
        visit, edition = self.visit, self.edition
        edition.document = visit.document
        mine, verdicts = mine_of(visit, edition), self._verdicts()
        context: dict[str, Any] = {
            # Before whatever a signature is refused for when it came later: flags of the text, merges of its sources.
            "after": newest_position(),
            "edition": edition,
            "asked": asked_of(edition, visit.person),
            "mine": mine,
            "panels": self._panels(),
            "comments": comments_of(edition, visit.person),
            "back": "review",
            "tag": StateTag.of(edition),
            # Read as the page is made, after `after`: no flag that a signature settles is left out of it.
            "flags": visit.document.flags.standing(),
            "happened": visit.marks(edition),
            "shown": visit.kind.shown(edition.text.fields),
            "changes": changes_for(visit, edition),
            "issues": causes_of(requirements.missing(APPROVE, edition), edition, visit.person, page="review"),
            "reviews": reviews_of(edition),
            "verdicts": verdicts,
            "keeps_comment": verdicts if self.form else mine and mine.my_request,
            "refusals": self._refusals(),
            "statements": self._statements(),
            "signing": self.signing,
            "form_url": visit.url("review"),
            "role": self._role(),
            "attempt": self.attempt,
            # What is typed to decline a review is shown again where it was typed.
            "comment": self.attempt.comment if self.attempt and self.form else "",
        }
        status = self.attempt.status if self.attempt else 200
        return visit.show("review", f"Review: {visit.document.title}", context, status=status)

    def _panels(self) -> list[Panel]:
        """What the kind brings that a text is compared with."""
        shown = (panel(self.visit, self.signing.at) for panel in self.visit.panels)
        return [panel for panel in shown if panel is not None and panel.is_for_review]

    @property
    def _kept(self) -> VerdictForm | None:
        """The verdict that was sent, when it was meant for this text; the comment is kept in any case."""
        return self.form if self.attempt is None or not self.attempt.text_is_another else None

    def _verdicts(self) -> list[OfferedVerdict]:
        chosen = self._kept.data.get("verdict") if self._kept else None
        return [
            OfferedVerdict(
                name,
                transition,
                meaning_of(transition.verb, self.edition),
                is_signed=transition in SIGNED,
                chosen=name == chosen,
            )
            for name, transition in VERDICTS.items()
            if self.edition.state in OPEN and not self._refusal(transition)
        ]

    def _refusals(self) -> list[tuple[str, str]]:
        found = ((each, self._refusal(each)) for each in VERDICTS.values())
        return [(transition.label, refusal) for transition, refusal in found if refusal]

    def _refusal(self, transition: Transition) -> str:
        return str(policies.refusal(transition, self.edition, self.visit.person) or "")

    def _statements(self) -> list[Statement]:
        ticked = set(self.visit.request.POST.getlist("checklist")) if self._kept else set()
        return [
            Statement(str(number), statement, ticked=str(number) in ticked)
            for number, statement in enumerate(self.visit.kind.checklist)
        ]

    def _role(self) -> str:
        """The role in which this person's signature counts."""
        step = open_step_for(self.edition, self.visit.person) if self.edition.state is Status.IN_REVIEW else None
        return step.step.role.name if step else MEDICAL_REVIEWER.name
