"""Files of many rows: how many of them are on their way at one time.

The server takes a body of one piece off the hands of the thread that answers, however slowly its reader reads. One of
many pieces goes as its reader reads, which may be never, and holds the thread for so long; there are few of those.
A reader who takes nothing makes room for one other, and no more: nothing here can end a thread that waits for its
reader. Nor is a file broken off: the server ends what broke off as if it were whole. What goes wrong while a file is
made therefore stands in it, as its last line.
"""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from threading import Lock
from time import monotonic
from weakref import WeakSet

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

ROWS_IN_ONE_PIECE = 2_000
"""A file of no more rows is sent as one piece: some megabytes, held while they are read. A longer one needs a place."""
AT_ONE_TIME = 2
ASK_AGAIN_AFTER = 30
STANDS_STILL = 60.0
"""Seconds after which a reader who took nothing no longer counts among those AT_ONE_TIME."""
STANDING = 1
"""So many readers who stand still may be beside those."""
BUSY = "Other long files are being sent just now. Ask for this one again in half a minute, or for fewer rows."

NOT_WHOLE = b"\n\nTHIS FILE IS NOT WHOLE. Something went wrong while it was made. Ask for it again.\n"
_log = logging.getLogger(__name__)


class Places:
    """Places for long files on their way, of one sort and in this program; where all are taken, the next one waits."""

    def __init__(self, count: int = AT_ONE_TIME) -> None:
        """Have so many places. All of them, STANDING too, must leave threads of the server free (`run/serving.py`)."""
        self._count = count
        self._lock = Lock()
        # What is dropped without an end, as when its reader is gone, leaves by itself.
        self._on_way: WeakSet[_Sent] = WeakSet()

    def send(self, pieces: Iterator[bytes], content_type: str) -> HttpResponseBase:
        """Answer with the pieces as they are made; with 503, and before one is made, where no place is free."""
        sent = _Sent(pieces, self)
        with self._lock:
            if not self._has_room(monotonic()):
                return _busy()
            self._on_way.add(sent)
        return StreamingHttpResponse(sent, content_type=content_type)

    def leave(self, sent: "_Sent") -> None:
        """Let go of a place, once or again."""
        with self._lock:
            self._on_way.discard(sent)

    def _has_room(self, now: float) -> bool:
        moving = sum(now - each.moved_at < STANDS_STILL for each in self._on_way)
        return moving < self._count and len(self._on_way) < self._count + STANDING


class _Sent:
    """Pieces on their way, which leave their place once: at their end, when the reader is gone, or when nobody asks."""

    def __init__(self, pieces: Iterator[bytes], places: Places) -> None:
        self._pieces = pieces
        self._places = places
        self.moved_at = monotonic()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self.moved_at = monotonic()
        try:
            return next(self._pieces)
        except Exception as error:
            self.close()
            if isinstance(error, StopIteration):
                raise
            _log.exception("A long file broke off.")
            return NOT_WHOLE

    def close(self) -> None:
        """Let go of what the pieces come from, and of the place."""
        self._pieces = iter(())
        self._places.leave(self)


def _busy() -> HttpResponse:
    response = HttpResponse(BUSY, status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(ASK_AGAIN_AFTER)
    response["Cache-Control"] = "no-store"
    return response
