"""The kinds of `pages` as the admin lists them: one proxy of Document each, with no table of their own."""

from typing import ClassVar

from alstrom_site.editorial.models import Document


class Article(Document):
    """A document of kind "article"; see Document for what may change."""

    class Meta:
        proxy = True
        default_permissions: ClassVar[tuple[str, ...]] = ()


class Question(Document):
    """A document of kind "faq"; see Document for what may change."""

    class Meta:
        proxy = True
        default_permissions: ClassVar[tuple[str, ...]] = ()


class Term(Document):
    """A document of kind "term"; see Document for what may change."""

    class Meta:
        proxy = True
        verbose_name = "glossary term"
        default_permissions: ClassVar[tuple[str, ...]] = ()
