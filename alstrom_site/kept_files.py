"""Files that were made a moment ago, kept in this program: of many readers who ask for one at once the first waits."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

MOST_BYTES = 32_000_000


class KeptFile:
    """A file that is made once, and its ETag."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.body = b""
        self.etag = ""

    def made(self, make: Callable[[], bytes]) -> "KeptFile":
        """Return it made; who asks meanwhile waits. What goes wrong is raised, and the next one tries again."""
        with self._lock:
            if not self.etag:
                self.body = make()
                self.etag = hashlib.sha256(self.body).hexdigest()
        return self


class KeptFiles:
    """The files that were asked for last, as many as so many bytes hold."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._lock = Lock()
        self._files: OrderedDict[Hashable, KeptFile] = OrderedDict()

    def get(self, name: Hashable, make: Callable[[], bytes]) -> KeptFile:
        """Return the file of a name, which stands for all that it is made from; made now if nobody has it."""
        with self._lock:
            file = self._files.setdefault(name, KeptFile())
            self._files.move_to_end(name)
        file.made(make)
        with self._lock:
            while sum(len(each.body) for each in self._files.values()) > self._most:
                self._files.popitem(last=False)
        return file
