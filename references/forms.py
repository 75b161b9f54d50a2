"""The form of a bibliography entry."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alstrom_site.editorial.admin.forms import ContentForm, PartialDateField, line, short_text
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.widgets import Column, LinesField, RowsField
from references.identifiers import parse_doi, parse_isbn, parse_issn, parse_pmcid, parse_pmid
from references.keys import make_keys, stem
from references.kinds import ReferenceKind
from references.people_lines import PeopleLinesField
from references.shape import DATES, LINES, TYPES

# Of more people than this each is a line of text.
MOST_ROWS_OF_PEOPLE = 100


def short(label: str, help_text: str = "") -> forms.CharField:
    """Return a narrow field of one line."""
    return line(label, help_text, wide=False)


def people(label: str, noun: str, help_text: str = "") -> RowsField:
    """Return rows of people and groups."""
    return RowsField(
        [
            Column("family", "Family name", required=False),
            Column("given", "Given names", required=False),
            Column("suffix", "Suffix", required=False, width="narrow"),
            Column("literal", "Or the name of a group", required=False, width="narrow"),
        ],
        label=label,
        help_text=help_text,
        row_noun=noun,
        required=False,
    )


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


class IdentifiersField(LinesField):
    """Identifiers, one per line, each brought to our spelling."""

    def __init__(self, label: str, parse: Callable[[str], str], help_text: str) -> None:
        super().__init__(label=label, help_text=help_text, required=False, rows=2)
        self.parse = parse

    def to_python(self, value: Any) -> Any:
        """Return the identifiers; raise ValidationError with a sentence for each line that is none."""
        found, wrong = [], []
        for text in super().to_python(value):
            try:
                found.append(self.parse(text))
            except ValueError as error:
                wrong.append(ValidationError(str(error), code="identifier"))
        if wrong:
            raise ValidationError(wrong)
        return found


class ReferenceForm(ContentForm):
    """A bibliography entry, in the fields of CSL-JSON; which of them a type needs, `references.admin` says."""

    kind = ReferenceKind()

    key = line(
        "Key",
        "What texts cite it by, such as “goldstein1973”. Left empty, it is made from the first author, the year and "
        "a word of the title. Once published it stays.",
        wide=False,
    )
    type = forms.ChoiceField(
        label="Type",
        choices=list(TYPES.items()),
        initial="article-journal",
        help_text="The parts of this form that the type needs are open.",
    )
    author = people(
        "Authors",
        "author",
        "In the order of the source. Given names as the source prints them: “J D”, “Jan D.”; suffix: “Jr”.",
    )
    title = line("Title", "Without the full stop at its end. &lt;i&gt;, &lt;sub&gt; and &lt;sup&gt; are kept.")
    original_title = line(LINES["original_title"], "When the title above is a translation.")
    container_title = line("Journal, book or site", "What it stands in, in full.")
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
    editor = people("Editors", "editor", "Of the book or the collection.")
    edition = short("Edition", "“2nd”, or in words: “Rev. ed.”.")
    publisher = line("Publisher", "Of a thesis, the university.", wide=False)
    publisher_place = line("Place", "Such as “Bethesda (MD)”.", wide=False)
    number_of_pages = short("Number of pages")
    container_issued = PartialDateField(
        DATES["container_issued"],
        "Of a chapter with a date of its own in a book that goes on: 1993. Of a book that is finished: 1993/2008.",
    )
    collection_title = line("Series", wide=False)
    collection_number = short("Number in the series")
    ISBN = IdentifiersField("ISBN", parse_isbn, "One per line.")
    URL = forms.CharField(
        label="Address on the web",
        required=False,
        help_text="It begins with https://.",
        widget=forms.TextInput(attrs={"class": "vTextField", "inputmode": "url", "autocomplete": "off"}),
    )
    accessed = PartialDateField("Seen on line", "The day on which somebody read it there, such as 2026-11-21.")
    updated = PartialDateField(DATES["updated"], "Of what is kept up to date after it was issued, such as 2019-06-13.")
    medium = short("Medium", "Only when it is neither print nor the Internet: “CD-ROM”.")
    genre = short("Kind of work", "Such as “master's thesis” or “preprint”.")
    number = short("Number of the report")
    event_title = line("Conference", wide=False)
    event_date = PartialDateField("Date of the conference", "Such as 2002-04-03/2002-04-05.")
    event_place = line("Place of the conference", wide=False)
    language = short("Language", "As a code, such as “de”; empty for English.")
    ISSN = IdentifiersField("ISSN", parse_issn, "Of the journal; one per line.")
    abstract = short_text("Abstract", rows=6)
    abstract_licence = line(
        LINES["abstract_licence"],
        "Readers see the abstract only when no more stands here than “CC BY 4.0” or the like, “CC0”, “OGL” or “public "
        "domain”, behind its owner: “© 2020 The authors, CC BY”.",
        wide=False,
    )
    publication_types = LinesField(
        label="Publication types", help_text="As PubMed names them, one per line.", required=False
    )
    notices = RowsField(
        [
            Column("type", "Type, as PubMed names it"),
            Column("pmid", "PMID of the notice", required=False, width="narrow"),
            Column("doi", "DOI of the notice", required=False),
            Column("text", "Where it stands", required=False),
        ],
        label="Linked notices",
        help_text="Corrections, expressions of concern, retractions: “ErratumIn”, “RetractionIn”.",
        row_noun="notice",
        required=False,
    )
    publication_model = short(LINES["publication_model"], "As PubMed names it: “Print-Electronic”.")
    publication_status = short(LINES["publication_status"], "As PubMed names it: “ppublish”.")
    source_line = line("As the source had it", "Word for word; not to be improved.")
    notes = LinesField(label="Notes", help_text="One per line, as NLM prints them: “Review.”", required=False)

    class Media:
        css = {"all": ["desk/reference_form.css"]}
        js = [forms.Script("editor/reference_parts.js", type="module")]

    def __init__(self, data: Any = None, *, edition: Edition | None = None, **options: Any) -> None:
        super().__init__(data, edition=edition, **options)
        for name, label in (("author", "Authors"), ("editor", "Editors")):
            if self._comes_as_lines(name):
                self.fields[name] = PeopleLinesField(label, "One per line: family name | given names | suffix | group.")

    def _comes_as_lines(self, name: str) -> bool:
        """Whether so many people are shown, or were sent, that each is a line."""
        if self.is_bound:
            return name in self.data
        return len(self.initial.get(name) or ()) > MOST_ROWS_OF_PEOPLE

    def suggested_address(self, cleaned: Mapping[str, Any]) -> str:
        """Return a free key of author, year and a word of the title, or "" when it says too little to be one.

        A title is enough, or a name with a year; where a field is refused, that is said and not also the key.
        """
        is_enough = cleaned.get("title") or ((cleaned.get("issued") or self.errors) and stem(cleaned))
        return make_keys([cleaned])[0] if is_enough else ""
