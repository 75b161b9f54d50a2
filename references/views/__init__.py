"""The bibliography as readers see it, from published pages alone."""

from references.views.downloads import one, several
from references.views.lists import bibliography, entry

__all__ = ["bibliography", "entry", "one", "several"]
