"""Which keys in the sentences of a text, outside brackets, are citations: said in the content, so that it is signed.

Written by the kind when the content is cleaned. A text of before has no such field and cites in brackets alone.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.texts import Text, latest_texts
from pages.markdown import keys_in_sentences, possible_keys

IN_SENTENCES = ComparedField("cited_in_sentences", "Cited in sentences", "list", item="key", is_derived=True)


def with_keys(content: Content, texts: Iterable[str]) -> Content:
    """Return the content with the keys, sorted, that its texts cite in sentences and that an entry has now.

    Without any it has no such field, as before there was one. At most one query.
    """
    chosen = list(texts)
    possible = possible_keys("\n".join(chosen))
    # Where no key at all would count, none that an entry has does.
    if not _cited(chosen, possible):
        return content
    keys = _cited(chosen, latest_texts("reference", possible).keys())
    return {**content, IN_SENTENCES.name: sorted(keys)} if keys else content


def keys_of(content: Mapping[str, Any]) -> frozenset[str]:
    """Return the keys that the sentences of a cleaned content cite."""
    return frozenset(content.get(IN_SENTENCES.name, ()))


def nothing_known(kind: str, addresses: Collection[str]) -> dict[str, Text]:
    """Return nothing: which places of a text cite is said in its content, and no entry has to be found for it."""
    return {}


def _cited(texts: Iterable[str], keys: Iterable[str]) -> set[str]:
    among = frozenset(keys)
    return {key for text in texts for key in keys_in_sentences(text, among)}
