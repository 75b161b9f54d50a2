"""What the tests of the comparison ask again and again."""

from alstrom_site.editorial.comparison import Block, ComparedField, FieldChange, Span, compare

BODY = ComparedField("body", "Body", "markdown")
FAQS = ComparedField("faqs", "Questions", "list", item="question")
RELATED = ComparedField("related", "Related pages", "rows", "related page", ("address", "description"))
ORIGIN = ComparedField("origin", "Origin", "record", columns=("title", "reviewed"))


def change_of(old: object, new: object, field: ComparedField = BODY) -> FieldChange:
    """The one field's change between two values."""
    (change,) = compare({field.name: old}, {field.name: new}, [field]).changes
    return change


def marked(block: Block) -> str:
    """A block's text with [-removed-] and {+added+} marks."""
    return "".join(_marked(span) for span in block.spans if span.role != "gap")


def _marked(span: Span) -> str:
    marks = {"delete": "[-{}-]", "insert": "{{+{}+}}", "equal": "{}"}
    return marks[span.op].format(span.text)


def marked_body(old: str, new: str) -> list[str]:
    """All blocks of two Markdown texts with marks."""
    return [marked(block) for block in change_of(old, new).blocks]


def notes(old: str, new: str) -> list[str]:
    """The notes on the spans of two Markdown texts, in order."""
    return [span.note for block in change_of(old, new).blocks for span in block.spans if span.note]


def names(old: str, new: str) -> list[str]:
    """The unseen characters that are named, in order."""
    spans = [span for block in change_of(old, new).blocks for span in block.spans]
    return [piece.name for span in spans for piece in span.pieces if piece.name]


def remarks(change: FieldChange) -> list[str]:
    """What is said about each block that is not unchanged."""
    return [block.remark for block in change.blocks if block.status != "unchanged"]
