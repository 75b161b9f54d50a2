"""The nouns of the workflow."""

from alstrom_site.editorial.models.citation import Citation
from alstrom_site.editorial.models.comment import Comment
from alstrom_site.editorial.models.distinction import Distinction
from alstrom_site.editorial.models.document import Document
from alstrom_site.editorial.models.edition import Change, Edition
from alstrom_site.editorial.models.event import Event
from alstrom_site.editorial.models.flag import Flag, Reason
from alstrom_site.editorial.models.former_address import FormerAddress
from alstrom_site.editorial.models.list_place import ListPlace
from alstrom_site.editorial.models.personal import CalendarAddress, SavedFilter
from alstrom_site.editorial.models.proposal import Proposal
from alstrom_site.editorial.models.published_copy import PublishedCopy
from alstrom_site.editorial.models.published_page import PublishedPage
from alstrom_site.editorial.models.relation import Relation
from alstrom_site.editorial.models.reminder import Reminder
from alstrom_site.editorial.models.review import Review, Verdict
from alstrom_site.editorial.models.review_request import Answer, ReviewRequest
from alstrom_site.editorial.models.revision import Revision
from alstrom_site.editorial.models.shared_link import LinkVisit, Purpose, SharedLink
from alstrom_site.editorial.models.trait import Trait
from alstrom_site.editorial.models.working_copy import WorkingCopy

__all__ = [
    "Answer",
    "CalendarAddress",
    "Change",
    "Citation",
    "Comment",
    "Distinction",
    "Document",
    "Edition",
    "Event",
    "Flag",
    "FormerAddress",
    "LinkVisit",
    "ListPlace",
    "Proposal",
    "PublishedCopy",
    "PublishedPage",
    "Purpose",
    "Reason",
    "Relation",
    "Reminder",
    "Review",
    "ReviewRequest",
    "Revision",
    "SavedFilter",
    "SharedLink",
    "Trait",
    "Verdict",
    "WorkingCopy",
]
