"""What HTML may come out, said a second time and independently, and a reader that checks it."""

import re
from html.parser import HTMLParser

_HEADINGS = {f"h{level}" for level in range(2, 7)}
_PLAIN = {
    "p", "br", "hr", "em", "strong", "code", "blockquote", "ul", "li", "table", "thead", "tbody", "tr",
}  # fmt: skip
_LINK = re.compile(r"(https?://[A-Za-z0-9\[%]|mailto:|/[^/\\]|/$|#)[\x21-\x5b\x5d-\x7e]*", re.IGNORECASE)
_WORDS = re.compile(r".*", re.DOTALL)
_CLASSES = {
    "a": r"citation|term",
    "span": r"citations",
    "mark": r"citation-unknown|term-unknown|link-refused",
    "div": r"table-scroll",
    "th": r"align-(left|center|right)",
    "td": r"align-(left|center|right)",
}
_ATTRIBUTES = {
    **{(tag, "class"): re.compile(classes) for tag, classes in _CLASSES.items()},
    **{(tag, "id"): re.compile(r"section-[a-z0-9-]+") for tag in _HEADINGS},
    ("a", "id"): re.compile(r"citation-[0-9]+"),
    ("mark", "id"): re.compile(r"citation-[0-9]+"),
    ("a", "href"): _LINK,
    ("a", "rel"): re.compile("noopener"),
    ("a", "title"): _WORDS,
    ("a", "aria-label"): _WORDS,
    ("img", "src"): re.compile(r"/media/images/[A-Za-z0-9][A-Za-z0-9._-]*"),
    ("img", "alt"): _WORDS,
    ("img", "title"): _WORDS,
    ("img", "loading"): re.compile("lazy"),
    ("div", "role"): re.compile("region"),
    ("div", "tabindex"): re.compile("0"),
    ("div", "aria-label"): re.compile(r"Table [0-9]+"),
    ("pre", "tabindex"): re.compile("0"),
    ("ol", "start"): re.compile(r"[0-9]+"),
    ("th", "scope"): re.compile("col"),
}
_TAGS = {tag for tag, _ in _ATTRIBUTES} | _PLAIN


class Reader(HTMLParser):
    """Reads HTML as it comes out; ``faults`` names everything that may not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            allowed = _ATTRIBUTES.get((tag, name))
            if value is None or allowed is None or not allowed.fullmatch(value):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name == "id" and value:
                self.ids.append(value)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")


def read(html: str) -> Reader:
    """The HTML, read to its end."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def faults(html: str) -> list[str]:
    """Every tag, attribute or address in the HTML that may not be there."""
    return read(html).faults
