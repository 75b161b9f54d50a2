"""How many words a Markdown text has, as its readers count them."""

from pages.markdown.limits import MAX_BYTES, size
from pages.markdown.renderer import Renderer
from pages.markdown.text import plain_text


def word_count(markdown: str) -> int:
    """The number of words that are read: no addresses, no citation marks, no list bullets or lone dashes."""
    if size(markdown) > MAX_BYTES:
        return _words(markdown)
    return _words(plain_text(Renderer(references={}, terms={}).render(markdown).html))


def _words(text: str) -> int:
    return sum(any(character.isalnum() for character in word) for word in text.split())
