"""Files of many rows on their way."""

from collections.abc import Iterable, Iterator
from typing import cast

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http.response import HttpResponseBase

from alstrom_site import sending
from alstrom_site.sending import NOT_WHOLE, STANDS_STILL, Places


@pytest.fixture
def one_place() -> Iterator[Places]:
    """One place, and the end of an answer closes no connection of the tests."""
    request_finished.disconnect(close_old_connections)
    yield Places(1)
    request_finished.connect(close_old_connections)


def test_a_long_file_that_nobody_reads_to_its_end_leaves_its_place(one_place: Places) -> None:
    def status(*, closed: bool) -> int:
        answer = one_place.send(iter([b"begin", b"end"]), "text/plain")
        if closed:
            answer.close()
        return answer.status_code

    kept = one_place.send(iter([b"begin", b"end"]), "text/plain")
    assert (kept.status_code, status(closed=False)) == (200, 503)
    kept.close()
    kept.close()
    assert [status(closed=False), status(closed=True), status(closed=True)] == [200, 200, 200]
    taken = one_place.send(iter([b"begin"]), "text/plain")
    assert (taken.status_code, status(closed=False)) == (200, 503), "closing twice made two places of one"


def test_a_reader_who_takes_nothing_keeps_one_other_waiting_no_longer(
    one_place: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(sending, "monotonic", lambda: now)

    def asked() -> HttpResponseBase:
        return one_place.send(iter([b"begin", b"end"]), "text/plain")

    first = asked()
    pieces = iter(cast("Iterable[bytes]", first))
    assert next(pieces) == b"begin"
    assert asked().status_code == 503
    now += STANDS_STILL
    second = asked()
    assert (second.status_code, asked().status_code) == (200, 503), "one stands still, one is on its way"
    now += STANDS_STILL
    assert asked().status_code == 503, "two stand still, and hold two threads"
    assert next(pieces) == b"end"
    second.close()
    assert asked().status_code == 503, "the first moves again"
    first.close()
    assert asked().status_code == 200


def test_a_file_that_breaks_off_says_so_in_its_last_line(one_place: Places) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"begin"
        raise ConnectionError

    answer = one_place.send(pieces(), "text/plain")

    assert list(cast("Iterable[bytes]", answer)) == [b"begin", NOT_WHOLE]
    assert one_place.send(pieces(), "text/plain").status_code == 200
