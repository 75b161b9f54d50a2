"""Composes the public pages of live articles, questions and terms."""

from pages.publication.compose_article import compose_article
from pages.publication.compose_question import compose_question
from pages.publication.compose_term import compose_term

__all__ = ["compose_article", "compose_question", "compose_term"]
