"""What a document is called when one of its texts is meant."""

from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition


def title_of(document: Document, edition: Edition | None = None) -> str:
    """Return on one line the title of an edition; without one of what readers see, else of the newest text.

    `Document.title` is that of the newest text: beside a draft that renames it, it is not what readers know.
    """
    meant = edition or document.live_edition
    title = kind_named(document.kind).title(meant.text.fields) if meant else document.title
    return " ".join(title.split())
