"""How a step is refused, and what is missing before it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    """Something missing from a text: the field it is about, what is wrong, and the way out, in one sentence.

    `elsewhere`: kind and address of another document, where the way out begins there. `place`: what the message begins
    with where it names one, such as “Body, line 9”, and `line` its number, 0 for none.
    """

    field: str
    message: str
    code: str = "incomplete"
    elsewhere: tuple[str, str] | None = None
    place: str = ""
    line: int = 0

    @property
    def cause(self) -> str:
        """The message without its place: what several places may have in common."""
        return self.message.removeprefix(f"{self.place}: ")


class ActionRefused(Exception):
    """A step was refused and nothing was written; the text is a sentence for the person who tried it."""


class NotPermitted(ActionRefused):
    """This person may not take this step."""


class WrongState(ActionRefused):
    """The edition is not in a state from which this step can be taken."""


class OutOfDate(ActionRefused):
    """What the person acted on is not what is there now."""


class Busy(ActionRefused):
    """Somebody else holds what the step needs, for longer than a step takes."""


class NotReady(ActionRefused):
    """Requirements are not met; `issues` holds all of them."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(" ".join(issue.message for issue in self.issues))
