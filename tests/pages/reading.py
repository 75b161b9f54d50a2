"""Reads a rendered page as the tests ask about it: its elements in order, its text, its ids."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})


@dataclass
class Element:
    """An element with its attributes and all text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Reading(HTMLParser):
    """A page read once; `elements` in document order."""

    html: str
    elements: list[Element] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read everything."""
        super().__init__()
        self._open: list[Element] = []
        self.feed(self.html)
        self.close()
        self.unbalanced += [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be of this name."""
        if not self._open or self._open.pop().tag != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        """Give the text to every element it stands in."""
        for element in self._open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        """The elements of these names, in order."""
        return [element for element in self.elements if element.tag in tags]

    def values(self, name: str) -> list[str]:
        """Every value of this attribute, in order."""
        return [element.attributes[name] for element in self.elements if name in element.attributes]

    def words(self, tag: str) -> list[str]:
        """The text of each element of this name, white space settled."""
        return [" ".join(element.text.split()) for element in self.all(tag)]
