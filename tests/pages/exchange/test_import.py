"""Importing files makes drafts and nothing else; what cannot enter is named and costs nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, Event, Revision
from alstrom_site.editorial.workflow import WrongState
from pages.exchange.files import LONGEST_TEXT
from tests.cast import NOW, Cast
from tests.documents import published
from tests.pages.exchange.folders import (
    ARTICLE,
    BIBLIOGRAPHY,
    FAQ,
    TERM,
    folder_of,
    imported,
    messages,
    results,
)

pytestmark = pytest.mark.django_db
FILES: dict[str, str | bytes] = {
    "articles/sample.md": ARTICLE,
    "questions/test.md": FAQ,
    "glossary/word.md": TERM,
    "bibliography.json": BIBLIOGRAPHY,
}


def test_a_folder_becomes_drafts_by_the_author_and_nothing_is_published(cast: Cast, tmp_path: Path) -> None:
    report = imported(folder_of(tmp_path, FILES), "--author", "editor")

    assert list(results(report)) == ["sample2001", "sample-term", "is-this-a-test", "sample-article"]
    assert set(results(report).values()) == {"new draft"}
    assert set(Edition.objects.values_list("status", "created_by__username")) == {("draft", "editor")}
    assert not report["failed"]


def test_importing_again_makes_nothing(cast: Cast, tmp_path: Path) -> None:
    folder_of(tmp_path, FILES)
    imported(tmp_path, "--author", "editor")
    events = Event.objects.count()

    again = imported(tmp_path, "--author", "second_editor")

    assert set(results(again).values()) == {"unchanged"}
    assert Event.objects.count() == events


def test_a_changed_file_begins_a_new_edition_and_leaves_the_live_one(cast: Cast, tmp_path: Path) -> None:
    made = published(cast, "term").document

    report = imported(
        folder_of(tmp_path / "new", {"word.md": TERM.replace("A word", "A new word")}), "--author", "editor"
    )

    assert results(report) == {"sample-term": "changed draft"}
    assert [edition.status for edition in made.editions.order_by("number")] == ["published", "draft"]
    assert made.open_edition is not None
    assert made.open_edition.text.fields["definition"] == "A new word for tests."


def cannot_be_held(*_: object, **__: object) -> None:
    raise DataError("value too long")


def test_a_change_that_is_refused_half_way_leaves_no_edition_open(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = published(cast, "faq").document
    monkeypatch.setattr(actions, "save", cannot_be_held)

    report = imported(folder_of(tmp_path, {"faq.md": FAQ, "word.md": TERM}), "--author", "editor")

    (problem,) = report["problems"]
    assert "The database cannot hold" in problem["message"]
    assert results(report) == {"sample-term": "new draft"}
    assert made.editions.count() == 1


def test_an_open_draft_is_never_written_over(cast: Cast, tmp_path: Path) -> None:
    folder_of(tmp_path, FILES)
    imported(tmp_path, "--author", "editor")
    edition = Document.objects.get(kind="term").latest_edition
    typed = {**edition.text.fields, "definition": "Typed at the desk."}
    actions.save(edition, typed, by=cast.second_editor, at=NOW, seen=edition.text.digest)

    report = imported(tmp_path, "--author", "editor")

    assert messages(report)[0].startswith("word.md:0 : Another text of it is open at the desk (draft), by Test second")
    assert Document.objects.get(kind="term").latest_edition.text.fields["definition"] == "Typed at the desk."
    assert report["failed"]


def test_one_bad_file_costs_no_other(cast: Cast, tmp_path: Path) -> None:
    folder_of(tmp_path, {**FILES, "bad.md": "No front matter.", "worse.md": b"\xff\xfe", "worst.json": "[{]"})

    report = imported(tmp_path, "--author", "editor")

    assert len(results(report)) == 4
    assert [message.split(" ")[0] for message in messages(report)] == ["bad.md:1", "worse.md:1", "worst.json:1"]
    assert report["failed"]
    assert report["summary"] == "4 documents: 4 new drafts. 3 problems, 0 notes."


def test_a_document_that_the_actions_refuse_costs_no_other(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Revision.objects.create

    def fail_for_terms(**fields: Any) -> Revision:
        made: Revision = original(**fields)
        if "sample-term" in fields["content"] and fields["edition"].document.kind == "term":
            raise WrongState("Refused for a test.")
        return made

    monkeypatch.setattr(Revision.objects, "create", fail_for_terms)

    report = imported(folder_of(tmp_path, FILES), "--author", "editor")

    assert sorted(results(report)) == ["is-this-a-test", "sample-article", "sample2001"]
    assert messages(report) == ["word.md:0 : Refused for a test."]
    assert not Document.objects.filter(kind="term").exists()


UNFIT: dict[str, tuple[str, str | bytes, str]] = {
    "not UTF-8": ("a.md", TERM.replace("word", "wörd").encode("latin-1"), "a.md:8 : The file is not UTF-8"),
    "huge": ("a.md", TERM + "x" * LONGEST_TEXT, "a.md:0 : The file has 1,000,"),
    "text where a list belongs": (
        "a.md",
        TERM.replace("[]", "a word"),
        "a.md:5 alternate_names: Other names is not a list",
    ),
    "a list where text belongs": (
        "a.md",
        ARTICLE.replace("A page made up for tests.", "[a]"),
        "a.md:5 summary: Summary is not",
    ),
    "an address of capitals": ("a.md", TERM.replace("sample-term", "Sample"), "a.md:4 slug: The address “Sample”"),
    "a date of no calendar": (
        "a.md",
        ARTICLE.replace("2008-08", "2008-13"),
        "a.md:24 origin: Source text: There is no",
    ),
    "another ending": ("a.pdf", b"%PDF", "a.pdf:0 : Only .md, .json and .txt"),
    "JSON that is no list": ("a.json", '{"id": "a"}', "a.json:0 : A bibliography in CSL-JSON is a list"),
    "JSON too deep": ("a.json", "[" * 100_000, "a.json:0 : This JSON is nested"),
    "an entry without a type": ("a.json", '[\n{"id": "a"}]', "a.json:2 : Entry 1: The entry “a” needs"),
    "an entry without an id": ("a.json", '[{"type": "book"}]', "a.json:0 : Entry 1:"),
    "a wrong DOI": ("a.json", '[\n{"id": "a", "type": "book", "DOI": "x"}]', "a.json:2 DOI: DOI: “x” is not a DOI"),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_is_unfit_is_named_with_its_place(name: str, cast: Cast, tmp_path: Path) -> None:
    file, text, message = UNFIT[name]
    folder_of(tmp_path, {file: text})

    report = imported(tmp_path / file, "--author", "editor")

    assert len(report["problems"]) == 1
    assert messages(report)[0].startswith(message)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\ufeff" + TERM, "byte-order-mark"),
        (TERM.replace("\n", "\r\n"), "line-ends"),
        (TERM.replace("\n", "\r"), "line-ends"),
    ],
)
def test_other_spellings_of_the_same_text_are_read_and_noted(text: str, code: str, cast: Cast, tmp_path: Path) -> None:
    imported(folder_of(tmp_path / "plain", {"a.md": TERM}), "--author", "editor")

    report = imported(folder_of(tmp_path / "other", {"a.md": text}), "--author", "editor")

    assert results(report) == {"sample-term": "unchanged"}
    assert [note["code"] for note in report["notes"]] == [code]


def test_two_files_for_one_address_are_both_left_out(cast: Cast, tmp_path: Path) -> None:
    folder_of(tmp_path, {**FILES, "glossary/again.md": TERM.replace("A word", "Another word")})

    report = imported(tmp_path, "--author", "editor")

    assert "sample-term" not in results(report)
    assert [message.split(":")[0] for message in messages(report)] == ["again.md", "word.md"]
    assert all("None of them was taken." in message for message in messages(report))


def test_a_field_of_a_bibliography_that_is_not_kept_is_noted(cast: Cast, tmp_path: Path) -> None:
    text = BIBLIOGRAPHY.replace('"id"', '"jurisdiction": "Long.", "id"')

    report = imported(folder_of(tmp_path, {"a.json": text}), "--author", "editor")

    assert results(report) == {"sample2001": "new draft"}
    assert [(note["field"], note["code"]) for note in report["notes"]] == [("jurisdiction", "left-out")]


def test_a_dry_run_needs_nobody_and_writes_nothing(cast: Cast, tmp_path: Path) -> None:
    report = imported(folder_of(tmp_path, FILES), "--dry-run")

    assert set(results(report).values()) == {"new draft"}
    assert not Document.objects.exists()


WRONG = {
    "nothing named": ([], "Name the files"),
    "no author": (["folder"], "Say who writes"),
    "an unknown author": (["folder", "--author", "nobody"], "no account “nobody”"),
    "an author who may not write": (["folder", "--author", "reviewer"], "cannot write"),
    "starter content with more": (["folder", "--starter"], "Nothing else goes with it"),
    "a missing folder": (["/nowhere/at/all", "--author", "editor"], "Not everything"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_call_ends_in_one_sentence(name: str, cast: Cast) -> None:
    arguments, words = WRONG[name]

    with pytest.raises(CommandError, match=words):
        call_command("import_content", *arguments)


def test_starter_content_enters_no_other_database(settings: Any) -> None:
    settings.EMBEDDED_DATABASE = False

    with pytest.raises(CommandError, match="embedded database only"):
        call_command("import_content", "--starter")


def test_starter_content_is_never_signed_by_a_persons_own_account(cast: Cast, settings: Any) -> None:
    settings.EMBEDDED_DATABASE = True

    with pytest.raises(CommandError, match="no demonstration account “editor”, “reviewer”, “publisher”"):
        call_command("import_content", "--starter")
