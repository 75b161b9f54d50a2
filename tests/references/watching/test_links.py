"""Addresses of sources are asked for politely, never inside a private network, and reported; no text changes by it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest
from django.core.management import CommandError, call_command

from alstrom_site.editorial.models import Event, PublishedPage
from references import jobs
from references.models import LinkCheck
from references.models.link_check import Outcome
from references.watching.fetching import Answer, Fetcher, NotFollowed, public_address
from references.watching.links import check_due
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, published

LATER = NOW + 40 * STEP


@dataclass
class Elsewhere:
    """A server on this machine that answers as it was told, and remembers what it was asked."""

    address: str
    answers: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def fetcher(self) -> Fetcher:
        return Fetcher(httpx.HTTPTransport(), wait=self.waited.append, clock=lambda: 0.0)

    def ask(self, path: str) -> Answer:
        return self.fetcher().ask(f"{self.address}{path}")


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    class Answers(BaseHTTPRequestHandler):
        def answer(self) -> None:
            there.asked.append((self.command, self.path))
            told = there.answers.get(self.path) or [(404, {})]
            status, headers = told.pop(0) if len(told) > 1 else told[0]
            if status == 405 and self.command == "GET":
                status = 200
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        do_HEAD = do_GET = answer  # noqa: N815 the names that the server calls

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        there = Elsewhere(f"http://127.0.0.1:{server.server_address[1]}")
        Thread(target=server.serve_forever, daemon=True).start()
        yield there
        server.shutdown()


def test_a_page_that_is_there_is_asked_for_by_head_alone(elsewhere: Elsewhere) -> None:
    elsewhere.answers["/here"] = [(200, {})]

    assert elsewhere.ask("/here").status == 200
    assert elsewhere.asked == [("HEAD", "/here")]


def test_where_head_is_not_answered_the_page_is_asked_for(elsewhere: Elsewhere) -> None:
    elsewhere.answers["/no-head"] = [(405, {})]

    assert elsewhere.ask("/no-head").status == 200
    assert [method for method, _ in elsewhere.asked] == ["HEAD", "GET"]


def test_what_may_pass_is_asked_for_again_after_a_pause(elsewhere: Elsewhere) -> None:
    elsewhere.answers["/busy"] = [(429, {"Retry-After": "7"}), (503, {}), (503, {}), (200, {})]

    assert elsewhere.ask("/busy").status == 200
    assert 7 in elsewhere.waited


def test_a_host_is_asked_once_a_second(elsewhere: Elsewhere) -> None:
    elsewhere.answers["/here"] = [(200, {})]
    fetcher = elsewhere.fetcher()

    for _ in range(3):
        fetcher.ask(f"{elsewhere.address}/here")

    assert elsewhere.waited == [1.0, 2.0]


def test_a_way_that_never_ends_is_left(elsewhere: Elsewhere) -> None:
    elsewhere.answers["/round"] = [(302, {"Location": "/round"})]

    assert elsewhere.ask("/round").said == "It leads on more than 5 times."


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.0.0.7/",
        "http://169.254.169.254/latest",
        "http://[::ffff:7f00:1]/",
        "http://0.0.0.0/",
        "http://localhost/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://8.8.8.8:22/",
        "http://[64:ff9b::a00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::808:808]/",
        "http://[::7f00:1]/",
        "http://[::808:808]/",
        "http://[2002:a00:1::]/",
    ],
)
def test_nothing_inside_a_private_network_is_connected_to(url: str) -> None:
    with pytest.raises(NotFollowed):
        Fetcher().ask(url)


def test_a_public_host_is_connected_to_by_the_address_that_was_judged() -> None:
    assert public_address("8.8.8.8", 443) == "8.8.8.8"
    assert public_address("64:ff9b::808:808", 443) == "64:ff9b::808:808"


def test_only_addresses_of_the_web_are_followed(elsewhere: Elsewhere) -> None:
    elsewhere.answers["/out"] = [(302, {"Location": "file:///etc/passwd"})]

    with pytest.raises(NotFollowed, match="no address of the web"):
        elsewhere.ask("/out")


@dataclass
class Told:
    """Answers as it was told, without a network."""

    answers: dict[str, Answer | str]
    copies: bytes = b"{}"
    asked: list[str] = field(default_factory=list)

    def ask(self, url: str, *, follow: bool = True) -> Answer:
        self.asked.append(url)
        answer = self.answers.get(url, Answer(200, url))
        if isinstance(answer, str):
            raise NotFollowed(answer)
        return answer

    def content(self, url: str) -> bytes:
        return self.copies


PAGE = "https://example.org/page"
COPY = b'{"archived_snapshots": {"closest": {"available": true, "url": "https://web.archive.org/web/2010/page"}}}'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200, PAGE), Outcome.WORKS),
        (Answer(200, "https://www.example.org/page/"), Outcome.WORKS),
        (Answer(200, "https://example.org/"), Outcome.MOVED),
        (Answer(404, PAGE), Outcome.GONE),
        (Answer(403, PAGE), Outcome.REFUSED),
        (Answer(503, PAGE), Outcome.UNREACHABLE),
        (Answer(0, PAGE, "It did not answer in time."), Outcome.UNREACHABLE),
        ("It is no host of the public network.", Outcome.NOT_FOLLOWED),
    ],
)
def test_each_answer_is_kept_as_what_it_means(answer: Answer | str, outcome: Outcome, cast: Cast) -> None:
    published(cast, URL=PAGE)

    check_due(Told({PAGE: answer}), at=LATER, most=10)

    assert LinkCheck.objects.get(name="Web page").outcome == outcome


@pytest.mark.django_db
def test_an_identifier_that_leads_on_resolves_wherever_it_leads(cast: Cast) -> None:
    published(cast, DOI="10.1000/work", PMID="77")
    doi = "https://doi.org/10.1000/work"

    check_due(Told({doi: Answer(302, "https://publisher.example/x")}), at=LATER, most=10)

    assert [(row.name, row.outcome, row.location) for row in LinkCheck.objects.order_by("name")] == [
        ("DOI", "works", "https://publisher.example/x"),
        ("PubMed", "works", ""),
    ]


@pytest.mark.django_db
def test_a_page_that_is_gone_is_told_since_when_and_where_its_copy_is_and_nothing_else_changes(cast: Cast) -> None:
    published(cast, URL=PAGE)
    told = Told({PAGE: Answer(404, PAGE)}, copies=COPY)
    events, body = Event.objects.count(), bytes(PublishedPage.objects.get().body)

    check_due(told, at=LATER, most=10)
    check_due(told, at=LATER + timedelta(days=40), most=10)

    row = LinkCheck.objects.get()
    assert (row.failing_since, row.checked_at) == (LATER, LATER + timedelta(days=40))
    assert row.archived == "https://web.archive.org/web/2010/page"
    assert (Event.objects.count(), bytes(PublishedPage.objects.get().body)) == (events, body)


@pytest.mark.django_db
def test_each_live_entry_is_asked_for_once_in_a_month_a_few_at_a_time(cast: Cast) -> None:
    published(cast, PMID="77")
    published(cast, key="bare")
    draft(cast, key="unseen", PMID="78")
    told = Told({})

    first = check_due(told, at=LATER, most=1)
    rest = check_due(told, at=LATER, most=10)
    again = check_due(told, at=LATER + timedelta(days=29), most=10)

    assert (first.entries, rest.entries, again.entries) == (1, 1, 0)
    assert told.asked == ["https://pubmed.ncbi.nlm.nih.gov/77/"]


@pytest.mark.django_db
def test_where_it_is_switched_off_nobody_is_asked(cast: Cast) -> None:
    published(cast, URL="http://127.0.0.1/")

    jobs.check_links(timestamp=0)
    with pytest.raises(CommandError, match="LINK_CHECKS is off"):
        call_command("check_links")

    assert not LinkCheck.objects.exists()


@pytest.mark.django_db
def test_the_command_and_the_job_report_what_they_found(
    cast: Cast, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.LINK_CHECKS = True
    published(cast, URL="http://127.0.0.1/page")

    jobs.check_links(timestamp=0)
    call_command("check_links", most=5)

    said = capsys.readouterr().out
    assert "The addresses of 0 entries were asked for." in said
    assert "sample2001: Web page: Leads to where this site does not go. http://127.0.0.1/page" in said
