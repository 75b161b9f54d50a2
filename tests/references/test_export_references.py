"""The command that writes published references to a file."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.cast import Cast
from tests.documents import draft, published


def keys(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("export_references", *arguments, stdout=out)
    return [item["id"] for item in json.loads(out.getvalue())]


def test_all_come_in_the_order_of_the_bibliography_and_some_in_the_order_asked(cast: Cast) -> None:
    for key in ("b2001", "a2001", "c2001"):
        published(cast, key=key, author=[{"family": key}])
    draft(cast, key="unsigned2001")

    assert keys() == ["a2001", "b2001", "c2001"]
    assert keys("c2001", "a2001", "c2001") == ["c2001", "a2001"]


def test_a_key_that_is_not_published_is_named_and_nothing_is_written(cast: Cast, tmp_path: Path) -> None:
    published(cast)
    draft(cast, key="unsigned2001")
    file = tmp_path / "out.ris"

    with pytest.raises(CommandError, match="No published reference has the key “unsigned2001”"):
        call_command("export_references", "sample2001", "unsigned2001", "--format", "ris", "--output", str(file))

    assert not file.exists()


def test_a_file_is_written_in_the_form_that_was_asked_for(cast: Cast, tmp_path: Path) -> None:
    published(cast)
    file = tmp_path / "out.ris"

    call_command("export_references", "--format", "ris", "--output", str(file))

    assert file.read_bytes().startswith(b"TY  - JOUR\r\nID  - sample2001\r\n")


@pytest.mark.usefixtures("cast")
def test_a_place_that_cannot_be_written_ends_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_references", "--output", str(tmp_path / "nowhere" / "out.json"))
