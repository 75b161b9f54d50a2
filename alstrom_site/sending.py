"""Files of many rows: how many of them are on their way at one time.

The server takes a body of one piece off the hands of the thread that answers, however slowly its reader reads. One of
many pieces goes as its reader reads, which may be never, and holds the thread for so long; there are few of those.
"""

import weakref
from collections.abc import Callable, Iterator
from http import HTTPStatus
from threading import Semaphore

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

ROWS_IN_ONE_PIECE = 2_000
"""A file of no more rows is sent as one piece: some megabytes, held while they are read. A longer one needs a place."""
AT_ONE_TIME = 2
ASK_AGAIN_AFTER = 30
BUSY = "Other long files are being sent just now. Ask for this one again in half a minute, or for fewer rows."


class Places:
    """Places for long files on their way, of one sort and in this program; where all are taken, the next one waits."""

    def __init__(self, count: int = AT_ONE_TIME) -> None:
        """Have so many places. All of them together must leave threads of the server free (`run/serving.py`)."""
        self._free = Semaphore(count)

    def send(self, pieces: Iterator[bytes], content_type: str) -> HttpResponseBase:
        """Answer with the pieces as they are made; with 503, and before one is made, where no place is free."""
        if not self._free.acquire(blocking=False):
            return _busy()
        return StreamingHttpResponse(_Sent(pieces, self._free.release), content_type=content_type)


class _Sent:
    """Pieces on their way, which leave their place once: at their end, when the reader is gone, or when nobody asks."""

    def __init__(self, pieces: Iterator[bytes], leave: Callable[[], object]) -> None:
        self._pieces = pieces
        self._leave = weakref.finalize(self, leave)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of what the pieces come from, and of the place."""
        self._pieces = iter(())
        self._leave()


def _busy() -> HttpResponse:
    response = HttpResponse(BUSY, status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(ASK_AGAIN_AFTER)
    response["Cache-Control"] = "no-store"
    return response
