"""The bibliography: its entries as the admin lists them, and what is kept beside them."""

from references.models.observed import ObservedNotice
from references.models.reference import Reference

__all__ = ["ObservedNotice", "Reference"]
