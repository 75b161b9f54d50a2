"""The screens on which references are brought from elsewhere: nothing is added unseen, nothing typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import Busy
from references.lookup import asking
from references.models import Intake, ObservedNotice, TakenOver
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, next_edition, published
from tests.references.formats.samples import BIBTEX, NBIB, RIS
from tests.references.lookup.played import RETRACTED, Played, played, pubmed_record

pytestmark = pytest.mark.django_db

IMPORT, LOOK_UP = reverse("admin:references_import"), reverse("admin:references_look_up")


@pytest.fixture
def client(cast: Cast) -> Client:
    """The browser of the editor."""
    client = Client()
    client.force_login(cast.editor)
    return client


@pytest.fixture
def servers(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Played]:
    """NCBI and Crossref, played on this machine."""
    monkeypatch.setattr(asking, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(asking.Pace, "wait", lambda *_: None)
    with played() as script:
        for name, value in script.settings().items():
            setattr(settings, name, value)
        yield script


def brought(client: Client, text: str) -> str:
    """Paste a text and return the address of what was brought."""
    response = client.post(IMPORT, {"text": text})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def made_up(number: int) -> str:
    """One record of nbib that shares nothing with another one by which works are told apart."""
    text = "".join(line for line in NBIB.splitlines(keepends=True) if not line.startswith("RIN "))
    text = text.replace("PMID- 123", f"PMID- {number}").replace("PMC78", f"PMC{number}")
    return text.replace("Test.1", f"t.{number}").replace("A title", f"Title {number}").replace("1193-", f"{number}-")


def test_what_is_pasted_is_shown_and_drafted_only_when_it_is_ticked(client: Client, cast: Cast) -> None:
    address = brought(client, made_up(1001) + made_up(1002))

    page = client.get(address).content.decode()
    assert [page.count(words) for words in ("<h1>2 references ", 'name="records"', " checked>")] == [1, 2, 2]
    assert "van der Test AB Jr, Sample C, Test Study Group. Title 1001." in page
    assert Document.objects.count() == 0

    client.post(address, {"page": "1", "records": ["2"]})

    document = Document.objects.get()
    assert document.latest_edition.text.fields["PMID"] == "1002"
    page = client.get(address).content.decode()
    assert "1 draft is begun." in page
    assert f'<a href="/admin/documents/{document.pk}/">{document.address}</a>' in page
    assert page.count('name="records"') == 1


def test_a_file_is_read_whatever_its_name(client: Client) -> None:
    upload = SimpleUploadedFile("references.docx", BIBTEX.encode())

    response = client.post(IMPORT, {"file": upload}, follow=True)

    assert "BibTeX, references.docx, line 2" in response.content.decode()


def test_what_is_there_cannot_be_ticked_and_what_looks_alike_is_not(client: Client, cast: Cast) -> None:
    there = draft(cast, key="there", DOI="10.1000/test.1", title="Something else made up for tests")
    alike = draft(
        cast, key="alike", title="Title 7. With a question", issued="2001", author=[{"family": "van der Test"}]
    )
    address = brought(client, NBIB + made_up(7))

    page = client.get(address).content.decode()

    assert (page.count('name="records"'), page.count(" checked>")) == (1, 0)
    assert f'There already: it has the same DOI as <a href="/admin/documents/{there.document.pk}/">' in page
    assert "Perhaps there already: it has the same title" in page
    assert f'<a href="/admin/documents/{alike.document.pk}/">' in page
    client.post(address, {"page": "1", "records": ["1", "2"]})
    assert Document.objects.count() == 3


def test_a_retracted_work_is_named_and_not_ticked(client: Client) -> None:
    page = client.get(brought(client, NBIB)).content.decode()

    assert "Retracted 2005" in page
    assert (page.count('name="records"'), page.count(" checked>")) == (1, 0)


def test_nothing_pasted_is_lost_when_nothing_can_be_read(client: Client) -> None:
    response = client.post(IMPORT, {"text": "Dear reader\nthis is a letter"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Dear reader\nthis is a letter</textarea>" in page
    assert "The format was not recognised." in page


@pytest.mark.parametrize("address", [IMPORT, LOOK_UP])
def test_an_empty_form_is_sent_back_with_a_sentence(client: Client, address: str) -> None:
    response = client.post(address, {"text": " ", "identifiers": " "})

    assert response.status_code == 409
    assert 'role="alert"' in response.content.decode()


def test_ticking_nothing_drafts_nothing_and_says_so(client: Client) -> None:
    response = client.post(brought(client, RIS), {"page": "1"})

    assert response.status_code == 409
    assert "Tick at least one reference." in response.content.decode()


def test_what_is_ticked_stays_ticked_when_somebody_else_is_at_work(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = brought(client, made_up(1) + made_up(2))

    def wait(*_: Any, **__: Any) -> None:
        raise Busy("Somebody else is at work.")

    monkeypatch.setattr(actions, "start_many", wait)
    response = client.post(address, {"page": "1", "records": ["2"]})

    page = response.content.decode()
    assert (response.status_code, "Somebody else is at work." in page) == (409, True)
    assert 'value="2" checked' in page
    assert 'value="1" checked' not in page


def test_what_was_not_understood_stands_beside_its_record(client: Client) -> None:
    page = client.get(brought(client, RIS.replace("VL  -", "X9  -"))).content.decode()

    assert "Line 8: The tag X9 is not one of RIS; it was not read." in page


def test_nobody_else_sees_what_somebody_brought(client: Client, cast: Cast) -> None:
    address = brought(client, RIS)
    client.force_login(cast.second_editor)

    assert client.get(address).status_code == 404


def test_what_was_brought_is_found_again_and_put_away(client: Client) -> None:
    address = brought(client, RIS)

    assert f'<a href="{address}">pasted text</a>' in client.get(IMPORT).content.decode()
    client.post(address, {"put_away": "1"})
    assert Intake.objects.count() == 0


def test_a_page_of_many_takes_as_many_queries_as_one_of_few(client: Client) -> None:
    counts = []
    for number in (2, 20):
        address = brought(client, "".join(made_up(1000 + n) for n in range(number)))
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_identifiers_are_looked_up_and_what_is_missing_is_named(client: Client, servers: Played) -> None:
    servers.pubmed = {"7": pubmed_record("7")}

    response = client.post(LOOK_UP, {"identifiers": "PMID: 7, 8"}, follow=True)

    page = response.content.decode()
    assert "A work made up for tests, number 7" in page
    assert "PMID 8: PubMed does not have it." in page
    assert reverse("admin:references_reference_add") in page


def test_when_nothing_is_reached_what_was_typed_stays_beside_the_form_to_fill_by_hand(
    client: Client, servers: Played, settings: Any
) -> None:
    settings.NCBI_URL = "http://127.0.0.1:1"

    response = client.post(LOOK_UP, {"identifiers": "7"})

    page = response.content.decode()
    assert "PMID 7: PubMed cannot be reached from here at the moment." in page
    assert 'aria-invalid="true">7</textarea>' in page
    assert "Fill in the form by hand" in page


def test_an_address_can_bring_the_identifiers_along(client: Client) -> None:
    assert ">7 8</textarea>" in client.get(f"{LOOK_UP}?identifiers=7+8").content.decode()


def _taking(document: Document, *fields: str) -> dict[str, Any]:
    """What the form sends that compares an entry with what was looked up last."""
    intake = Intake.objects.get(document=document).pk
    return {"take": "1", "seen": document.latest_edition.text.digest, "intake": intake, "fields": list(fields)}


def test_an_entry_takes_over_the_fields_that_are_ticked(client: Client, cast: Cast, servers: Played) -> None:
    document = draft(cast, PMID="7", volume="1", epub="").document
    servers.pubmed = {"7": pubmed_record("7", doi="10.1000/seven")}
    address = reverse("admin:references_sources", args=[document.pk])

    page = client.post(address, {"look_up": "1"}, follow=True).content.decode()
    assert 'value="DOI" id="field-DOI" checked>' in page
    assert 'value="volume" id="field-volume">' in page
    client.post(address, _taking(document, "DOI", "volume"))

    content = document.latest_edition.text.fields
    assert (content["DOI"], content["volume"]) == ("10.1000/seven", "7")
    assert content["title"] == "A made-up source for tests, sample2001"
    assert TakenOver.objects.get().fields == ["volume", "DOI"]
    assert "Looked up: PubMed, PMID 7" in client.get(address).content.decode()


def test_taking_over_a_text_that_somebody_changed_is_refused(client: Client, cast: Cast, servers: Played) -> None:
    document = draft(cast, PMID="7").document
    servers.pubmed = {"7": pubmed_record("7", doi="10.1000/seven")}
    address = reverse("admin:references_sources", args=[document.pk])
    client.post(address, {"look_up": "1"})

    response = client.post(address, {**_taking(document, "DOI"), "seen": "0" * 64})

    assert response.status_code == 409
    assert 'value="DOI" id="field-DOI" checked>' in response.content.decode()
    assert document.latest_edition.text.fields["DOI"] == ""


def test_what_another_tab_looked_up_meanwhile_is_not_taken_over_unseen(
    client: Client, cast: Cast, servers: Played
) -> None:
    document = draft(cast, PMID="7").document
    servers.pubmed = {"7": pubmed_record("7", doi="10.1000/seven"), "8": pubmed_record("8", doi="10.1000/eight")}
    address = reverse("admin:references_sources", args=[document.pk])
    page = client.post(address, {"look_up": "1"}, follow=True).content.decode()
    sent = _taking(document, "DOI")
    client.post(address, {"look_up": "1", "identifier": "8"})

    response = client.post(address, sent)

    assert f'name="intake" value="{sent["intake"]}"' in page
    assert response.status_code == 409
    assert "Something else was looked up since you opened this page" in response.content.decode()
    assert document.latest_edition.text.fields["DOI"] == ""


def test_a_retraction_that_a_look_up_brings_is_told_of_an_entry_that_readers_see(
    client: Client, cast: Cast, servers: Played
) -> None:
    document = published(cast, PMID="7").document
    servers.pubmed = {"7": pubmed_record("7", notices=RETRACTED)}
    address = reverse("admin:references_sources", args=[document.pk])

    page = client.post(address, {"look_up": "1"}, follow=True).content.decode()

    assert "Noted of this work, for readers too: Retracted" in page
    assert ObservedNotice.objects.get().type == "RetractionIn"


def test_a_retraction_of_the_work_that_a_draft_names_is_not_told_of_the_live_one(
    client: Client, cast: Cast, servers: Played
) -> None:
    document = published(cast, PMID="5").document
    next_edition(cast, document, at=NOW + STEP * 9, PMID="7")
    servers.pubmed = {"7": pubmed_record("7", notices=RETRACTED)}

    client.post(reverse("admin:references_sources", args=[document.pk]), {"look_up": "1"})

    assert not ObservedNotice.objects.exists()


def test_a_retraction_of_a_record_that_contradicts_the_entry_is_not_told_of_it(
    client: Client, cast: Cast, servers: Played
) -> None:
    document = published(cast, PMID="7", DOI="10.1000/ours").document
    servers.pubmed = {"7": pubmed_record("7", doi="10.1000/another", notices=RETRACTED)}

    client.post(reverse("admin:references_sources", args=[document.pk]), {"look_up": "1"})

    assert not ObservedNotice.objects.exists()
