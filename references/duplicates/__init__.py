"""Entries of the same work: found before a second one is made."""

from references.duplicates.candidates import Candidate, candidates

__all__ = ["Candidate", "candidates"]
