"""Which licence lets the abstract of a work be shown and handed on: words alone that name an owner do not."""

import re
from collections.abc import Mapping
from typing import Any

# Creative Commons and its like, the public domain, and a permission that was given for this site.
_OPEN = re.compile(
    r"\bCC[ -]?(?:0|BY|zero)\b|\bCreative Commons\b|\bcreativecommons\.org/|\bOpen Government Licen[cs]e\b"
    r"|(?<!not )(?<!not in the )\bpublic[ -]domain\b|\b(?:by|with)(?: the| kind)* permission\b",
    re.IGNORECASE,
)


def is_open(licence: str) -> bool:
    """Return whether words that name a licence name one by which anybody may be shown what stands under it."""
    return _OPEN.search(licence) is not None


def shows_abstract(content: Mapping[str, Any]) -> bool:
    """Return whether the abstract of an entry may be shown outside the desk."""
    return is_open(content.get("abstract_licence") or "")
