"""The form of a bibliography entry."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alstrom_site.editorial.admin.forms import ContentForm, PartialDateField, line
from alstrom_site.editorial.widgets import Column, LinesField, RowsField
from alstrom_site.folding import fold
from references.identifiers import parse_doi, parse_pmcid, parse_pmid
from references.kinds import ReferenceKind
from references.shape import TYPES


def short(label: str, help_text: str = "") -> forms.CharField:
    """Return a narrow field of one line."""
    return line(label, help_text, wide=False)


class IdentifierField(forms.CharField):
    """An identifier, brought to our spelling from any usual one."""

    def __init__(self, label: str, parse: Callable[[str], str], help_text: str) -> None:
        widget = forms.TextInput(attrs={"class": "short-field", "autocomplete": "off"})
        super().__init__(label=label, help_text=help_text, required=False, widget=widget)
        self.parse = parse

    def to_python(self, value: Any) -> str:
        """Return the identifier or ""; raise ValidationError with a sentence."""
        text = super().to_python(value) or ""
        try:
            return self.parse(text) if text else ""
        except ValueError as wrong:
            raise ValidationError(str(wrong), code="identifier") from wrong


class ReferenceForm(ContentForm):
    """A bibliography entry, in the fields of CSL-JSON."""

    kind = ReferenceKind()

    key = line(
        "Key",
        "What texts cite it by, such as “goldstein1973”. Left empty, it is made from the first author and the year. "
        "Once published it stays.",
        wide=False,
    )
    type = forms.ChoiceField(label="Type", choices=list(TYPES.items()), initial="article-journal")
    author = RowsField(
        [
            Column("family", "Family name", required=False),
            Column("given", "Given names", required=False),
            Column("suffix", "Suffix", required=False, width="narrow"),
            Column("literal", "Or the name of a group", required=False, width="narrow"),
        ],
        label="Authors",
        help_text="In the order of the source. Given names as the source prints them: “J D”, “Jan D.”; suffix: “Jr”.",
        row_noun="author",
        required=False,
    )
    title = line("Title", "Without the full stop at its end.")
    container_title = line("Journal or book", "In full.")
    container_title_short = line("Journal, abbreviated", "As NLM abbreviates it, such as “Ann Intern Med”.", wide=False)
    issued = PartialDateField(
        "Issued", "As precise as the source says: 1973, 1973-01 or 2005-05-15; October to December: 2002-10/2002-12."
    )
    epub = PartialDateField("Electronic date", "When it appeared on line before print, such as 2007-03-28.")
    volume = short("Volume")
    issue = short("Issue")
    page = short("Pages", "As NLM prints them, such as 1193-202.")
    DOI = IdentifierField("DOI", parse_doi, "Such as 10.1000/182; an address of doi.org will do.")
    PMID = IdentifierField("PMID", parse_pmid, "The number in PubMed.")
    PMCID = IdentifierField("PMCID", parse_pmcid, "The number in PubMed Central, which begins with PMC.")
    notes = LinesField(label="Notes", help_text="One per line, as NLM prints them: “Review.”", required=False)

    def suggested_address(self, cleaned: Mapping[str, Any]) -> str:
        """Return the first author's name and the year, or "" when either is missing."""
        authors = cleaned.get("author") or [{}]
        name = fold(authors[0].get("family") or authors[0].get("literal") or "")
        name, year = re.sub(r"[^a-z0-9]+", "", name), (cleaned.get("issued") or "")[:4]
        return f"{name}{year}" if name and year else ""
