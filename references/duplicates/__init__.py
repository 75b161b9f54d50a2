"""Entries of the same work: found before a second one is made, and afterwards."""

from references.duplicates.candidates import Candidate, candidates, in_common, why
from references.duplicates.likeness import traits
from references.duplicates.pairs import Pair, count, pairs

__all__ = ["Candidate", "Pair", "candidates", "count", "in_common", "pairs", "traits", "why"]
