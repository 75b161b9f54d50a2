"""Which addresses a text may link to, and which images it may show: the one rule for parser and sanitiser."""

import re

# Visible ASCII without the backslash, which browsers read as a slash; the parser percent-encodes all else.
_REST = r"[!-\[\]-~]*"
_ADDRESS = re.compile(rf"(?:https?://[^/\\?#]|mailto:|/(?!/)|#){_REST}", re.IGNORECASE)
_EXTERNAL = re.compile(r"https?:", re.IGNORECASE)
_IMAGE = re.compile(r"/media/images/[A-Za-z0-9][A-Za-z0-9._-]*")


def is_allowed_link(address: str) -> bool:
    """Whether it is an http, https or mailto address, a path from this site's root, or a place in the same page.

    No address without a scheme that names a host ("//host"), and none relative to the page it happens to stand in.
    """
    return _ADDRESS.fullmatch(address) is not None


def is_external(address: str) -> bool:
    """Whether the link leaves the site by http or https."""
    return _EXTERNAL.match(address) is not None


def is_allowed_image(address: str) -> bool:
    """Whether it is one of the images that editors uploaded."""
    return _IMAGE.fullmatch(address) is not None
