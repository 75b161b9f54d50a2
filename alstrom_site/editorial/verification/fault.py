"""Fault: what a check of the record yields."""

from dataclasses import dataclass

BATCH = 2000
"""How many rows are read at once, so that memory stays level."""


@dataclass(frozen=True)
class Fault:
    """Something in the record that cannot have come about by the site's own actions."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
