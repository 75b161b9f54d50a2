"""The parts of the form of an entry: which fields stand together, and for which types a part is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from references.shape import TYPES

Row = str | tuple[str, ...]
_BOOKS = frozenset({"book", "chapter", "report", "thesis", "paper-conference"})
_ON_LINE = frozenset({"webpage", "dataset", "software", "article"})


@dataclass(frozen=True)
class FormPart:
    """Fields that stand together under a name; `types`: where the part is open, everywhere when it names none."""

    name: str
    rows: tuple[Row, ...]
    types: frozenset[str] = frozenset()
    folds: bool = True

    @property
    def fields(self) -> list[str]:
        """The names of its fields."""
        return [name for row in self.rows for name in ((row,) if isinstance(row, str) else row)]


PARTS = (
    FormPart("The source", ("type", "author", "title", "container_title", "container_title_short"), folds=False),
    FormPart("When and where in it", (("issued", "epub"), ("volume", "issue", "page")), folds=False),
    FormPart("Identifiers", (("DOI", "PMID", "PMCID"),), folds=False),
    FormPart(
        "The book and its publisher",
        (
            "editor",
            ("edition", "number_of_pages"),
            ("publisher_place", "publisher"),
            "container_issued",
            ("collection_title", "collection_number"),
            "ISBN",
        ),
        _BOOKS | {"webpage", "dataset", "software"},
    ),
    FormPart("On the web", ("URL", ("accessed", "updated", "medium")), _ON_LINE),
    FormPart(
        "Report, thesis or conference",
        (("genre", "number"), "event_title", ("event_date", "event_place")),
        frozenset({"report", "thesis", "paper-conference"}),
    ),
    FormPart("Language and abstract", (("language", "ISSN"), "original_title", "abstract", "abstract_licence")),
    FormPart(
        "What its record says",
        ("publication_types", "notices", ("publication_model", "publication_status"), "source_line"),
    ),
    FormPart("In our texts", ("key", "notes"), folds=False),
)


def fieldsets(kind: str, filled: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the parts as the admin takes them: those open that the type needs or in which something stands."""
    return [(part.name, {"fields": part.rows, "classes": _classes(part, kind, filled)}) for part in PARTS]


def _classes(part: FormPart, kind: str, filled: Mapping[str, Any]) -> tuple[str, ...]:
    if not part.folds:
        return ()
    needed = tuple(f"part-for-{name}" for name in TYPES if name in part.types)
    is_open = kind in part.types or any(filled.get(name) for name in part.fields)
    # Django folds what is of class "collapse", unless a fault stands in it.
    return (*needed, "form-part") if is_open else (*needed, "form-part", "collapse")
