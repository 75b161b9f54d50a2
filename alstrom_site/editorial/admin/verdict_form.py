"""The form of a verdict. It has no default: nobody approves by pressing return."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from alstrom_site.editorial.admin.attempts import ActedOnForm
from alstrom_site.editorial.requirements import unanswered
from alstrom_site.editorial.workflow import APPROVE, RECOMMEND, REQUEST_CHANGES, Transition

VERDICTS: dict[str, Transition] = {"approve": APPROVE, "request-changes": REQUEST_CHANGES, "recommend": RECOMMEND}
SIGNED = (APPROVE, REQUEST_CHANGES)
"""The verdicts that decide something. Advice decides nothing and is not signed."""
ASK = {"request-changes": "Say in a comment what has to change.", "recommend": "Write your advice as a comment."}


class VerdictForm(ActedOnForm):
    """Approve, request changes or advise, the checklist of the kind, and a comment."""

    verdict = forms.ChoiceField(
        choices=[(name, transition.label) for name, transition in VERDICTS.items()],
        error_messages={"required": "Choose a verdict.", "invalid_choice": "Choose one of the verdicts offered."},
    )
    checklist = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Mapping[str, Any] | None, checklist: Sequence[str]) -> None:
        super().__init__(data)
        self.statements = tuple(checklist)
        ticked = self.fields["checklist"]
        if isinstance(ticked, forms.MultipleChoiceField):
            ticked.choices = [(str(number), statement) for number, statement in enumerate(checklist)]

    @property
    def transition(self) -> Transition:
        """The step that the chosen verdict is; approval when none was chosen, which then is refused."""
        return VERDICTS.get(str(self.data.get("verdict", "")), APPROVE)

    @property
    def answers(self) -> list[tuple[str, bool]]:
        """Each statement with whether it was ticked."""
        ticked = set(self.cleaned_data["checklist"])
        return [(statement, str(number) in ticked) for number, statement in enumerate(self.statements)]

    def clean(self) -> dict[str, Any]:
        """Refuse an approval with a statement left open, and any other verdict without its comment."""
        given = super().clean() or {}
        verdict = given.get("verdict")
        # One sentence for all of them: the boxes themselves show which are open.
        if verdict == "approve" and "checklist" in given and unanswered(self.statements, self.answers):
            self.add_error("checklist", "Tick every statement to approve. If one is not true, request changes.")
        if verdict in ASK and not given.get("comment") and "comment" not in self.errors:
            self.add_error("comment", ASK[verdict])
        return given
