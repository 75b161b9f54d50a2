"""The bibliography at the desk: the entries and their forms, and the screens around them."""

from references.admin import entries

__all__ = ["entries"]
