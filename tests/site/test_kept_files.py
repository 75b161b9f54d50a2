"""Files that are kept for a moment."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from alstrom_site.kept_files import KeptFiles


def test_many_who_ask_at_once_are_sent_what_was_made_once() -> None:
    files, made = KeptFiles(), []

    def make() -> bytes:
        made.append(1)
        sleep(0.05)
        return b"made"

    with ThreadPoolExecutor(8) as readers:
        found = [readers.submit(files.get, "a file", make) for _ in range(8)]

    assert {each.result().body for each in found} == {b"made"}
    assert len(made) == 1


def test_what_was_asked_for_longest_ago_gives_way_and_a_failure_is_not_kept() -> None:
    files = KeptFiles(most=10)
    files.get("first", lambda: b"12345")
    files.get("second", lambda: b"12345")
    files.get("third", lambda: b"12345")

    assert files.get("second", lambda: b"anew").body == b"12345"
    assert files.get("first", lambda: b"anew").body == b"anew"
    with pytest.raises(ZeroDivisionError):
        files.get("broken", lambda: bytes(1 // 0))
    assert files.get("broken", lambda: b"whole").body == b"whole"
