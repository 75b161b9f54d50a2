"""Giving a document its address, and keeping the one that readers knew."""

from datetime import datetime

from django.db import IntegrityError, transaction

from alstrom_site.editorial.addresses import moves, taken, taken_now
from alstrom_site.editorial.kinds import Kind, kind_named
from alstrom_site.editorial.models import Citation, Document, Edition, FormerAddress
from alstrom_site.editorial.texts import CITED
from alstrom_site.editorial.workflow import Issue, NotReady

ADDRESS_CONSTRAINT = "editorial_document_one_per_address"


def stand_at(document: Document, kind: Kind, address: str) -> Issue | None:
    """Save the document at an address; return why it cannot stand there, and then the transaction must not go on."""
    document.address = address
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        # The database alone knows what two people take at once.
        if ADDRESS_CONSTRAINT not in str(error):
            raise
        return taken_now(kind, address)
    # After the row: whoever had to wait for it sees what the other one left behind.
    return taken(kind, address, document)


def leave(document: Document, former: str, *, at: datetime) -> bool:
    """Let the key that a source had as a draft lead to it for good, if texts cite it by that; return whether they do.

    Nobody else's text is changed for a new key, and none of them must lose its source.
    """
    cited = document.kind == CITED and former != document.address and Citation.objects.filter(key=former).exists()
    if cited:
        entry = {"document": document, "since": at}
        FormerAddress.objects.get_or_create(kind=document.kind, address=former, defaults=entry)
    return cited


def address_issue(document: Document, kind: Kind, address: str) -> Issue | None:
    """Return why a text cannot give the document this address, which takes effect when the text goes live."""
    if document.first_published_at is None or document.address == address:
        return None
    if kind.address_changes:
        return taken(kind, address, document)
    message = f"Readers know this page as {kind.path(document.address)}. Put “{document.address}” back."
    return Issue(kind.address_field, message, "address-fixed")


def move(edition: Edition, *, at: datetime) -> str:
    """Move a document to the address that its new live text gives it; the one before leads there for good.

    Return the one before, or "" when it stays where it is.

    An unpublished page that led to the old path leads to the new one. Raises NotReady when another document has the
    address, or had it.
    """
    document, content = edition.document, edition.text.fields
    if not moves(document, content):
        return ""
    kind, former = kind_named(document.kind), document.address
    issue = stand_at(document, kind, kind.address(content))
    if issue is not None:
        raise NotReady([issue])
    FormerAddress.objects.get_or_create(kind=kind.name, address=former, defaults={"document": document, "since": at})
    Document.objects.filter(moved_to=kind.path(former)).update(moved_to=kind.path(document.address))
    return former
