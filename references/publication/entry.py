"""Composes the public page of a bibliography entry."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from alstrom_site.editorial.addresses import addresses_of
from alstrom_site.editorial.composing import absolute, bodies, shortened, shown_partial, structured_data
from alstrom_site.editorial.kinds import Content, LiveDocument, Page
from alstrom_site.folding import fold
from alstrom_site.page_parts import About, HappenedTo, Head, Identifier, Link, Notices
from alstrom_site.partial_dates import PartialDate
from references.contexts import CitingPage, Fact, ReferencePage
from references.exports import FORMS
from references.formatting import nlm_citation, nlm_citation_html, short_label, title_html
from references.licences import shows_abstract
from references.publication.citing import cited_beside, citing_pages
from references.publication.contents import handed_on, notices_told, withdrawn_from
from references.publication.list_places import places
from references.publication.parts import (
    about_other_works,
    as_shown,
    display_name,
    identifiers,
    path_of,
    title_of,
    withdrawn_here,
)
from references.publication.scholarly import scholarly
from references.shape import DATES, LINES, LISTS, OWN_DATES, TYPES, is_others
from references.standing import observed_of, what_happened

LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 300
_FACTS = ("edition", "publisher_place", "publisher", "collection_title", "collection_number", "number")
_MORE_FACTS = ("number_of_pages", "event_title", "event_place", "genre", "medium", "original_title")


@dataclass(frozen=True)
class _Made:
    """All that the page is made from."""

    content: Content
    citing: tuple[CitingPage, ...]
    happened: tuple[HappenedTo, ...]
    notices: list[dict[str, str]]


def compose_entry(live: LiveDocument) -> Page:
    """Return the public page of a live entry."""
    content = live.content
    keys = addresses_of(live.document)
    beside = cited_beside(*keys)
    names = {key: short_label(text.content) for key, text in beside.items()}
    citing = citing_pages(*keys, names=names | dict.fromkeys(keys, short_label(content)))
    observed = observed_of([live.document.pk]).get(live.document.pk, ())
    happened = as_shown(what_happened(content, observed))
    made = _Made(content, tuple(citing.values()), happened, notices_told(content, observed))
    card = _card(live, made)
    standing = withdrawn_from(path_of(content), card["withdrawn"])
    body, body_overdue = bodies("references/reference.html", live, lambda notices, about: _page(made, notices, about))
    citation = nlm_citation(content)
    return Page(
        path=path_of(content),
        title=shortened(title_of(content), LONGEST_TITLE),
        description=shortened(citation, LONGEST_DESCRIPTION),
        body=body,
        body_overdue=body_overdue,
        search_names=_names(content),
        search_text=citation,
        listing={
            "card": card,
            "text": citation,
            "reference": handed_on(content, observed=observed, happened=made.happened, standing=standing),
        },
        made_from={*citing, *(text.document_id for text in beside.values())} - {live.document.pk},
        places=places(card),
    )


def _page(made: _Made, notices: Notices, about: About) -> ReferencePage:
    content, title = made.content, title_of(made.content)
    return ReferencePage(
        head=Head(
            title=shortened(title, LONGEST_TITLE),
            description=shortened(nlm_citation(content), LONGEST_DESCRIPTION),
            canonical_url=absolute(path_of(content)),
            structured_data=structured_data(scholarly(content, status=[each.words for each in made.happened])),
            og_type="article",
            indexed=notices.withdrawn is None,
        ),
        section="bibliography",
        breadcrumbs=(Link("Home", "/"), Link("Bibliography", "/bibliography/")),
        notices=notices,
        about=about,
        title=title_html(content) if content["title"] else title,
        kind=str(TYPES.get(content["type"], content["type"])),
        key=content["key"],
        citation=nlm_citation_html(content | {"notices": made.notices}, notices=True),
        happened=made.happened,
        authors=tuple(display_name(author) for author in content["author"]),
        editors=tuple(display_name(editor) for editor in content.get("editor", ())),
        container_title=content["container_title"],
        container_title_short=_abbreviated(content),
        issued=shown_partial(content["issued"]),
        epub=shown_partial(content["epub"]),
        accessed=shown_partial(content.get("accessed", "")),
        volume=content["volume"],
        issue=content["issue"],
        pages=content["page"],
        facts=_facts(content),
        notes=tuple(content["notes"]),
        identifiers=identifiers(content),
        url=content.get("URL", ""),
        abstract=_abstract(content),
        abstract_licence=content.get("abstract_licence", ""),
        cited_on=made.citing,
        downloads=tuple(Link(form.label, f"citation.{form.ending}") for form in FORMS.values()),
    )


def _facts(content: Content) -> tuple[Fact, ...]:
    """What else is known, each with its name, in the order of a title page."""
    lines = [(LINES[name], content.get(name, "")) for name in (*_FACTS, *_MORE_FACTS)]
    dates = [(DATES[name], PartialDate.parse(content[name]).display()) for name in OWN_DATES if content.get(name)]
    numbers = [(name, ", ".join(content.get(name, ()))) for name in ("ISBN", "ISSN")]
    types = [(LISTS["publication_types"], ", ".join(content.get("publication_types", ())))]
    known = (*lines, *dates, *numbers, *types, *about_other_works(content))
    return tuple(Fact(label, value) for label, value in known if value)


def _abstract(content: Content) -> tuple[str, ...]:
    """The paragraphs of the abstract, where its licence allows to show it."""
    if not shows_abstract(content):
        return ()
    return tuple(part.strip() for part in content.get("abstract", "").split("\n") if part.strip())


def _withdrawn(live: LiveDocument) -> tuple[HappenedTo, ...]:
    return withdrawn_here(live.edition.withdrawn_at, live.edition.withdrawal_reason)


def _card(live: LiveDocument, made: _Made) -> dict[str, Any]:
    content = live.content
    return {
        "citation": nlm_citation(content),
        "html": nlm_citation_html(content),
        "identifiers": _as_lists(identifiers(content)),
        "cited_on": len(made.citing),
        "topics": [_topic(each.link) for each in made.citing],
        "order": _order(content),
        "letter": _letter(content),
        "year": content["issued"][:4],
        "type": content["type"],
        "standing": [list(astuple(each)) for each in (*_withdrawn(live), *made.happened)],
        "withdrawn": f"{live.edition.withdrawn_at:%Y-%m-%d}" if live.edition.withdrawn_at else "",
        "reviewed": f"{live.reviewed_at:%Y-%m-%d}" if live.reviewed_at else "",
        "demonstration": live.is_demonstration,
        "pending": live.awaits_review,
    }


def _topic(link: Link) -> dict[str, str]:
    withdrawn = {"withdrawn": link.withdrawn.machine} if link.withdrawn else {}
    return {"path": link.url, "title": link.text, **withdrawn}


def _as_lists(found: Sequence[Identifier]) -> list[list[str]]:
    return [[each.label, each.value, each.url] for each in found]


def _first_name(content: Content) -> str:
    """Whom the list is sorted by: the first author, else the first editor, else the publisher."""
    people = [*content["author"], *content.get("editor", ())]
    names = [person.get("literal") or person.get("family") or person.get("given", "") for person in people]
    return _from_its_first_letter(fold(names[0] if names else content.get("publisher", "")))


def _from_its_first_letter(name: str) -> str:
    """ "'t Hart" stands under T, "(WHO)" under W: Citing Medicine leaves such signs out of account."""
    return name.lstrip("'’‘ʼʾʿ\"“”«([{<-–. ") or name


def _order(content: Content) -> str:
    """What the list is sorted by: the authors as a reader looks for them, then the date, then the title."""
    issued = content["issued"]
    earliest = PartialDate.parse(issued).earliest.isoformat() if issued else ""
    return "\t".join([_first_name(content), earliest, fold(title_of(content)), content["key"]])


def _letter(content: Content) -> str:
    first = (_first_name(content) or _from_its_first_letter(fold(title_of(content))))[:1].upper()
    return first if "A" <= first <= "Z" else "Other" if first.isalpha() else "0–9"


def _names(content: Content) -> list[str]:
    """What a reader may look for beside the title."""
    named = [
        person.get("literal") or person.get("family", "")
        for person in (*content["author"], *content.get("editor", ()))
        if not is_others(person)
    ]
    known = [content["key"], content["container_title"], content["container_title_short"], content.get("publisher", "")]
    numbers = [content["PMID"], content["PMCID"], content["DOI"], *content.get("ISBN", ())]
    return [name for name in [*named, *known, *numbers] if name]


def _abbreviated(content: Content) -> str:
    short = str(content["container_title_short"])
    return "" if short == content["container_title"] else short
