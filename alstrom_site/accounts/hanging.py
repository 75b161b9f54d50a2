"""What hangs on an account, which whoever closes it should know first. The rooms above join with what they know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alstrom_site.accounts.models import User


@dataclass(frozen=True)
class Hanging:
    """Something that hangs on a person: in words with its way on, the things with their addresses, and all of them."""

    words: str
    things: Sequence[tuple[str, str]] = ()
    more: tuple[str, str] | None = None
    """Label and address of the list that has all of it."""


Find = Callable[[User], Sequence[Hanging]]
_finds: list[Find] = []


def join(find: Find) -> None:
    """Let what hangs on people be found by that, too."""
    _finds.append(find)


def hanging_on(person: User) -> list[Hanging]:
    """Return all that hangs on a person."""
    return [each for find in _finds for each in find(person)]
