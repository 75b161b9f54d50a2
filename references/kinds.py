"""Bibliography entry: a source that texts cite."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.content import ContentReader
from alstrom_site.editorial.kinds import CitationUse, Content
from alstrom_site.editorial.workflow import Issue
from alstrom_site.partial_dates import PartialDate
from references.formatting import nlm_citation
from references.identifiers import parse_doi, parse_pmcid, parse_pmid

TYPES = (
    "article-journal",
    "book",
    "chapter",
    "report",
    "thesis",
    "webpage",
    "dataset",
    "article",
)
# The characters a Pandoc citation key may hold; it begins with a letter, a digit or "_" and ends with one of them.
_KEY = re.compile(r"[A-Za-z0-9_]+([:.#$%&\-+?<>~/][A-Za-z0-9_]+)*")
_IDENTIFIERS = {"DOI": parse_doi, "PMID": parse_pmid, "PMCID": parse_pmcid}


class ReferenceKind:
    """An entry of the bibliography, in the fields of CSL-JSON."""

    name = "reference"
    label = "bibliography entry"
    label_plural = "bibliography entries"
    address_field = "key"
    review_months = 36
    checklist: Sequence[str] = (
        "The entry names the source as the source names itself.",
        "Its identifiers lead to this source.",
        "The source has not been retracted.",
    )
    fields: Sequence[ComparedField] = (
        ComparedField("key", "Key", "line"),
        ComparedField("type", "Type", "line"),
        ComparedField("author", "Authors", "rows"),
        ComparedField("title", "Title", "line"),
        ComparedField("container_title", "Journal or book", "line"),
        ComparedField("container_title_short", "Journal, abbreviated", "line"),
        ComparedField("issued", "Issued", "line"),
        ComparedField("volume", "Volume", "line"),
        ComparedField("issue", "Issue", "line"),
        ComparedField("page", "Pages", "line"),
        ComparedField("epub", "Electronic date", "line"),
        ComparedField("DOI", "DOI", "line"),
        ComparedField("PMID", "PMID", "line"),
        ComparedField("PMCID", "PMCID", "line"),
        ComparedField("notes", "Notes", "list"),
    )

    def clean(self, raw: Mapping[str, Any]) -> Content:
        """Return the content in its full shape; raise ContentRefused with every fault."""
        reader = ContentReader(raw)
        key = reader.line("key", "Key", longest=80, required=True)
        if key and not _KEY.fullmatch(key):
            reader.fault("key", f"The key “{key}” may hold letters, digits, “_” and single marks inside, no spaces.")
        reader.choice("type", "Type", TYPES)
        reader.rows("author", "Authors", ("family", "given", "suffix", "literal"))
        reader.content["author"] = [
            {name: value for name, value in row.items() if value} for row in reader.content["author"]
        ]
        for name in ("title", "container_title", "container_title_short", "volume", "issue", "page"):
            reader.line(name, _LABELS[name], longest=1000)
        _read_dates(reader)
        _read_identifiers(reader)
        reader.lines("notes", "Notes")
        return reader.finish()

    def title(self, content: Content) -> str:
        """Return the source's title, else its key."""
        return str(content["title"] or content["key"])

    def address(self, content: Content) -> str:
        """Return the key."""
        return str(content["key"])

    def path(self, address: str) -> str:
        """Return the path under /bibliography/."""
        return f"/bibliography/{address}/"

    def issues(self, content: Content, *, for_publication: bool) -> list[Issue]:
        """Return all that is missing: who, what and when, so that a reader can find the source."""
        wanted = {"author": "Authors", "title": "Title", "issued": "Issued"}
        if content["type"] == "article-journal":
            wanted["container_title_short"] = "Journal, abbreviated"
        return [Issue(name, f"{label} is empty. Fill it in.") for name, label in wanted.items() if not content[name]]

    def citations(self, content: Content) -> list[CitationUse]:
        """An entry cites nothing."""
        return []

    def relations(self, content: Content) -> list[tuple[str, str]]:
        """An entry leads to no other document."""
        return []

    def shown(self, content: Content) -> SafeString:
        """Return the entry as reviewers read it."""
        context = {"content": content, "citation": nlm_citation(content)}
        return render_to_string("editorial/shown/reference.html", context)


_LABELS = {field.name: field.label for field in ReferenceKind.fields}


def _read_dates(reader: ContentReader) -> None:
    for name in ("issued", "epub"):
        value = reader.line(name, _LABELS[name], longest=40)
        try:
            reader.content[name] = str(PartialDate.parse(value)) if value else ""
        except ValueError as error:
            reader.fault(name, f"{_LABELS[name]}: {error}")


def _read_identifiers(reader: ContentReader) -> None:
    for name, parse in _IDENTIFIERS.items():
        value = reader.line(name, name, longest=300)
        try:
            reader.content[name] = parse(value) if value else ""
        except ValueError as error:
            reader.fault(name, f"{name}: {error}")
