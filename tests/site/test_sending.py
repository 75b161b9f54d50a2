"""Files of many rows on their way."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections

from alstrom_site.sending import Places


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
