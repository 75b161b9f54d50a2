"""What other rooms keep beside documents: in what way each column is kept, and the check of the rows.

The workflow does not know their models; a room joins when the site starts, as it registers its kinds.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model

from alstrom_site.editorial.verification.fault import Fault
from alstrom_site.editorial.verification.kept import KEPT, Columns


@dataclass(frozen=True)
class Room:
    """The models of a room, how their columns are kept, and what yields every fault in its rows.

    `faults_of` yields those in the rows of some documents; that no other row was added is for `faults` to say.
    """

    kept: Mapping[type[Model], Columns]
    faults: Callable[[], Iterator[Fault]]
    faults_of: Callable[[Sequence[int]], Iterator[Fault]]


_rooms: list[Room] = []


def join(room: Room) -> None:
    """Have the rows of a room checked with the record, and its columns stand in the table of all."""
    _rooms.append(room)
    KEPT.update(room.kept)


def kept_by_rooms() -> Iterator[Fault]:
    """Yield every fault in what other rooms keep."""
    for room in _rooms:
        yield from room.faults()


def kept_by_rooms_of(documents: Sequence[int]) -> Iterator[Fault]:
    """Yield the faults in what other rooms keep beside these documents."""
    for room in _rooms:
        yield from room.faults_of(documents)
