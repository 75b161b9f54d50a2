"""The last gate: whatever the steps before did, only these tags, attributes and addresses come out."""

import re
from collections.abc import Callable

import nh3

from pages.markdown.addresses import is_allowed_image, is_allowed_link

ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "class", "id", "rel", "aria-label"},
    "img": {"src", "alt", "title", "loading"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "span": {"class"},
    "mark": {"class", "id"},
    "pre": {"tabindex"},
    "ol": {"start"},
    "th": {"class", "scope"},
    "td": {"class"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
TAGS = set(ATTRIBUTES) | {
    "p",
    "br",
    "hr",
    "em",
    "strong",
    "code",
    "blockquote",
    "ul",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
}
CLASSES = {
    "citations",
    "citation",
    "citation-unknown",
    "term",
    "term-unknown",
    "link-refused",
    "table-scroll",
    "align-left",
    "align-center",
    "align-right",
}
_ID = re.compile(r"section-[a-z0-9-]+|citation-[0-9]+")

_ALLOWED_VALUES: dict[str, Callable[[str], object]] = {
    "href": is_allowed_link,
    "src": is_allowed_image,
    "id": _ID.fullmatch,
    "class": CLASSES.__contains__,
    "rel": "noopener".__eq__,
    "role": "region".__eq__,
    "tabindex": "0".__eq__,
    "scope": "col".__eq__,
    "loading": "lazy".__eq__,
    "start": re.compile(r"[0-9]{1,9}").fullmatch,
    "title": lambda _: True,
    "alt": lambda _: True,
    "aria-label": lambda _: True,
}


def _keep(_tag: str, attribute: str, value: str) -> str | None:
    # It is asked about the attributes of forbidden tags too, and takes an exception for a yes: so never raise.
    allowed = _ALLOWED_VALUES.get(attribute)
    return value if allowed is not None and allowed(value) else None


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_keep,
    link_rel=None,  # our own rule sets rel on external links only
    url_schemes={"http", "https", "mailto"},
    url_relative="pass_through",
)


def sanitise(html: str) -> str:
    """The HTML with everything taken out that is not on the lists above."""
    return _CLEANER.clean(html)
