"""The bibliography at the desk."""

from references.admin.entries import ReferenceAdmin

__all__ = ["ReferenceAdmin"]
