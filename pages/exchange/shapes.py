"""Which field of a kind stands where in its file."""

from collections.abc import Mapping
from dataclasses import dataclass

Columns = tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """A kind's files: their folder, the field that is the text after the front matter, and the fields before it.

    `fields` are in the order in which they are written; each with its columns when it is a record or a list of records.
    """

    folder: str
    main: str
    fields: Mapping[str, Columns]


_ROWS: dict[str, Columns] = {
    "related": ("address", "description"),
    "codes": ("system", "code", "as_of"),
    "origin": ("title", "reviewed", "published"),
}


def _fields(names: str) -> dict[str, Columns]:
    return {name: _ROWS.get(name, ()) for name in names.split()}


SHAPES: Mapping[str, Shape] = {
    "article": Shape(
        "articles",
        "body",
        _fields(
            "title slug summary quick_answer not_known closing_summary user_need audience "
            "faqs related alternate_names codes origin"
        ),
    ),
    "faq": Shape("questions", "answer", _fields("question slug")),
    "term": Shape("glossary", "definition", _fields("term slug alternate_names")),
}
BIBLIOGRAPHY = "bibliography.json"
