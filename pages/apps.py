"""Wiring of the public site."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Articles, questions and the glossary, and the public pages."""

    name = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Make the kinds known to the workflow."""
        from alstrom_site.editorial.as_source import shown_whole
        from alstrom_site.editorial.kinds import register
        from pages.kinds import ARTICLE, FAQ, TERM
        from pages.kinds.faq import says_otherwise
        from pages.kinds.pictures import pictures_of
        from pages.publication.compose import compose_article, compose_question, compose_term

        register(ARTICLE, compose=compose_article, pictures=pictures_of(ARTICLE))
        source = shown_whole(says_otherwise)
        register(FAQ, compose=compose_question, source=source, pictures=pictures_of(FAQ))
        register(TERM, compose=compose_term, pictures=pictures_of(TERM))
