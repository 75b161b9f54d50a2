"""What an auditor gets: the whole record of a document, and a pack that a stranger can check without this site."""

from alstrom_site.editorial.evidence.pack import Pack, file_name_of, pack_of
from alstrom_site.editorial.evidence.record import record_of

__all__ = ["Pack", "file_name_of", "pack_of", "record_of"]
