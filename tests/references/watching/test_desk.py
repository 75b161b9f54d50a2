"""The desk shows what was observed, compares files, and lets a notice about another work be taken back."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import Busy
from references.admin import watching
from references.models import Intake, LinkCheck, ObservedNotice
from references.models.link_check import Outcome
from references.watching import Notice, checking, observe, report
from references.watching.comparing import ANOTHER_RESULT, NOTED_ALREADY
from references.watching.fetching import Answer
from references.watching.links import check_due
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, published
from tests.editorial.admin.desk_visits import page, signed_in
from tests.outbox import forget_mails, queued_mails
from tests.references.watching.test_retraction_watch import HEADER, row

pytestmark = pytest.mark.django_db

WATCHED = "/admin/references/reference/watched/"
LATER = NOW + 40 * STEP


class Silent:
    """Reaches no server."""

    def ask(self, url: str, *, follow: bool = True) -> Answer:
        return Answer(0, url)

    def content(self, url: str) -> bytes:
        return b""


class Answering(Silent):
    """Finds that every address works."""

    def ask(self, url: str, *, follow: bool = True) -> Answer:
        return Answer(200, url)


TICKED = re.compile(r'name="entries" id="entry-\d+" value="(\d+)" form="note-them" checked')


def retract(document: Document, cast: Cast) -> ObservedNotice:
    observe(document, [Notice("RetractionIn", "2010")], source="Retraction Watch", by=cast.editor, at=LATER)
    return document.observed_notices.get()


def confirm(client: Client, html: str) -> str:
    """Note what is ticked on the page."""
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    return client.post(WATCHED, {"seen": seen, "entries": TICKED.findall(html)}).content.decode()


def send(client: Client, *rows: str, header: str = HEADER) -> str:
    file = SimpleUploadedFile("retraction_watch.csv", "\n".join([header, *rows]).encode(), "text/csv")
    return client.post(WATCHED, {"file": file}).content.decode()


def test_a_file_that_is_sent_is_reported_and_noted_when_that_is_confirmed(cast: Cast) -> None:
    document = draft(cast, title="A made-up title", DOI="10.1000/work").document
    client = signed_in(cast.editor)

    html = send(client, row(), "1,2,3")

    assert "1 row were read, 1 of them about works of the bibliography." not in html
    assert "1 row was read, 1 of them about works of the bibliography." in html
    assert "<strong>Retracted 2010</strong>" in html
    assert "Line 3: This is no whole record" in html
    assert not document.observed_notices.exists()
    later = client.get(WATCHED).content.decode()
    assert "Compared, and not noted yet" in later
    assert "Compared, and not noted yet" not in signed_in(cast.second_editor).get(WATCHED).content.decode()
    assert "New, and told to everybody whom it concerns:" in confirm(client, later)
    assert document.observed_notices.get().seen_by == cast.editor
    assert NOTED_ALREADY in confirm(client, later)


def test_what_is_confirmed_is_what_was_seen(cast: Cast) -> None:
    one, other = (draft(cast, key=f"{key}2001", DOI=f"10.1000/{key}", title="A made-up title").document for key in "ab")
    client = signed_in(cast.editor)
    html = send(client, row(doi="10.1000/a", n=1), row(doi="10.1000/b", n=2))
    retract(one, cast)

    again = confirm(client, html)

    assert ANOTHER_RESULT in again
    assert not other.observed_notices.exists()
    confirm(client, again)
    assert other.observed_notices.exists()


def test_the_file_says_of_which_work_and_why_and_another_title_is_not_ticked(cast: Cast) -> None:
    named = draft(cast, key="a2001", DOI="10.1000/a", title="A <i>made-up</i> title.").document
    other = draft(cast, key="b2001", DOI="10.1000/b", title="Quite another work").document
    client = signed_in(cast.editor)

    html = send(client, row(doi="10.1000/a", n=1), row(doi="10.1000/b", n=2))

    assert html.count("“A made-up title”") == 2
    assert html.count("A Test, J Test, 1/1/2001") == 2
    assert html.count("Reasons given: Made up<") == 2
    assert TICKED.findall(html) == [str(named.pk)]
    assert html.count("The file gives the work another title.") == 1
    noted = confirm(client, html)
    assert "Not noted, because you did not tick it:" in noted
    assert list(ObservedNotice.objects.values_list("document", flat=True)) == [named.pk]
    assert not other.observed_notices.exists()


def test_nothing_ticked_is_nothing_noted_and_stays(cast: Cast) -> None:
    draft(cast, DOI="10.1000/work")
    client = signed_in(cast.editor)
    html = send(client, row())

    said = confirm(client, html)

    assert watching.NOTHING_CHOSEN in said
    assert "Compared, and not noted yet" in said
    assert not ObservedNotice.objects.exists()


def test_what_was_compared_is_nothing_to_draft_from(cast: Cast) -> None:
    draft(cast, DOI="10.1000/work")
    client = signed_in(cast.editor)
    send(client, row())

    kept = Intake.objects.get()

    assert client.get(reverse("admin:references_intake", args=[kept.pk])).status_code == 404
    assert "retraction_watch.csv" not in client.get(reverse("admin:references_import")).content.decode()
    client.post(WATCHED, {"seen": "", "put_away": "1"})
    assert not Intake.objects.exists()


def test_an_entry_that_somebody_is_at_work_on_is_named_and_the_others_are_noted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, busy, last = (
        draft(cast, key=f"{key}2001", DOI=f"10.1000/{key}", title="A made-up title").document for key in "abc"
    )

    def observed(document: Document, *arguments: Any, **options: Any) -> bool:
        if document == busy:
            raise Busy("Nothing was written.")
        return observe(document, *arguments, **options)

    monkeypatch.setattr(checking, "observe", observed)

    client = signed_in(cast.editor)
    html = confirm(client, send(client, *(row(doi=f"10.1000/{key}", n=n) for n, key in enumerate("abc"))))

    assert set(ObservedNotice.objects.values_list("document", flat=True)) == {one.pk, last.pk}
    assert html.count(checking.NOT_NOW) == 1
    assert "Nothing was written" not in html


@pytest.mark.parametrize(("sent", "sentence"), [("Title,Year", "This is not the CSV file"), ("", "Choose the file")])
def test_another_file_is_refused_with_a_sentence(sent: str, sentence: str, cast: Cast) -> None:
    client = signed_in(cast.editor)

    html = send(client, header=sent) if sent else client.post(WATCHED).content.decode()

    assert sentence in html


def test_who_does_not_write_notes_nothing(cast: Cast) -> None:
    file = SimpleUploadedFile("retraction_watch.csv", HEADER.encode())

    assert signed_in(cast.reviewer).post(WATCHED, {"file": file}).status_code == 403
    assert "Compare with Retraction Watch" not in signed_in(cast.reviewer).get(WATCHED).content.decode()


def test_the_front_page_warns_while_a_text_that_rests_on_it_waits(cast: Cast) -> None:
    published(cast, "article")
    source = Document.objects.addressed("reference", ["sample2001"]).get()
    front = signed_in(cast.reviewer).get("/admin/").content.decode()
    assert "A source has changed its standing." not in front

    retract(source, cast)

    front = signed_in(cast.reviewer).get("/admin/").content.decode()
    assert "A source has changed its standing." in front
    assert "Retraction Watch: Retracted 2010." in front
    assert "1 text that rests on it" in front


def test_a_notice_about_another_work_is_taken_back_with_a_reason(cast: Cast) -> None:
    edition = draft(cast)
    notice = retract(edition.document, cast)
    client = signed_in(cast.editor)
    address = reverse("admin:references_take_back", args=[edition.document_id, notice.pk])
    before = page(cast.editor, edition)
    assert "<strong>Retracted, 2010</strong>, says Retraction Watch" in before
    assert before.index("part-observed") < before.index("part-steps")

    client.post(address, {"because": " "})
    assert ObservedNotice.objects.holding().exists()
    client.post(address, {"because": "It names another work."})

    notice.refresh_from_db()
    assert (notice.taken_back_by, notice.taken_back_because) == (cast.editor, "It names another work.")
    html = page(cast.editor, edition)
    assert "Taken back by Test editor" in html
    assert "Retracted 2010" not in html.partition("All that happened")[0].partition("part-observed")[2][:600]
    again = client.post(address, {"because": "A second reason."}).content.decode()
    assert "taken back already" in again
    assert '<textarea id="kept-comment" rows="4" readonly>A second reason.</textarea>' in again


def test_a_notice_is_told_in_words(cast: Cast) -> None:
    document = draft(cast).document
    notices = [Notice("RetractionIn", "2010-02-06"), Notice("ErratumIn", "2004")]
    observe(document, notices, source="Retraction Watch", by=cast.editor, at=LATER)

    html = signed_in(cast.reviewer).get(WATCHED).content.decode()

    assert "<span>Retracted, 6 February 2010</span>" in html
    assert "<span>Corrected, 2004</span>" in html
    assert "RetractionIn" not in html


def test_who_changes_nothing_by_a_notice_is_told_that_nobody_is_mailed(cast: Cast) -> None:
    document = published(cast).document
    for source in ("Retraction Watch", "PubMed"):
        observe(document, [Notice("RetractionIn", "2010")], source=source, by=cast.editor, at=LATER)
    forget_mails()
    client = signed_in(cast.second_editor)

    said = []
    for number in document.observed_notices.order_by("pk").values_list("pk", flat=True):
        address = reverse("admin:references_take_back", args=[document.pk, number])
        response = client.post(address, {"because": "Another work."})
        said.append((str([*get_messages(response.wsgi_request)][-1]), bool(queued_mails())))

    taken = "The notice was taken back."
    assert said == [(watching.AS_BEFORE.format(taken), False), (watching.NO_LONGER, True)]


def test_addresses_of_what_readers_see_no_more_are_no_work(cast: Cast) -> None:
    seen, unseen = published(cast, "reference", key="seen2001").document, draft(cast, key="unseen2001").document
    for document in (seen, unseen):
        LinkCheck.objects.create(
            document=document, name="Web page", url="https://example.org/", outcome=Outcome.GONE, checked_at=LATER
        )

    assert [row.document for row in report.addresses_to_see("1")] == [seen]
    assert report.checks_so_far().entries == 1
    assert report.addresses_of_entry(unseen) == []


def test_the_report_costs_the_same_whatever_there_is(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        document = published(cast, key=f"work{number}").document
        retract(document, cast)
        LinkCheck.objects.create(
            document=document, name="Web page", url="https://example.org/", outcome=Outcome.GONE, checked_at=LATER
        )
    client = signed_in(cast.reviewer)

    with django_assert_max_num_queries(16):
        html = client.get(WATCHED).content.decode()

    assert html.count("Retracted 2010") == 6
    assert html.count("Web page: is not there any more") == 6


def test_nothing_asked_and_nothing_reached_are_no_praise(cast: Cast) -> None:
    published(cast, key="one2001", URL="https://a.example.org/x", DOI="10.1000/x")
    client = signed_in(cast.editor)
    before = client.get(WATCHED).content.decode()

    check_due(Silent(), at=LATER, most=9)
    offline = client.get(WATCHED).content.decode()
    check_due(Answering(), at=LATER, most=9)
    after = client.get(WATCHED).content.decode()

    said = ("No address was asked for yet.", "No server could be reached", "Every address that was asked for leads to")
    found = [[words in html for words in said] for html in (before, offline, after)]
    assert found == [[True, False, False], [False, True, False], [False, False, True]]
