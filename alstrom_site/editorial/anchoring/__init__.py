"""Where a comment's passage stands in a text, and in the texts that come after it. Pure functions over strings."""

from alstrom_site.editorial.anchoring.fields import FieldText, field_texts
from alstrom_site.editorial.anchoring.marking import Piece, Stretch, pieces, stretches
from alstrom_site.editorial.anchoring.places import Quote, Span, carry, find, likeness, quote

__all__ = [
    "FieldText",
    "Piece",
    "Quote",
    "Span",
    "Stretch",
    "carry",
    "field_texts",
    "find",
    "likeness",
    "pieces",
    "quote",
    "stretches",
]
