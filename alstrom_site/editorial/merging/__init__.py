"""Two changes of one text brought together: what does not touch is merged, what touches is for a person to settle."""

from .contents import merge
from .outcome import Choice, Conflict, Merged

__all__ = ["Choice", "Conflict", "Merged", "merge"]
