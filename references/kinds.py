"""Bibliography entry: a source that texts cite."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.kinds import BY_TWO_PEOPLE, CitationUse, Content
from alstrom_site.editorial.review_policy import DEFAULT, ReviewStep
from alstrom_site.editorial.workflow import Issue
from references.cleaning import cleaned
from references.formatting import nlm_citation_html, plain_title, title_html
from references.licences import shows_abstract
from references.shape import DATES, LINES, LISTS, NOTICE, NUMBER_LISTS, NUMBERS, PEOPLE, PERSON, SOURCE_LINE, TYPES


def _lines(*names: str) -> list[ComparedField]:
    labels = {**LINES, **DATES}
    return [ComparedField(name, labels.get(name, name), "line") for name in names]


# What a reader needs to find a source, by its type; what is not named here needs what a book needs.
_WANTED: dict[str, tuple[str, ...]] = {
    "article-journal": ("author", "title", "issued", "container_title_short"),
    "chapter": ("author", "title", "container_title", "issued"),
    "webpage": ("title", "URL", "accessed"),
    "dataset": ("title", "issued"),
}
_WANTED_OF_OTHERS = ("author", "title", "issued")
_WANTED_LABELS = {**PEOPLE, **LINES, **DATES, "URL": "Address on the web"}
# An entry without authors is found by who edited or published it.
_INSTEAD = {"author": ("editor", "publisher")}
CLOSED_ABSTRACT = "No abstract can be shown here."


class ReferenceKind:
    """An entry of the bibliography, in the fields of CSL-JSON."""

    name = "reference"
    label = "bibliography entry"
    label_plural = "bibliography entries"
    address_field = "key"
    address_changes = False
    review_months = 36
    review_policy: Sequence[ReviewStep] = DEFAULT
    second_person: Collection[str] = BY_TWO_PEOPLE
    carries: Collection[str] = ()
    checklist: Sequence[str] = (
        "The entry names the source as the source names itself.",
        "Its identifiers lead to this source.",
        "The source has not been retracted, or the entry says that it was.",
    )
    fields: Sequence[ComparedField] = (
        ComparedField("key", "Key", "line"),
        ComparedField("type", "Type", "line"),
        ComparedField("author", "Authors", "rows", item="author", columns=PERSON),
        ComparedField("editor", "Editors", "rows", item="editor", columns=PERSON),
        *_lines("title", "original_title", "container_title", "container_title_short", "issued", "volume", "issue"),
        *_lines("page", "epub", "edition", "publisher_place", "publisher", "number_of_pages"),
        *_lines("collection_title", "collection_number", "number", "genre", "medium", "language"),
        *_lines("event_title", "event_date", "event_place"),
        ComparedField("URL", "Address on the web", "line"),
        *_lines("accessed", "updated", "container_issued"),
        *(ComparedField(name, name, "line") for name in NUMBERS),
        *(ComparedField(name, name, "list") for name in NUMBER_LISTS),
        *(ComparedField(name, label, "list") for name, label in LISTS.items()),
        ComparedField("notices", "Linked notices", "rows", item="notice", columns=NOTICE),
        ComparedField("abstract", "Abstract", "markdown"),
        *_lines("abstract_licence", "publication_model", "publication_status"),
        ComparedField(SOURCE_LINE, "As the source had it", "line"),
    )

    def clean(self, raw: Mapping[str, Any]) -> Content:
        """Return the content in its shape; raise ContentRefused with every fault."""
        return cleaned(raw)

    def title(self, content: Content) -> str:
        """Return the source's title, else its key."""
        return plain_title(content) or str(content["key"])

    def address(self, content: Content) -> str:
        """Return the key."""
        return str(content["key"])

    def path(self, address: str) -> str:
        """Return the path under /bibliography/."""
        return f"/bibliography/{address}/"

    def issues(self, content: Content, *, for_publication: bool) -> list[Issue]:
        """Return all that is missing: who, what and when, so that a reader can find the source."""
        return [
            Issue(name, f"{_WANTED_LABELS[name]} is empty. Fill it in.")
            for name in _WANTED.get(content["type"], _WANTED_OF_OTHERS)
            if not any(content.get(each) for each in (name, *_INSTEAD.get(name, ())))
        ]

    def citations(self, content: Content) -> list[CitationUse]:
        """An entry cites nothing."""
        return []

    def relations(self, content: Content) -> list[tuple[str, str]]:
        """An entry leads to no other document."""
        return []

    def shown(self, content: Content, *, for_guests: bool = False) -> SafeString:
        """Return the entry as reviewers read it; a guest gets no abstract that its licence does not let be shown."""
        said = {**content, "type": TYPES.get(content["type"], content["type"]), "title": title_html(content)}
        if for_guests and said.get("abstract") and not shows_abstract(content):
            said["abstract"] = CLOSED_ABSTRACT
        rows = [(field.label, spoken(said.get(field.name))) for field in self.fields]
        filled = [(label, lines) for label, lines in rows if lines]
        context = {"content": content, "citation": nlm_citation_html(content), "rows": filled}
        return render_to_string("editorial/shown/reference.html", context)


def spoken(value: Any) -> list[str]:
    """The lines in which a field is shown: one for a text, one for each entry of a list. Safe HTML stays so."""
    if not isinstance(value, list):
        return [str(value)] if value else []
    return [entry if isinstance(entry, str) else ", ".join(str(cell) for cell in entry.values()) for entry in value]
