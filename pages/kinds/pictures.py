"""The pictures that texts show, as they are in the store."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from alstrom_site.editorial.kinds import Content, Picture, Pictures
from alstrom_site.editorial.texts import Text
from pages import images
from pages.kinds.in_sentences import nothing_known
from pages.markdown.rendered import Rendered

if TYPE_CHECKING:
    from pages.kinds.written import Written


class Writes(Protocol):
    """A kind with texts in Markdown."""

    def written(self, content: Content, find: Callable[[str, Collection[str]], dict[str, Text]]) -> "Written":
        """Render the texts."""


def pictures_of(kind: Writes) -> Pictures:
    """Return what gives the pictures of a content of this kind, each once, in the order of the text. No query."""

    def pictures(content: Content) -> list[Picture]:
        # No picture is written without these two, and what has none need not be rendered.
        if not any("![" in text for text in content.values() if isinstance(text, str)):
            return []
        return pictures_in(kind.written(content, nothing_known).rendered.values())

    return pictures


def pictures_in(texts: Iterable[Rendered]) -> list[Picture]:
    """Return the pictures of rendered texts, each once, in order."""
    names = (address.removeprefix(images.PUBLIC_PATH) for text in texts for address in text.images)
    return [_picture(name) for name in dict.fromkeys(names)]


def _picture(name: str) -> Picture:
    try:
        body = (Path(settings.MEDIA_ROOT) / "images" / name).read_bytes()
    except OSError:
        return Picture(name, None, is_as_stored=False)
    return Picture(name, body, is_as_stored=images.is_named_for(body, name))
