"""What goes in comes out: files to the site and back, byte for byte."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from alstrom_site.editorial.models import Document, Edition, PublishedPage
from pages.exchange.exporting import FolderRefused, export
from tests.pages.exchange.folders import (
    ARTICLE,
    BIBLIOGRAPHY,
    FAQ,
    OTHER_ARTICLE,
    STARTER,
    TERM,
    bytes_of,
    folder_of,
    imported,
    made_live,
    results,
    signers,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_the_embedded_database(settings: Any) -> None:
    """The command takes starter content there only; the tests run on others too."""
    settings.EMBEDDED_DATABASE = True


@pytest.mark.usefixtures("on_the_embedded_database")
def test_the_starter_content_is_published_once_and_comes_out_as_it_went_in(tmp_path: Path) -> None:
    signers()

    first = imported("--starter")
    export(tmp_path)
    second = imported("--starter")

    assert first["problems"] == []
    assert set(results(first).values()) == {"published"}
    assert bytes_of(tmp_path) == bytes_of(STARTER)
    assert set(results(second).values()) == {"unchanged"}
    assert Edition.objects.count() == PublishedPage.objects.count() == len(first["documents"])


def test_what_was_exported_makes_the_same_site_again(tmp_path: Path) -> None:
    folder_of(
        tmp_path / "in",
        {
            "article.md": ARTICLE,
            "other.md": OTHER_ARTICLE,
            "faq.md": FAQ,
            "term.md": TERM,
            "sources.json": BIBLIOGRAPHY,
        },
    )
    signers()
    before = transaction.savepoint()
    report = made_live(tmp_path / "in")
    export(tmp_path / "first")
    transaction.savepoint_rollback(before)
    assert not Document.objects.exists()

    made_live(tmp_path / "first")
    export(tmp_path / "second")

    assert report.problems == []
    assert len(bytes_of(tmp_path / "first")) == 5
    assert (tmp_path / "first/articles/sample-article.md").read_text(encoding="utf-8") == ARTICLE
    assert bytes_of(tmp_path / "second") == bytes_of(tmp_path / "first")


def test_an_export_takes_the_live_text_and_never_a_draft(tmp_path: Path) -> None:
    made_live(folder_of(tmp_path / "in", {"term.md": TERM}))
    changed = folder_of(tmp_path / "changed", {"term.md": TERM.replace("A word", "Another word"), "faq.md": FAQ})
    assert results(imported(changed, "--author", "editor"))["sample-term"] == "changed draft"

    export(tmp_path / "out")

    assert bytes_of(tmp_path / "out") == {"glossary/sample-term.md": TERM.encode(), "bibliography.json": b"[]\n"}


def test_a_folder_that_is_not_empty_is_left_as_it_is(tmp_path: Path) -> None:
    made_live(folder_of(tmp_path / "in", {"term.md": TERM}))
    out = folder_of(tmp_path / "out", {"notes.md": "Mine."})

    with pytest.raises(FolderRefused, match="not empty"):
        export(out)

    assert bytes_of(out) == {"notes.md": b"Mine."}


def test_writing_over_replaces_ours_and_deletes_nothing(tmp_path: Path) -> None:
    made_live(folder_of(tmp_path / "in", {"term.md": TERM}))
    out = folder_of(tmp_path / "out", {"glossary/sample-term.md": "old", "glossary/gone.md": "old"})

    exported = export(out, over=True)

    assert exported.left_over == ("glossary/gone.md",)
    assert bytes_of(out) == {
        "glossary/sample-term.md": TERM.encode(),
        "glossary/gone.md": b"old",
        "bibliography.json": b"[]\n",
    }


def test_the_export_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made_live(folder_of(tmp_path / "in", {"term.md": TERM}))

    call_command("export_content", str(tmp_path / "out"))

    assert capsys.readouterr().out == f"2 files written to {tmp_path / 'out'}.\n"
