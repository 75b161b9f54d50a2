"""What search engines read of an entry: schema.org, from the article down to its periodical.

Types: https://schema.org/MedicalScholarlyArticle, PublicationIssue, PublicationVolume, Periodical.
"""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from alstrom_site.editorial.composing import absolute
from alstrom_site.editorial.kinds import Content
from alstrom_site.page_parts import ShownDate
from alstrom_site.partial_dates import PartialDate
from references.formatting.citation import is_in_a_journal
from references.licences import shows_abstract
from references.publication.parts import display_name, identifiers, path_of, title_of
from references.shape import is_others

# What is not named here is a CreativeWork.
_TYPES = {
    "article-journal": "MedicalScholarlyArticle",
    "article": "MedicalScholarlyArticle",
    "paper-conference": "MedicalScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "article-magazine": "Article",
    "book": "Book",
    "chapter": "Chapter",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
    "dataset": "Dataset",
    "software": "SoftwareApplication",
}
_IN_PERIODICALS = frozenset({"article-journal", "article-newspaper", "article-magazine"})
# What else a work may be found in; a server of preprints, a repository and a series of reports are none of these.
_WHOLES = {"chapter": "Book", "paper-conference": "Book", "webpage": "WebSite", "dataset": "DataCatalog"}


def scholarly(content: Content, *, status: Sequence[str] = ()) -> dict[str, Any]:
    """Return the JSON-LD of an entry; empty values are left out by who writes it.

    `status`: what happened to the work, in words.
    """
    kind = _TYPES.get(content["type"], "CreativeWork")
    get = content.get
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "url": absolute(path_of(content)),
        "name": title_of(content),
        "author": [_person(person) for person in content["author"] if not is_others(person)],
        "editor": [_person(person) for person in get("editor", ()) if not is_others(person)],
        "creativeWorkStatus": [*status],
        "datePublished": _machine_date(content["issued"]),
        "dateModified": _machine_date(get("updated", "")),
        "isPartOf": _whole(content),
        "pagination": content["page"],
        "publisher": {"@type": "Organization", "name": get("publisher")} if get("publisher") else {},
        "isbn": [*get("ISBN", ())] if kind == "Book" else [],
        "bookEdition": get("edition", "") if kind == "Book" else "",
        "inLanguage": get("language", ""),
        "publicationType": [*get("publication_types", ())] if kind == "MedicalScholarlyArticle" else [],
        "abstract": get("abstract", "") if shows_abstract(content) else "",
        "identifier": [_identifier(found.label, found.value) for found in identifiers(content)],
        "sameAs": [*(found.url for found in identifiers(content)), *([get("URL")] if get("URL") else [])],
    }


def _whole(content: Content) -> dict[str, Any]:
    """The issue of the volume of the periodical that an article stands in, as far as each is known; or the book."""
    if not content["container_title"] and not content["container_title_short"]:
        return {}
    short = content["container_title_short"]
    if not _is_in_a_periodical(content):
        kind = _WHOLES.get(content["type"], "CreativeWork")
        isbn = [*content.get("ISBN", ())] if kind == "Book" else []
        return {"@type": kind, "name": content["container_title"] or short, "isbn": isbn}
    whole: dict[str, Any] = {
        "@type": "Periodical",
        "name": content["container_title"] or short,
        "alternateName": short if content["container_title"] not in ("", short) else "",
        "issn": [*content.get("ISSN", ())],
    }
    if content["volume"]:
        whole = {"@type": "PublicationVolume", "volumeNumber": content["volume"], "isPartOf": whole}
    if content["issue"]:
        whole = {"@type": "PublicationIssue", "issueNumber": content["issue"], "isPartOf": whole}
    return whole


def _is_in_a_periodical(content: Content) -> bool:
    """Whether it stands in a periodical; an article of another sort does where it has a volume or a number of one."""
    if content["type"] == "article":
        return bool(content["volume"] or content.get("ISSN"))
    return content["type"] in _IN_PERIODICALS or is_in_a_journal(content)


def _person(person: Mapping[str, str]) -> dict[str, str]:
    if "literal" in person:
        return {"@type": "Organization", "name": person["literal"]}
    return {
        "@type": "Person",
        "name": display_name(person),
        "familyName": person.get("family", ""),
        "givenName": person.get("given", ""),
    }


def _identifier(label: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": label, "value": value}


def _machine_date(text: str) -> str:
    """A date as machines read it; of a season the year, of a range what both ends share: "2002-10/2002-12" → "2002"."""
    if not text:
        return ""
    date = PartialDate.parse(text)
    ends = zip(date.begins, date.ends or date.begins, strict=True)
    shared = tuple(first for first, _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    known = shared[:1] if date.precision == "season" else shared
    return ShownDate.of(PartialDate(known)).machine if known else ""
