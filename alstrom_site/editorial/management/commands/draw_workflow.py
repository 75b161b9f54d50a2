"""draw_workflow: print the workflow as a Mermaid state diagram, from the table of transitions."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from alstrom_site.editorial.workflow import CLOSED, START, TRANSITIONS, Status


def mermaid() -> str:
    """Return the diagram in Mermaid's stateDiagram-v2 form; states that no step reaches yet are left out."""
    reached = {Status.DRAFT} | {step.target for step in TRANSITIONS}
    drawn = [status for status in Status if status in reached]
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{status.label}" as {_name(status)}' for status in drawn if _name(status) != status.value]
    lines += [f"    [*] --> {_name(Status.DRAFT)}: {START}"]
    lines += [line for status in drawn for line in _steps_from(status)]
    lines += [f"    {_name(status)} --> [*]" for status in drawn if status in CLOSED]
    return "\n".join(lines) + "\n"


def _steps_from(status: Status) -> Iterator[str]:
    for step in TRANSITIONS:
        if status in step.sources:
            yield f"    {_name(status)} --> {_name(step.target)}: {step.verb}"


def _name(status: Status) -> str:
    return status.value.replace(" ", "_")


class Command(BaseCommand):
    """Prints what the README shows under “The workflow”."""

    help = "Print the workflow as a Mermaid state diagram."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the diagram to standard output."""
        self.stdout.write(mermaid(), ending="")
