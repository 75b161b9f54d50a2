"""The nouns of the workflow."""

from alstrom_site.editorial.models.citation import Citation
from alstrom_site.editorial.models.document import Document
from alstrom_site.editorial.models.edition import Edition
from alstrom_site.editorial.models.event import Event
from alstrom_site.editorial.models.published_page import PublishedPage
from alstrom_site.editorial.models.relation import Relation
from alstrom_site.editorial.models.review import Review, Verdict
from alstrom_site.editorial.models.revision import Revision

__all__ = ["Citation", "Document", "Edition", "Event", "PublishedPage", "Relation", "Review", "Revision", "Verdict"]
