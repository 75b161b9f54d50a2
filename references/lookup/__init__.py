"""Works looked up by their identifiers: at NCBI first, at Crossref second. Nothing is written here."""

from references.lookup.finding import LookedUp, look_up
from references.lookup.pasting import MOST_AT_ONCE, Asked, asked_in

__all__ = ["MOST_AT_ONCE", "Asked", "LookedUp", "asked_in", "look_up"]
