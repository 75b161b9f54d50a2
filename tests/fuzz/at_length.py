"""Asks the properties of this folder for as long as wanted: `python -m tests.fuzz.at_length SECONDS`.

Led by coverage where `atheris` is installed (`pip install atheris`; not for every Python), else at random. The first
input that breaks a property ends it, printed as Hypothesis prints it, to be kept as an `@example`.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from importlib.util import find_spec
from typing import Any

ATHERIS: Any = import_module("atheris") if find_spec("atheris") else None
LONGEST_INPUT = 4096
PROPERTIES = (
    ("test_readers", "test_no_bytes_break_a_reader"),
    ("test_replies", "test_no_reply_breaks_a_look_up"),
    ("test_pasting", "test_what_is_recognised_is_recognised_again_as_the_same"),
)


class Asked:
    """One property: how often it was asked, and how long the slowest input took, in seconds of this process."""

    def __init__(self, module: str, name: str) -> None:
        self.name, self.times, self.slowest = name, 0, 0.0
        ask: Callable[[bytes], object] = getattr(import_module(f"tests.fuzz.{module}"), name).hypothesis.fuzz_one_input
        self._ask = ask

    def __call__(self, source: bytes) -> None:
        """Ask it of what Hypothesis makes of these bytes."""
        begun = time.process_time()
        self._ask(source)
        self.times, self.slowest = self.times + 1, max(self.slowest, time.process_time() - begun)


def megabytes() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(seconds: float) -> None:
    """Ask by turns until the time is over, and print what was asked."""
    with ATHERIS.instrument_imports(include=["references", "pages"]) if ATHERIS else nullcontext():
        import_module("django").setup()
        properties = [Asked(*each) for each in PROPERTIES]
    ends, begun_with = time.monotonic() + seconds, megabytes()

    def one(source: bytes) -> None:
        properties[sum(source[:2]) % len(properties)](source[2:])
        if time.monotonic() > ends:
            lines = [
                f"{each.name:62} {each.times:9,} times, slowest {each.slowest * 1000:7.1f} ms" for each in properties
            ]
            lines.append(f"Memory at most {megabytes():.0f} MB, {begun_with:.0f} MB at the beginning.")
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
            os._exit(0)

    if ATHERIS:
        ATHERIS.Setup([sys.argv[0], f"-max_len={LONGEST_INPUT}"], one)
        ATHERIS.Fuzz()
    while True:
        one(os.urandom(LONGEST_INPUT))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alstrom_site.settings")
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 600.0)
