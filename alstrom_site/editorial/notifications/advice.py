"""Who is told that somebody outside answered: what people of the desk say to one another stands on the page."""

from typing import Any

from alstrom_site.editorial.models import Comment, Event
from alstrom_site.editorial.notifications.letters import Letter, desk_link, letters
from alstrom_site.editorial.notifications.recipients import owner_and
from alstrom_site.editorial.workflow import LIVE, OPEN

COMMENTS = "comments"
"""The page of a document on which a comment is answered."""


def advised(event: Event) -> list[Letter]:
    """To who made the link and to the owner, for a guest's comment; the event is in the name of who made the link."""
    if "guest" not in event.fields:
        return []
    edition, comment = event.edition, Comment.objects.get(pk=event.fields["remark"])
    said: dict[str, Any] = {"comment": comment, "is_live": edition.state in LIVE, "is_open": edition.state in OPEN}
    # Another edition may be the one that is worked on by now.
    link = f"{desk_link(event.document, page=COMMENTS)}&edition={edition.pk}"
    people = owner_and(edition, event.by)
    return letters("advised", people, event.document, edition=edition, event=event, link=link, **said)
