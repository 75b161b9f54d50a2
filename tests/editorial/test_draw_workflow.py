"""The drawn workflow is the table's, and the README shows it."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

README = Path(__file__).resolve().parents[2] / "README.md"


def drawn() -> str:
    out = StringIO()
    call_command("draw_workflow", stdout=out)
    return out.getvalue()


def test_the_diagram_has_each_step_from_each_of_its_states() -> None:
    lines = [line.strip() for line in drawn().splitlines()]

    assert lines[0] == "stateDiagram-v2"
    assert "in_review --> approved: approve" in lines
    assert "approved --> draft: take back" in lines
    assert sum("discard" in line and "-->" in line for line in lines) == 7


def test_the_readme_shows_the_diagram_as_the_command_prints_it() -> None:
    assert f"```mermaid\n{drawn()}```" in README.read_text(encoding="utf-8")
