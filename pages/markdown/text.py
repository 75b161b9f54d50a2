"""The words of rendered HTML, for search and counting."""

from html.parser import HTMLParser

_INLINE = frozenset({"a", "code", "em", "mark", "span", "strong"})
_VOID = frozenset({"br", "hr", "img"})


def plain_text(html: str) -> str:
    """The words of HTML that this package rendered, on one line, without tags and without citation marks."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._inside_citation = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside_citation:
            self._inside_citation += tag not in _VOID
        elif ("class", "citations") in attrs:
            self._inside_citation = 1
            self._close_gap()
        elif tag not in _INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._inside_citation:
            self._inside_citation -= 1
        elif tag not in _INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._inside_citation:
            self.parts.append(data)

    def _close_gap(self) -> None:
        """Take the space before a citation away, or the full stop after it would stand alone."""
        if self.parts:
            self.parts[-1] = self.parts[-1].rstrip()
