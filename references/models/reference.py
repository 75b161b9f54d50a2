"""The bibliography as the admin lists it: a proxy of Document with no table of its own."""

from typing import ClassVar

from alstrom_site.editorial.models import Document


class Reference(Document):
    """A document of kind "reference"; see Document for what may change."""

    class Meta:
        proxy = True
        verbose_name = "bibliography entry"
        verbose_name_plural = "bibliography entries"
        default_permissions: ClassVar[tuple[str, ...]] = ()
