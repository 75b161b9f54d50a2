"""Asks a server of others politely: at its pace, with our address, with patience, and for no longer than promised."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.conf import settings

from references.lookup import answers

TIMEOUT = httpx.Timeout(10, connect=5)
PAUSES = (0.5, 2.0)
"""Seconds before the second and the third try."""
LONGEST_PAUSE = 10.0
LONGEST_ANSWER = 40_000_000
LONGEST_LOOK_UP = 45.0
"""Seconds after which no new question is asked: somebody waits for the page."""
CANNOT_BE_READ = "{} gave an answer that cannot be read. Try again later."


class Unavailable(Exception):
    """A server did not give what it was asked for; the text is a sentence for the person who asked."""


class _NotNow(Exception):
    """One answer that may be better the next time, as a sentence, and how many seconds the server wants us to wait."""

    def __init__(self, sentence: str, wanted: float = 0.0) -> None:
        super().__init__(sentence)
        self.wanted = wanted


@dataclass
class Patience:
    """How long a whole look-up may take."""

    until: float = field(default_factory=lambda: time.monotonic() + LONGEST_LOOK_UP)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be asked."""
        return time.monotonic() >= self.until


class Pace:
    """Lets questions to one server through at its pace, all threads of this program together."""

    def __init__(self) -> None:
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self, per_second: float) -> None:
        """Return when the next question may be asked."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + 1 / per_second
        if at > now:
            time.sleep(at - now)


@dataclass(frozen=True)
class Server:
    """A server of others: its name in sentences, its address, its pace, and what says who asks."""

    name: str
    address: str
    per_second: float
    pace: Pace
    identity: Mapping[str, str]

    def ask(
        self, path: str, asked: Mapping[str, Any], patience: Patience, *, is_whole: Callable[[bytes], bool] = bool
    ) -> bytes | None:
        """Return the content, None when nothing is there; raise Unavailable with a sentence otherwise.

        What may be better the next time is asked again: too many questions, a fault of the server, an answer that
        breaks off or that `is_whole` does not take. Who wants a longer pause than a person waits is left alone.
        """
        for pause in (*PAUSES, None):
            if patience.is_over:
                raise self._too_slow()
            self.pace.wait(self.per_second)
            try:
                return self._content(self._answer(path, asked, patience), is_whole)
            except _NotNow as error:
                if pause is None or error.wanted > LONGEST_PAUSE:
                    raise Unavailable(str(error)) from error
                time.sleep(max(pause, error.wanted))
        raise AssertionError("The last try has no pause after it.")

    def _answer(self, path: str, asked: Mapping[str, Any], patience: Patience) -> httpx.Response:
        headers = {"User-Agent": user_agent()}
        content = bytearray()
        try:
            with (
                httpx.Client(timeout=TIMEOUT, headers=headers, follow_redirects=True, max_redirects=3) as client,
                client.stream("GET", f"{self.address}{path}", params={**asked, **self.identity}) as answer,
            ):
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > LONGEST_ANSWER:
                        raise httpx.ReadError("The answer is longer than any that was asked for.")
                    if patience.is_over:
                        raise self._too_slow()
        except httpx.TooManyRedirects as error:
            raise Unavailable(f"{self.name} leads from one address to the next. Tell an administrator.") from error
        except httpx.HTTPError as error:
            raise _NotNow(self._sentence(error)) from error
        return httpx.Response(answer.status_code, headers=answers.headers_read(answer), content=bytes(content))

    def _content(self, answer: httpx.Response, is_whole: Callable[[bytes], bool]) -> bytes | None:
        if answers.is_about_the_key(answer):
            raise Unavailable(f"{self.name} does not know the key of this site. Tell an administrator: NCBI_API_KEY.")
        if answers.is_nothing(answer):
            return None
        if answer.status_code == httpx.codes.OK:
            if is_whole(answer.content):
                return answer.content
            raise _NotNow(f"{self.name} gave an answer that cannot be read or broke off. Try again later.")
        wanted = answers.wanted_pause(answer)
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            begin, later = f"{self.name} is asked too much at the moment", "in a minute"
        else:
            begin, later = f"{self.name} does not answer this at the moment ({answer.status_code})", "later"
        raise _NotNow(f"{begin}. Try again {answers.in_minutes(wanted) or later}.", wanted)

    def _too_slow(self) -> Unavailable:
        return Unavailable(f"{self.name} takes too long at the moment. Try again later.")

    def _sentence(self, error: httpx.HTTPError) -> str:
        if isinstance(error, httpx.TimeoutException):
            return f"{self.name} did not answer in time. Try again later."
        if isinstance(error, httpx.ConnectError):
            return f"{self.name} cannot be reached from here at the moment. Try again later."
        return f"The answer of {self.name} broke off. Try again later."


def read_json(content: bytes, server: str) -> Any:
    """Return what an answer in JSON says; raise Unavailable when it cannot be read, or not without end."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unavailable(CANNOT_BE_READ.format(server)) from error


def user_agent() -> str:
    """Return what tells the servers of others who asks, and where to write when something is wrong."""
    contact = f"; mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else ""
    return f"AlstromSite/1.0 ({settings.SITE_URL}{contact})"
