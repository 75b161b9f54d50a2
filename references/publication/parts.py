"""How an entry is shown in lists and on the pages that cite it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.html import format_html

from alstrom_site.editorial.composing import href, shown_day
from alstrom_site.editorial.kinds import Content, kind_named
from alstrom_site.page_parts import CitedReference, HappenedTo, Identifier
from references.formatting import nlm_citation_html
from references.formatting.names import IDEOGRAPHS
from references.identifiers import Recognised, doi_url, pmcid_url, pmid_url
from references.shape import is_others
from references.standing import Happened

# How PubMed's names end that say of a work what it is about; "In" says what is about it.
_ABOUT = ("Of", "For", "From", "On")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_LABELS = {"PMID": "PubMed", "PMCID": "PubMed Central", "DOI": "DOI"}
_URLS = {"PMID": pmid_url, "PMCID": pmcid_url, "DOI": doi_url}


def identifiers(content: Content) -> tuple[Identifier, ...]:
    """Return where the work can be found elsewhere."""
    found = ((_LABELS[scheme], content[scheme], url) for scheme, url in _URLS.items())
    return tuple(Identifier(label, value, url(value)) for label, value, url in found if value)


def holding(number: Recognised) -> Q:
    """Return what selects, of published pages, that of the entry with this DOI, PMID or PMCID."""
    return Q(kind="reference", listing__card__identifiers__contains=[[_LABELS[number.scheme], number.value]])


def as_shown(happened: Iterable[Happened]) -> tuple[HappenedTo, ...]:
    """Return what happened to a work as readers are told it."""
    return tuple(HappenedTo(each.standing, each.words, each.text, _where(each)) for each in happened)


def about_other_works(content: Content) -> list[tuple[str, str]]:
    """Return what an entry that is itself a notice or a comment is about: "Retraction of", and the work as a link."""
    rows = [row for row in content.get("notices", ()) if row.get("type", "").endswith(_ABOUT)]
    return [(_in_words(row["type"]), _linked(row)) for row in rows]


def _in_words(kind: str) -> str:
    """A name of PubMed as words: "RetractedandRepublishedFrom" is "Retracted and republished from"."""
    return _CAPITAL.sub(" ", kind).replace("and ", " and ").capitalize()


def _linked(row: Mapping[str, str]) -> str:
    pmid, doi = row.get("pmid", ""), row.get("doi", "")
    words = row.get("text") or (f"PMID {pmid}" if pmid else f"DOI {doi}" if doi else "")
    url = pmid_url(pmid) if pmid else doi_url(doi) if doi else ""
    return format_html('<a href="{}" rel="external">{}</a>', url, words) if url else words


def withdrawn_here(at: datetime | None, reason: str) -> tuple[HappenedTo, ...]:
    """Return that this site no longer stands by an entry, where it does not."""
    return (HappenedTo("concern", f"Withdrawn here {shown_day(at).text}", reason),) if at else ()


def cited_reference(
    content: Content, *, number: int, anchors: Sequence[str], happened: tuple[HappenedTo, ...] = ()
) -> CitedReference:
    """Return an entry as it stands in the numbered list of a page that cites it."""
    return CitedReference(
        number=number,
        citation=nlm_citation_html(content),
        url=href(path_of(content)),
        identifiers=identifiers(content),
        anchors=tuple(anchors),
        happened=happened,
    )


def _where(each: Happened) -> str:
    return pmid_url(each.pmid) if each.pmid else doi_url(each.doi) if each.doi else ""


def path_of(content: Content) -> str:
    """Return the path of its own page."""
    return kind_named("reference").path(content["key"])


def title_of(content: Content) -> str:
    """Return its title, else its key."""
    return kind_named("reference").title(content)


def display_name(person: Mapping[str, Any]) -> str:
    """Return a name in the order in which it is spoken."""
    if is_others(person):
        return "and others"
    is_east_asian = IDEOGRAPHS.search(person.get("given", ""))
    order = ("family", "given", "suffix") if is_east_asian else ("given", "family", "suffix")
    return person.get("literal") or " ".join(filter(None, (person.get(part, "") for part in order)))
