"""Copied texts become drafts; what they have lost is named by line, and nothing that stands is touched."""

from pathlib import Path
from typing import Any

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, Event, PublishedPage
from pages.exchange.source_text import partial_date
from references.formatting import nlm_citation
from tests.cast import NOW, Cast
from tests.documents import draft, published
from tests.pages.exchange.copies import PAGE, SUMMARY
from tests.pages.exchange.folders import folder_of, imported, messages, results

pytestmark = pytest.mark.django_db


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    """A file of the first shape."""
    return folder_of(tmp_path, {"summary.txt": SUMMARY}) / "summary.txt"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A file of the second shape."""
    return folder_of(tmp_path, {"page.txt": PAGE}) / "page.txt"


def text_at(kind: str, address: str) -> dict[str, Any]:
    fields: dict[str, Any] = Document.objects.get(kind=kind, address=address).latest_edition.text.fields
    return fields


def notes(report: dict[str, Any], code: str) -> list[int]:
    """Return the lines about which the report says this, in order."""
    return [note["line"] for note in report["notes"] if note["code"] == code]


def lines_with(text: str, words: str) -> list[int]:
    return [number for number, line in enumerate(text.split("\n"), start=1) if words in line]


def test_a_summary_becomes_an_article_under_its_own_headings(cast: Cast, summary: Path) -> None:
    imported(summary, "--author", "editor")

    article = text_at("article", "sample-condition")
    assert article["title"] == "Sämple condition"
    assert article["body"].startswith(
        "## What is Sämple condition?\n\n"
        "It is made up for tests (and for nothing else). It has \\*no\\* signs.\n\n"
        "Its second paragraph cites nobody \\@all.\n\n## Where can I find"
    )
    assert "- Ask the Made-up Center\n- Submit it to Nobody" in article["body"]
    assert article["alternate_names"] == ["SAMP", "Sample disorder"]
    assert article["closing_summary"] == "Nothing here is advice. See How are tests named? in the Handbook."
    assert "What is missing" not in article["body"]


def test_the_dates_of_a_summary_keep_their_precision(cast: Cast, summary: Path) -> None:
    imported(summary, "--author", "editor")

    assert text_at("article", "sample-condition")["origin"] == {
        "title": "Sämple condition",
        "reviewed": "2008-08",
        "published": "2009-05-04",
    }


def test_the_references_of_a_summary_print_again_as_they_were(cast: Cast, summary: Path) -> None:
    report = imported(summary, "--author", "editor")

    printed = [nlm_citation(text_at("reference", key)) for key in ("tester1973", "tester1973b")]
    assert printed[0] == (
        "Tester AB, Prober C. The sample. Report of three tests. J Test (Nowhere). 1973 Jan;52(1):53-71. Review."
    )
    # Three initials are more than NLM printed; the difference is named.
    assert printed[1].startswith("Tester AB, van Prober CD. Another sample?")
    assert notes(report, "printed-otherwise") == lines_with(SUMMARY, "van Prober")
    assert notes(report, "unread-reference") == lines_with(SUMMARY, "Some Review")


def test_every_lost_link_of_a_summary_is_reported(cast: Cast, summary: Path) -> None:
    report = imported(summary, "--dry-run")

    dangling = [number for number, line in enumerate(SUMMARY.split("\n"), start=1) if line.endswith(" (")]
    assert notes(report, "lost-link") == sorted(dangling + lines_with(SUMMARY, "( in the Handbook"))
    assert len(notes(report, "lost-link")) == 7


def test_empty_sections_and_navigation_of_a_summary_are_reported(cast: Cast, summary: Path) -> None:
    report = imported(summary, "--dry-run")

    promised, bare = lines_with(SUMMARY, "information about treatment"), lines_with(SUMMARY, "What is missing")
    assert notes(report, "empty-section") == promised + bare
    assert notes(report, "navigation") == [1]
    assert notes(report, "moved") == lines_with(SUMMARY, "Nothing here is advice")


def test_a_page_becomes_an_article_with_its_questions(cast: Cast, page: Path) -> None:
    report = imported(page, "--author", "editor")

    article = text_at("article", "what-causes-a-sample")
    assert article["title"] == "What causes a sample?"
    assert article["quick_answer"] == "A sample is caused by tests."
    assert article["closing_summary"] == "If you ask what causes a sample, it is tests."
    assert [line for line in article["body"].split("\n") if line.startswith("#")] == [
        "## Overview",
        "## Why one test is enough",
    ]
    assert article["faqs"] == ["what-causes-a-sample", "is-there-more"]
    assert text_at("faq", "what-causes-a-sample")["answer"] == "Tests do.\n\nThey do it daily."
    assert text_at("faq", "is-there-more")["answer"] == "Yes"
    assert set(results(report).values()) == {"new draft"}


def test_neighbours_of_a_page_keep_only_descriptions_of_their_own(cast: Cast, page: Path) -> None:
    report = imported(page, "--author", "editor")

    assert text_at("article", "what-causes-a-sample")["related"] == [
        {"address": "is-a-sample-common", "description": ""},
        {"address": "what-a-sample-is", "description": ""},
        {"address": "how-samples-end", "description": "Only this one says what it is about."},
    ]
    assert notes(report, "boilerplate") == lines_with(PAGE, "Keep reading a page")
    assert notes(report, "empty-section") == lines_with(PAGE, "Common questions")
    assert notes(report, "left-out") == lines_with(PAGE, "Short answers")


def test_nothing_of_a_copied_text_is_published(cast: Cast, summary: Path, page: Path) -> None:
    report = imported(summary, page, "--author", "editor")

    assert not report["failed"]
    assert set(Edition.objects.values_list("status", flat=True)) == {"draft"}
    assert not PublishedPage.objects.exists()


def test_a_copied_text_enters_once_even_after_editors_changed_its_draft(cast: Cast, page: Path) -> None:
    imported(page, "--author", "editor")
    edition = Document.objects.get(kind="article").latest_edition
    typed = {**edition.text.fields, "summary": "Typed at the desk."}
    actions.save(edition, typed, by=cast.editor, at=NOW, seen=edition.text.digest)
    events = Event.objects.count()

    again = imported(page, "--author", "editor")

    assert results(again) == {"what-causes-a-sample": "kept as it stands", "is-there-more": "unchanged"}
    assert Event.objects.count() == events


def test_a_copied_text_touches_nothing_that_stands(cast: Cast, page: Path, summary: Path) -> None:
    standing = draft(cast, "article", slug="what-causes-a-sample")
    known = published(
        cast,
        "reference",
        key="tester1973",
        author=[{"family": "Other", "given": "A."}],
    )

    report = imported(page, summary, "--author", "editor")

    assert {"what-causes-a-sample-2", "tester1973b", "tester1973c"} <= results(report).keys()
    assert standing.document.editions.get().text.digest == standing.text.digest
    assert known.document.editions.count() == 1
    assert len(notes(report, "address")) == 3


def test_a_source_that_the_bibliography_knows_is_not_made_again(cast: Cast, summary: Path) -> None:
    imported(summary, "--author", "editor")
    edition = Document.objects.get(kind="reference", address="tester1973").latest_edition
    richer = {**edition.text.fields, "DOI": "10.1000/test.1"}
    actions.save(edition, richer, by=cast.editor, at=NOW, seen=edition.text.digest)

    again = imported(summary, "--author", "editor")

    assert results(again)["tester1973"] == "kept as it stands"
    assert Document.objects.filter(kind="reference").count() == 2


def test_a_text_of_no_known_shape_is_a_problem(cast: Cast, tmp_path: Path) -> None:
    folder_of(tmp_path, {"a.txt": "A sentence.\nAnother one."})

    report = imported(tmp_path / "a.txt", "--author", "editor")

    assert messages(report)[0].startswith("a.txt:0 : This text has neither shape")
    assert report["failed"]


DATES = {
    "August 2008": "2008-08",
    "May 4, 2009": "2009-05-04",
    "4 May 2009": "2009-05-04",
    "Sep. 1999": "1999-09",
    "2008": "2008",
}


@pytest.mark.parametrize("words", DATES)
def test_a_date_in_words_stays_as_precise_as_it_is(words: str) -> None:
    assert partial_date(words) == DATES[words]


@pytest.mark.parametrize("words", ["", "yesterday", "Augember 2008", "May 32, 2009", "4, 2009"])
def test_other_words_are_no_date(words: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|not the name|no day"):
        partial_date(words)
