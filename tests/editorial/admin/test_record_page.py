"""The record page: printed, as JSON, and the packs of evidence."""

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alstrom_site.accounts.roles import AUDITOR
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin import record
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.record_words import in_words, shown
from alstrom_site.editorial.models import Document, Event, Revision
from alstrom_site.editorial.policies import steps_for
from tests.breaking import run, triggers_off
from tests.cast import NOW, Cast, person
from tests.documents import STEP, draft, in_review, next_edition, published
from tests.editorial.admin.desk_visits import page, signed_in
from tests.editorial.eventful import eventful

pytestmark = pytest.mark.django_db


def test_it_prints_who_signed_what_when_and_what_it_meant(cast: Cast) -> None:
    live = published(cast, "article")
    review = live.reviews.get()

    html = page(cast.administrator, live, "record")

    for words in (review.reviewer_name, review.meaning, live.text.digest, review.at.strftime("%H:%M:%S UTC")):
        assert words in html
    assert "The record is whole" in html
    assert all(event.digest in html for event in live.document.events.all())


@pytest.mark.breaks_the_record
def test_it_says_so_when_an_event_was_altered(cast: Cast) -> None:
    live = published(cast)
    event = live.document.events.get(verb="approve")
    with triggers_off("editorial_event"):
        run("UPDATE editorial_event SET by_name = %s WHERE id = %s", "Somebody else", event.pk)

    html = page(cast.administrator, live, "record")

    assert "The record is not whole" in html
    assert f"Event {event.position}: it does not have the digest that stands beside it." in html


@pytest.mark.breaks_the_record
def test_it_says_so_when_a_review_date_does_not_follow_from_the_reviews(cast: Cast) -> None:
    live = published(cast)
    with triggers_off("editorial_document"):
        run("UPDATE editorial_document SET review_due_on = '2031-01-01' WHERE id = %s", live.document_id)

    html = page(cast.administrator, live, "record")

    assert "The record is not whole" in html
    assert "its document names another day for the next review than follows from its approval." in html


def test_it_can_be_saved_as_json(cast: Cast) -> None:
    live = published(cast)

    response = signed_in(cast.publisher).get(document_url(live.document, "record") + "?format=json")

    assert response["Content-Disposition"] == 'attachment; filename="reference-sample2001-record.json"'
    assert [event["verb"] for event in json.loads(response.content)["events"]] == [
        "start",
        "submit",
        "approve",
        "publish",
    ]


def test_the_pack_of_a_published_edition_can_be_taken_away(cast: Cast) -> None:
    live = published(cast)
    address = document_url(live.document, "record").replace("/record/", "/evidence/1/")

    response = signed_in(cast.editor).get(address)

    assert address in page(cast.editor, live, "record")
    assert response["Content-Type"] == "application/zip"
    assert "reference-sample2001-edition-1.zip" in response["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as opened:
        assert opened.testzip() is None


@pytest.mark.parametrize("number", [1, 2])
def test_there_is_no_pack_of_what_was_never_published(cast: Cast, number: int) -> None:
    edition = draft(cast)
    address = document_url(edition.document, "record").replace("/record/", f"/evidence/{number}/")

    assert signed_in(cast.editor).get(address).status_code == 404


READERS = {
    "editor": 200,
    "reviewer": 200,
    "publisher": 200,
    "administrator": 200,
    "auditor": 200,
    "without_the_permission": 403,
    "stranger": 403,
}


def test_the_record_and_its_evidence_are_for_those_who_may_read_it(cast: Cast) -> None:
    live = published(cast)
    auditor, without = person("auditor", AUDITOR), person("without_the_permission", AUDITOR)
    without.groups.clear()
    without.user_permissions.add(Permission.objects.get(codename="view_document", content_type__app_label="editorial"))
    people = {**vars(cast), "auditor": auditor, "without_the_permission": without}
    addresses = [
        document_url(live.document, "record").replace("/record/", what)
        for what in ("/record/", "/record/?format=json", "/evidence/1/")
    ]

    answers = {name: [signed_in(people[name]).get(address).status_code for address in addresses] for name in READERS}

    assert answers == {name: [status] * 3 for name, status in READERS.items()}


def test_an_auditor_reads_everything_and_is_offered_no_step(cast: Cast) -> None:
    live, auditor = published(cast), person("auditor", AUDITOR)

    assert [step.transition.verb for step in steps_for(live, auditor) if step.allowed] == []


def test_an_approval_before_publication_is_not_told_as_one_afterwards(cast: Cast) -> None:
    html = page(cast.administrator, published(cast), "record")

    assert "approved edition 1" in html
    assert "gave the approval that was pending for" not in html


def test_a_statement_that_a_signer_left_open_is_printed_as_not_confirmed(cast: Cast) -> None:
    edition = in_review(cast)
    said = actions.Said(checklist=[("A statement made up for tests.", False)], signed_with="password")
    seen = edition.text.digest
    actions.request_changes(edition, by=cast.reviewer, at=NOW + 2 * STEP, seen=seen, comment="Shorter.", said=said)

    html = page(cast.administrator, edition, "record")

    assert "A statement made up for tests. <strong>Not confirmed</strong>" in html


def test_a_text_that_is_past_its_review_date_is_called_overdue(cast: Cast) -> None:
    late = published(cast, key="late2001", at=NOW - timedelta(days=2000))
    fresh = published(cast, key="fresh2002")

    assert ": <strong>overdue</strong>" in page(cast.editor, late, "record")
    assert ": <strong>overdue</strong>" not in page(cast.editor, fresh, "record")


@pytest.mark.parametrize(
    ("recorded", "printed"),
    [
        (None, "none"),
        (False, "no"),
        (12, "12"),
        ("A note.", "A note."),
        ([{"date": "2010", "type": "ErratumIn"}], "date 2010, type ErratumIn"),
        ([["reference", "sample2001", "ab12"], ["term", "cell", "cd34"]], "reference sample2001 ab12\nterm cell cd34"),
        ([], "none"),
    ],
)
def test_a_detail_of_an_event_is_printed_in_words(recorded: Any, printed: str) -> None:
    assert shown(recorded) == printed


def test_numbers_and_moments_of_machines_are_printed_in_words(cast: Cast, django_assert_max_num_queries: Any) -> None:
    eventful(cast)
    told = [event.fields for event in Event.objects.all()]

    with django_assert_max_num_queries(7):
        said = [value for details in in_words(told) for value in details.values()]

    assert [each for each in said if re.fullmatch(r"[0-9\n]+|.*[0-9]T[0-9].*|number [0-9]+", each)] == []
    assert {
        "text 1 of edition 1, of 2 March 2026, 09:00 UTC",
        "12 March 2026, 10:00 UTC",
        "15 March 2026",
        "Test reviewer: “A comment made up for tests.”",
        "date 2010, doi 10.1000/notice, source Retraction Watch, text A notice made up for tests, type ErratumIn",
    } <= set(said)


def test_comments_are_printed_with_their_moments_and_whom_they_answer(cast: Cast) -> None:
    edition = in_review(cast)
    words = actions.Words("Say where this is from.")
    thread = actions.comment(edition, words, by=cast.reviewer, at=NOW + STEP, seen=edition.text.digest)
    actions.resolve(thread, by=cast.editor, at=NOW + 2 * STEP, body="From a test.")

    html = page(cast.administrator, edition, "record")

    assert "Answers Test reviewer: “Say where this is from.”" in html
    assert not re.search(r">[^<]*[0-9]T[0-9]{2}:", html)


def test_texts_are_printed_with_their_words_and_requests_and_proposals_in_sentences(cast: Cast) -> None:
    eventful(cast)
    asked, kept = (Document.objects.addressed("term", [slug]).get() for slug in ("asked-term", "kept-term"))

    of_asked, of_kept = (_words(cast, document) for document in (asked, kept))

    for words in (
        "Test editor asked Test second reviewer to review edition 1, 12 March 2026, 09:00 UTC",
        "Declined, 12 March 2026, 09:00 UTC Why: No time in this test.",
        "Verdict given, 12 March 2026, 09:00 UTC",
    ):
        assert words in of_asked
    for words in (
        "Test editor proposed to withdraw edition 2",
        "Not taken: Test publisher",
        "Why: Not yet.",
        "Taken: Test publisher",
        "Edition 3, text 1 By Test editor",
        "Public again.",
    ):
        assert words in of_kept
    assert all(text.digest in of_kept for text in Revision.objects.filter(edition__document=kept))


def test_a_record_of_more_texts_and_requests_takes_no_more_queries(cast: Cast) -> None:
    edition = in_review(cast, "term")
    address = document_url(edition.document, "record")
    browser = signed_in(cast.administrator)
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    wanted = actions.Wanted(cast.reviewer, 1, NOW.date() + timedelta(days=3), "")
    actions.ask(edition, wanted, by=cast.editor, at=NOW + STEP, seen=edition.text.digest)
    changes = {**edition.text.fields, "definition": "Changed."}
    actions.save(edition, changes, by=cast.editor, at=NOW + 2 * STEP, seen=edition.text.digest, take_back=True)

    with CaptureQueriesContext(connection) as more:
        browser.get(address)

    # One for the people whom events name: before there were none.
    assert len(more) <= len(few) + 1


def test_texts_too_long_for_one_page_stand_on_their_own_and_are_printed_and_saved_whole(cast: Cast) -> None:
    sentence = "A sentence of many that say nothing. "
    edition = draft(cast, "faq", answer=sentence * 1_500)
    for number in range(1, 4):
        content = {**edition.text.fields, "answer": f"{number}. {sentence * 1_500}"}
        edition = actions.save(edition, content, by=cast.editor, at=NOW + STEP, seen=edition.text.digest).edition
    browser, address = signed_in(cast.administrator), document_url(edition.document, "record")

    html = browser.get(address).content.decode()
    printed = b"".join(browser.get(f"{address}?format=print")).decode()
    texts = json.loads(browser.get(f"{address}?format=json").content)["texts"]

    assert (html.count(sentence.strip()), len(html) < 100_000, html.count("What it changed")) == (0, True, 3)
    assert f'href="{address}?format=print"' in html
    assert printed.count(sentence.strip()) > 1_500
    assert all(each["digest"] in printed and f"text-{each['id']}" in html for each in texts)
    assert [each["content"]["answer"][:2] for each in texts] == ["A ", "1.", "2.", "3."]
    assert printed.endswith(html[html.index('<section aria-labelledby="part-events">') :][-200:])


def test_a_text_is_compared_with_the_one_it_was_made_from_though_others_say_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = published(cast, "faq", answer="First words of a test.")
    draft_of_it = next_edition(cast, live.document, at=NOW + 9 * STEP, answer="Second words of a test.")
    monkeypatch.setattr(record, "LONGEST_IN_FULL", 10)

    html = page(cast.administrator, draft_of_it, "record")

    first, again, changed = Revision.objects.order_by("pk").values_list("pk", flat=True)
    compared = re.findall(r"from=(\d+)&amp;to=(\d+)\">What it changed", html)
    assert sorted(compared) == [(str(first), str(again)), (str(again), str(changed))]


def _words(cast: Cast, document: Document) -> str:
    """What the page says without its tags, with one space between words."""
    html = page(cast.administrator, document.latest_edition, "record")
    return " ".join(re.sub(r"<[^>]+>", "", html).split())
