"""Whatever comes of one address, the check of the others goes on."""

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from django.core.management import CommandError, call_command

from references.models import LinkCheck
from references.models.link_check import Outcome
from references.watching.fetching import Answer, Fetcher, NotFollowed
from references.watching.links import check_due
from tests.cast import NOW, Cast
from tests.documents import STEP, published

LATER = NOW + 40 * STEP


@dataclass
class Failing:
    """Fails at the first address that it is asked for, and finds that every other one works."""

    asked: list[str] = field(default_factory=list)

    def ask(self, url: str, *, follow: bool = True) -> Answer:
        self.asked.append(url)
        if len(self.asked) == 1:
            raise RuntimeError("A fault that nobody thought of.")
        return Answer(200, url)

    def content(self, url: str) -> bytes:
        return b""


@pytest.mark.parametrize("location", ["https://[", "//[", "http://a]/"])
def test_an_address_that_leads_to_none_is_reported(location: str) -> None:
    leading_on = httpx.MockTransport(lambda request: httpx.Response(301, headers={"Location": location}))

    for follow in (True, False):
        with pytest.raises(NotFollowed, match="no address of the web"):
            Fetcher(leading_on).ask("https://a.example.org/x", follow=follow)


@pytest.mark.django_db
def test_an_entry_that_cannot_be_checked_stops_no_other(cast: Cast) -> None:
    published(cast, key="first2001", URL="https://a.example.org/x")
    published(cast, key="second2001", URL="https://b.example.org/x")

    counted = check_due(Failing(), at=LATER, most=9)

    assert counted.outcomes == {Outcome.UNREACHABLE: 1, Outcome.WORKS: 1}
    assert [row.outcome for row in LinkCheck.objects.order_by("document")] == ["unreachable", "works"]
    assert check_due(Failing(), at=LATER, most=9).entries == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"archived_snapshots": {"closest": {"available": true, "url": "http://a/\\u0000"}}}']
)
def test_an_answer_about_old_copies_that_is_none_names_none(
    body: bytes, cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OLD_COPIES_URL = "https://copies.example.org/available"
    published(cast, URL="https://a.example.org/x")

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body) if "copies" in request.url.host else httpx.Response(404)

    check_due(Fetcher(httpx.MockTransport(answer), wait=lambda seconds: None), at=LATER, most=9)

    row = LinkCheck.objects.get()
    assert (row.outcome, row.archived) == (Outcome.GONE, "")


class Offline:
    """Gets no answer from anybody but one, who answers when it is named."""

    def __init__(self, answering: str = "") -> None:
        self.answering = answering

    def ask(self, url: str, *, follow: bool = True) -> Answer:
        return Answer(200, url) if url == self.answering else Answer(0, url, "It has no address.")

    def content(self, url: str) -> bytes:
        return b""

    def close(self) -> None:
        """Do nothing."""


@pytest.mark.django_db
def test_without_a_network_nothing_is_noted_and_the_command_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.LINK_CHECKS = True
    monkeypatch.setattr("references.management.commands.check_links.Fetcher", Offline)
    published(cast, key="first2001", DOI="10.1000/work", PMID="77")
    published(cast, key="second2001", URL="https://b.example.org/x")

    with pytest.raises(CommandError, match=r"without a network\. Nothing was noted"):
        call_command("check_links")

    assert not LinkCheck.objects.exists()
    assert check_due(Offline("https://b.example.org/x"), at=LATER, most=9).entries == 2
    assert [row.outcome for row in LinkCheck.objects.order_by("document", "name")] == [
        "unreachable",
        "unreachable",
        "works",
    ]
