"""Forms as a browser would send them: read from the page, changed, sent back."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.utils.datastructures import MultiValueDict

Sent = dict[str, list[str]]


class FormReader(HTMLParser):
    """Collects what the form with a text field, or the only one, would send; buttons are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields = MultiValueDict[str, str]()
        self._textarea = ""
        self._select = ""
        self._outside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the value of an input, and where a text field or a list begins."""
        named = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._outside += 1
        if self._outside or "disabled" in named:
            return
        if tag == "input":
            self._input(named)
        elif tag == "textarea":
            self._textarea = named.get("name", "")
            self.fields.setlist(self._textarea, [""])
        elif tag == "select":
            self._select = named.get("name", "")
        elif tag == "option" and self._select and "selected" in named:
            self.fields.appendlist(self._select, named.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave what ended."""
        if tag == "template":
            self._outside -= 1
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        """Take the text of a text field; the newline right after its tag is not part of it."""
        if self._textarea and not self._outside:
            before = str(self.fields[self._textarea])
            self.fields.setlist(self._textarea, [before + (data if before else data.removeprefix("\n"))])

    def _input(self, named: dict[str, str]) -> None:
        kind = named.get("type", "text")
        box = kind in {"checkbox", "radio"}
        if named.get("name") and kind not in {"submit", "button", "file"} and (not box or "checked" in named):
            self.fields.appendlist(named["name"], named.get("value", "on" if box else ""))


def fields_of(html: str) -> Sent:
    """Return what the page's forms would send together, by name."""
    reader = FormReader()
    reader.feed(html)
    return {name: values for name, values in reader.fields.lists() if name and name != "csrfmiddlewaretoken"}


def opened(client: Client, url: str) -> Sent:
    """Open a page and return what its form would send."""
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return fields_of(response.content.decode())


def sent(client: Client, url: str, fields: Sent, **changes: Any) -> Any:
    """Send the fields, some of them changed, line ends as browsers send them; return the response."""
    full = {**fields, **{name: value if isinstance(value, list) else [value] for name, value in changes.items()}}
    return client.post(url, {name: [_line_ends(value) for value in values] for name, values in full.items()})


def _line_ends(value: Any) -> Any:
    return value.replace("\r\n", "\n").replace("\n", "\r\n") if isinstance(value, str) else value
