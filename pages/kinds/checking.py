"""What a reviewer checks the statements of a text by: each source with its abstract and the places that cite it."""

from collections.abc import Iterator
from dataclasses import dataclass

from alstrom_site.page_parts import CitedReference
from pages.kinds.written import Written
from pages.markdown import CitationUse
from references.kinds import CLOSED_ABSTRACT
from references.licences import shows_abstract
from references.publication.citing import statement


@dataclass(frozen=True)
class ShownPlace:
    """A place that cites a source; `statement` is the paragraph there, "" where it is not told apart."""

    number: int
    anchor: str
    locator: str
    statement: str


@dataclass(frozen=True)
class ShownSource:
    """A source as the list of the page has it, the paragraphs of its abstract, and where it is cited."""

    reference: CitedReference
    abstract: tuple[str, ...]
    places: tuple[ShownPlace, ...]
    why_no_abstract: str = "The entry holds no abstract."
    is_withheld: bool = False
    """Whether nothing is shown of it but its key: it is no more than a draft, and a guest reads this."""


def shown_source(reference: CitedReference, key: str, written: Written) -> ShownSource:
    """Return the source with what it is checked by.

    The desk is private, so the licence of an abstract is not asked there; outside, one without a licence is left out.
    """
    source, places = written.sources[key], tuple(_places(key, written))
    if source.is_withheld or not (written.is_for_desk or shows_abstract(source.content)):
        return ShownSource(reference, (), places, CLOSED_ABSTRACT, source.is_withheld)
    abstract = str(source.content.get("abstract", ""))
    paragraphs = tuple(part.strip() for part in abstract.split("\n") if part.strip())
    return ShownSource(reference, paragraphs, places)


def _places(key: str, written: Written) -> Iterator[ShownPlace]:
    same = {other for other, text in written.sources.items() if text.document_id == written.sources[key].document_id}
    uses = (use for use in written.renderer.citations if use.key in same)
    for number, use in enumerate(uses, 1):
        yield ShownPlace(number, use.anchor, use.locator, _statement(use, written))


def _statement(use: CitationUse, written: Written) -> str:
    return statement(written.texts[use.where], use.line, use.key, written.labels)
