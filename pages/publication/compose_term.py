"""The public page of a glossary term."""

from collections.abc import Mapping

from alstrom_site.editorial.composing import bodies
from alstrom_site.editorial.kinds import LiveDocument, Page
from alstrom_site.page_parts import About, Link, Notices
from pages.kinds import TERM
from pages.kinds.written import Written
from pages.publication import parts
from pages.publication.contexts import TermPage
from pages.publication.live_texts import LiveTexts, used_in
from pages.structured_data import defined_term


def compose_term(live: LiveDocument) -> Page:
    """Return the public page of a live term."""
    find = LiveTexts()
    content = live.content
    written = TERM.written(content, find)
    users = used_in(live.document)
    users.pop(live.document.pk, None)
    body, body_overdue = bodies(
        "pages/term.html", live, lambda notices, about: _page(live, written, users, notices, about)
    )
    definition = parts.words(written, "definition")
    card = {"definition": parts.bounded(definition), "alternate_names": content["alternate_names"]}
    return Page(
        path=parts.path_of(live),
        title=content["term"],
        description=parts.described(live, parts.beginning(definition)),
        body=body,
        body_overdue=body_overdue,
        search_names=content["alternate_names"],
        search_text=parts.bounded(definition),
        listing=parts.listing(live, card, definition),
        made_from=find.document_ids() | users.keys(),
    )


def _page(live: LiveDocument, written: Written, users: Mapping[int, Link], notices: Notices, about: About) -> TermPage:
    content, definition = live.content, parts.words(written, "definition")
    return TermPage(
        head=parts.head(live, content["term"], parts.beginning(definition), defined_term(live, definition)),
        section="glossary",
        breadcrumbs=(Link("Home", "/"), Link("Glossary", "/glossary/")),
        notices=parts.warned(notices, written),
        about=about,
        term=content["term"],
        definition=parts.readable(written, "definition"),
        alternate_names=tuple(content["alternate_names"]),
        references=parts.sources(written),
        used_in=tuple(users.values()),
    )
