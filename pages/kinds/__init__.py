"""The kinds of document that `pages` brings: article, question, glossary term."""

from pages.kinds.article import ArticleKind
from pages.kinds.faq import FaqKind
from pages.kinds.term import TermKind

ARTICLE = ArticleKind()
FAQ = FaqKind()
TERM = TermKind()

__all__ = ["ARTICLE", "FAQ", "TERM"]
