"""What texts at the desk may cite and link to: the sources and terms that are known now, published or not."""

from collections.abc import Iterable

from alstrom_site.editorial.texts import Text, latest_texts, texts_for_readers
from pages.kinds.written import labels_of, names_of, possible_terms
from pages.markdown import Renderer, possible_keys


def known_sources(texts: Iterable[str]) -> dict[str, Text]:
    """Return every known source that these texts may cite, by key, as readers see it where they do. One query."""
    return texts_for_readers("reference", possible_keys("\n".join(texts)))


def term_names(texts: Iterable[str]) -> dict[str, str]:
    """Return the spelling of every known term that these texts link to, by slug. One query."""
    found = latest_texts("term", possible_terms("\n".join(texts)))
    return {slug: term.title for slug, term in found.items()}


def renderer_for(texts: Iterable[str]) -> Renderer:
    """Return the renderer of a page with these texts. Two queries."""
    chosen = list(texts)
    sources = known_sources(chosen)
    return Renderer(references=labels_of(sources), names=names_of(sources), terms=term_names(chosen))
