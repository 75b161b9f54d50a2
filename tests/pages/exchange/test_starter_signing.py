"""Bringing in starter content goes on where it stopped, and leaves alone what people have made theirs."""

from pathlib import Path

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Review
from pages.exchange.importing import bring_in
from pages.exchange.incoming import read_files
from pages.exchange.report import Report, Result
from tests.cast import NOW
from tests.pages.exchange.folders import BIBLIOGRAPHY, FAQ, TERM, folder_of, made_live, signers

pytestmark = pytest.mark.django_db


def outcomes(report: Report) -> dict[str, Result]:
    return {outcome.address: outcome.result for outcome in report.outcomes}


def test_each_step_is_signed_by_its_own_demonstration_account_with_every_question_answered(tmp_path: Path) -> None:
    made_live(folder_of(tmp_path, {"word.md": TERM}))

    (review,) = Review.objects.all()
    live = Document.objects.get().live_edition
    assert live is not None
    assert live.published_by is not None
    assert (str(live.text.author), review.reviewer_name, str(live.published_by)) == (
        "Demonstration editor",
        "Demonstration reviewer",
        "Demonstration publisher",
    )
    assert review.is_demonstration
    assert len(review.checklist) == 4
    assert all(answer for _, answer in review.checklist)


def test_what_cannot_be_published_stays_a_draft_and_is_named(tmp_path: Path) -> None:
    report = made_live(folder_of(tmp_path, {"faq.md": FAQ, "word.md": TERM}))

    assert outcomes(report) == {"sample-term": Result.PUBLISHED, "is-this-a-test": Result.NEW}
    assert [(problem.field, problem.line) for problem in report.problems] == [("answer", 7)]
    assert "sample2001" in report.problems[0].message
    assert not Review.objects.filter(edition__document__kind="faq").exists()


def test_what_stayed_a_draft_is_published_when_its_source_is_there(tmp_path: Path) -> None:
    made_live(folder_of(tmp_path, {"faq.md": FAQ}))

    report = made_live(folder_of(tmp_path, {"sources.json": BIBLIOGRAPHY}))

    assert outcomes(report) == {"sample2001": Result.PUBLISHED, "is-this-a-test": Result.PUBLISHED}


def test_what_people_changed_since_is_kept(tmp_path: Path) -> None:
    made_live(folder_of(tmp_path, {"word.md": TERM}))
    document = Document.objects.get()
    edition = actions.open_edition(document, by=signers().editor, at=NOW)
    changed = {**edition.text.fields, "definition": "Changed at the desk."}
    actions.save(edition, changed, by=signers().editor, at=NOW, seen=edition.text.digest)

    report = made_live(tmp_path)

    assert outcomes(report) == {"sample-term": Result.KEPT}
    assert document.latest_edition.status == "draft"
    assert document.latest_edition.text.fields["definition"] == "Changed at the desk."


def test_what_waits_for_a_reviewer_is_not_signed(tmp_path: Path) -> None:
    report = Report()
    documents = read_files([folder_of(tmp_path, {"word.md": TERM}) / "word.md"], report)
    bring_in(documents, report, by=signers().editor, at=NOW)
    edition = Document.objects.get().latest_edition
    actions.submit(edition, by=signers().editor, at=NOW, seen=edition.text.digest)

    again = made_live(tmp_path)

    assert outcomes(again) == {"sample-term": Result.UNCHANGED}
    assert again.problems == []
    assert Document.objects.get().latest_edition.status == "in review"


def test_a_draft_that_people_went_on_with_is_kept(tmp_path: Path) -> None:
    made_live(folder_of(tmp_path, {"faq.md": FAQ}))
    edition = Document.objects.get().latest_edition
    changed = {**edition.text.fields, "answer": "Changed at the desk."}
    actions.save(edition, changed, by=signers().editor, at=NOW, seen=edition.text.digest)

    report = made_live(tmp_path)

    assert outcomes(report) == {"is-this-a-test": Result.KEPT}
    assert report.problems == []


def test_a_document_that_cannot_go_live_is_not_left_signed(tmp_path: Path) -> None:
    no_journal = BIBLIOGRAPHY.replace("container-title-short", "note")

    report = made_live(folder_of(tmp_path, {"faq.md": FAQ, "sources.json": no_journal}))

    assert set(outcomes(report).values()) == {Result.NEW}
    assert [problem.code for problem in report.problems] == ["incomplete", "reference-not-live"]
    assert not Review.objects.exists()
    assert set(Document.objects.values_list("editions__status", flat=True)) == {"draft"}
