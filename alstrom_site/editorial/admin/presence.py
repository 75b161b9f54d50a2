"""Who else is in a document now."""

from datetime import datetime

from alstrom_site.editorial.actions import working_copies
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit


def who_else(visit: Visit, at: datetime) -> str:
    """Return a sentence that names the others who have the document's form open now; "" when nobody has."""
    copies = working_copies.others_in(visit.document, than=visit.person, at=at)
    names = list(dict.fromkeys(str(copy.person) for copy in copies))
    if not names:
        return ""
    together = " and ".join([*([", ".join(names[:-1])] if names[1:] else []), names[-1]])
    return f"{together} {'is' if len(names) == 1 else 'are'} in this document now."


def panel(visit: Visit, at: datetime) -> Panel | None:
    """Return the part of the document's page that says who has its form open, if anybody has."""
    sentence = who_else(visit, at)
    return Panel("_presence", {"sentence": sentence}) if sentence else None
