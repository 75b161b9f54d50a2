"""Entries of the same work: found before a second one is made."""

from references.duplicates.candidates import Candidate, candidates
from references.duplicates.likeness import traits

__all__ = ["Candidate", "candidates", "traits"]
