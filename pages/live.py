"""What texts at the desk may cite and link to: the sources and terms that are known now, published or not."""

from collections.abc import Iterable

from alstrom_site.editorial.texts import latest_texts
from pages.kinds.written import possible_keys, possible_terms
from references.formatting import short_label


def reference_labels(texts: Iterable[str]) -> dict[str, str]:
    """Return the short label of every known source that these texts cite, by key. One query."""
    found = latest_texts("reference", possible_keys("\n".join(texts)))
    return {key: short_label(source.content) for key, source in found.items()}


def term_names(texts: Iterable[str]) -> dict[str, str]:
    """Return the spelling of every known term that these texts link to, by slug. One query."""
    found = latest_texts("term", possible_terms("\n".join(texts)))
    return {slug: term.title for slug, term in found.items()}
