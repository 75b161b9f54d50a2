"""The sentences of live texts that rest on a work, for whoever must look at them again."""

from alstrom_site.editorial.addresses import addresses_of
from alstrom_site.editorial.models import Document
from references.publication.citing import citing_pages

MOST_NAMED = 10


def statements_resting_on(document: Document) -> dict[int, str]:
    """Return, by live document that cites the work, its statements in words: “…” and “…”."""
    found: dict[int, list[str]] = {}
    for citing, page in citing_pages(*addresses_of(document)).items():
        found[citing] = [each.statement for each in page.places if each.statement]
    return {citing: _said(list(dict.fromkeys(statements))) for citing, statements in found.items() if statements}


def _said(statements: list[str]) -> str:
    quoted = [f"“{each}”" for each in statements[:MOST_NAMED]]
    more = len(statements) - len(quoted)
    return "; ".join(quoted) + (f"; and {more} more" if more else "")
