"""What changed between two revisions, field by field, block by block and word by word; nothing escapes review."""

from .fields import compare
from .outcome import Block, ComparedField, Comparison, FieldChange, Group, Piece, Span
from .rendered import marked

__all__ = ["Block", "ComparedField", "Comparison", "FieldChange", "Group", "Piece", "Span", "compare", "marked"]
