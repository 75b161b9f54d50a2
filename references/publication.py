"""Composes the public page of a bibliography entry, and how an entry is shown wherever it is cited."""

from collections.abc import Sequence
from typing import Any

from alstrom_site.editorial.composing import (
    absolute,
    bodies,
    href,
    linked,
    shortened,
    shown_partial,
    structured_data,
)
from alstrom_site.editorial.kinds import Content, LiveDocument, Page, kind_named
from alstrom_site.editorial.models import Citation, Edition
from alstrom_site.folding import fold
from alstrom_site.page_parts import About, CitedReference, Head, Identifier, Link, Notices, ShownDate
from alstrom_site.partial_dates import PartialDate
from references.contexts import ReferencePage
from references.formatting import nlm_citation
from references.identifiers import doi_url, pmcid_url, pmid_url

LONGEST_TITLE = 300
# schema.org's name for each type of ours; what is not named here is a CreativeWork.
_SCHEMA_TYPES = {
    "article-journal": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
    "dataset": "Dataset",
    "article": "Article",
}


def identifiers(content: Content) -> tuple[Identifier, ...]:
    """Return where the work can be found elsewhere."""
    found = (
        ("PubMed", content["PMID"], pmid_url),
        ("PubMed Central", content["PMCID"], pmcid_url),
        ("DOI", content["DOI"], doi_url),
    )
    return tuple(Identifier(label, value, url(value)) for label, value, url in found if value)


def cited_reference(content: Content, *, number: int, anchors: Sequence[str]) -> CitedReference:
    """Return an entry as it stands in the numbered list of a page that cites it."""
    return CitedReference(
        number=number,
        citation=nlm_citation(content),
        url=href(_path(content)),
        identifiers=identifiers(content),
        anchors=tuple(anchors),
    )


def compose_entry(live: LiveDocument) -> Page:
    """Return the public page of a live entry."""
    content = live.content
    citing = _cited_on(content["key"])
    body, body_overdue = bodies(
        "references/reference.html",
        live,
        lambda notices, about: _page(content, tuple(citing.values()), notices, about),
    )
    citation = nlm_citation(content)
    return Page(
        path=_path(content),
        title=shortened(_title(content), LONGEST_TITLE),
        description=citation,
        body=body,
        body_overdue=body_overdue,
        search_names=_names(content),
        search_text=citation,
        listing={"card": _card(live, cited_on=len(citing)), "text": citation},
        made_from=set(citing),
    )


def _page(content: Content, citing: tuple[Link, ...], notices: Notices, about: About) -> ReferencePage:
    title, citation = _title(content), nlm_citation(content)
    return ReferencePage(
        head=Head(
            title=title,
            description=citation,
            canonical_url=absolute(_path(content)),
            structured_data=structured_data(_scholarly(content)),
            og_type="article",
        ),
        section="bibliography",
        breadcrumbs=(Link("Home", "/"), Link("Bibliography", "/bibliography/")),
        notices=notices,
        about=about,
        title=title,
        key=content["key"],
        citation=citation,
        authors=tuple(_display_name(author) for author in content["author"]),
        container_title=content["container_title"],
        container_title_short=_abbreviated(content),
        issued=shown_partial(content["issued"]),
        epub=shown_partial(content["epub"]),
        volume=content["volume"],
        issue=content["issue"],
        pages=content["page"],
        notes=tuple(content["notes"]),
        identifiers=identifiers(content),
        cited_on=citing,
    )


def _cited_on(key: str) -> dict[int, Link]:
    """The live pages whose own text cites the entry, by document id."""
    citing = Citation.objects.filter(key=key).values("revision")
    return linked(Edition.objects.live().filter(head__in=citing))


def _card(live: LiveDocument, *, cited_on: int) -> dict[str, Any]:
    content = live.content
    return {
        "citation": nlm_citation(content),
        "identifiers": [[found.label, found.value, found.url] for found in identifiers(content)],
        "cited_on": cited_on,
        "order": _order(content),
        "reviewed": f"{live.reviewed_at:%Y-%m-%d}",
        "demonstration": live.is_demonstration,
    }


def _order(content: Content) -> str:
    """What the list is sorted by: the authors as a reader looks for them, then the date, then the title."""
    names = [author.get("literal") or author.get("family") or author.get("given", "") for author in content["author"]]
    issued = content["issued"]
    earliest = PartialDate.parse(issued).earliest.isoformat() if issued else ""
    return "\t".join([fold(names[0]) if names else "", earliest, fold(_title(content)), content["key"]])


def _names(content: Content) -> list[str]:
    """What a reader may look for beside the title."""
    named = [author.get("literal") or author.get("family", "") for author in content["author"]]
    known = [content["key"], content["container_title"], content["container_title_short"]]
    return [name for name in [*named, *known, content["PMID"], content["PMCID"], content["DOI"]] if name]


def _scholarly(content: Content) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": _SCHEMA_TYPES.get(content["type"], "CreativeWork"),
        "url": absolute(_path(content)),
        "name": _title(content),
        "author": [_author_in_schema(author) for author in content["author"]],
        "datePublished": _machine_date(content["issued"]),
        "isPartOf": {"@type": "Periodical", "name": content["container_title"]} if content["container_title"] else {},
        "pagination": content["page"],
        "sameAs": [found.url for found in identifiers(content)],
    }


def _author_in_schema(author: dict[str, str]) -> dict[str, str]:
    if "literal" in author:
        return {"@type": "Organization", "name": author["literal"]}
    return {"@type": "Person", "name": _display_name(author)}


def _machine_date(text: str) -> str:
    return ShownDate.of(PartialDate.parse(text)).machine if text else ""


def _display_name(author: dict[str, str]) -> str:
    names = (author.get(part, "") for part in ("given", "family", "suffix"))
    return author.get("literal") or " ".join(name for name in names if name)


def _abbreviated(content: Content) -> str:
    short = str(content["container_title_short"])
    return "" if short == content["container_title"] else short


def _title(content: Content) -> str:
    return kind_named("reference").title(content)


def _path(content: Content) -> str:
    return kind_named("reference").path(content["key"])
