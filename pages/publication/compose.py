"""Composes the public pages of live articles, questions and terms."""

from alstrom_site.editorial.kinds import LiveDocument, Page


def compose_article(live: LiveDocument) -> Page:
    raise NotImplementedError


def compose_question(live: LiveDocument) -> Page:
    raise NotImplementedError


def compose_term(live: LiveDocument) -> Page:
    raise NotImplementedError
