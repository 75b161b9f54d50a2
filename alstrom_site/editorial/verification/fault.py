"""Fault: what a check of the record yields; and the batches in which the record is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alstrom_site.editorial.models import Document

BATCH = 2000
"""How many rows are read at once, so that memory stays level."""
DOCUMENTS_AT_ONCE = 500


@dataclass(frozen=True)
class Fault:
    """Something in the record that cannot have come about by the site's own actions."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def batches_of_documents(size: int = DOCUMENTS_AT_ONCE) -> Iterator[list[int]]:
    """Yield the numbers of all documents, in order, so many at once."""
    last = 0
    numbers = Document.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(numbers.filter(pk__gt=last)[:size]):
        yield batch
        last = batch[-1]


def to_the_end(check: Callable[[], Iterator[Fault]]) -> Iterator[Fault]:
    """Yield what a check finds; what stops it is a fault as well, and keeps no other check from being made.

    Of a value that no action writes, any check may say that it cannot be read.
    """
    try:
        yield from check()
    except (LookupError, ValueError, TypeError, AttributeError) as problem:
        place = f"Check of {check.__name__.replace('_', ' ')}"
        yield Fault(place, f"something that it reads was altered, and it stopped there ({problem}).")
