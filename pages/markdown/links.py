"""Links in a text: each leads somewhere allowed, or loses its address and is reported."""

from collections.abc import Sequence

from markdown_it.token import Token

from pages.markdown.addresses import is_allowed_link, is_external
from pages.markdown.glossary import Glossary, is_term
from pages.markdown.rendered import Findings, shortened
from pages.markdown.tokens import Place, places


def place_links(tokens: Sequence[Token], glossary: Glossary, findings: Findings) -> None:
    """Resolve glossary links, mark external ones, and turn refused ones into marked text; report what is refused."""
    for place in places(tokens, "link_open"):
        address = str(place.token.attrs["href"])
        if is_term(address):
            _place_term(place, address, glossary, findings)
        elif is_allowed_link(address):
            _name_if_empty(place, address)
            if is_external(address):
                place.token.attrs["rel"] = "noopener"
        else:
            _name_if_empty(place, address)
            _refuse(place, "link-refused")
            findings.report("unsafe-link", _advice(address), place.line)


def _place_term(place: Place, address: str, glossary: Glossary, findings: Findings) -> None:
    attributes = glossary.attributes(address, line=place.line, findings=findings)
    _name_if_empty(place, glossary.spelling(address))
    if attributes is None:
        _refuse(place, "term-unknown")
    else:
        place.token.attrs = attributes


def _advice(address: str) -> str:
    return (
        f"The link to “{shortened(address)}” is not allowed: write an address that begins with https://, http:// or "
        "mailto:, a page of this site from its root such as /glossary/, or a heading of this page as #section-name."
    )


def _name_if_empty(place: Place, name: str) -> None:
    """Give a link without words a name, or nobody could see or hear it."""
    following = place.siblings[place.at + 1]
    if following.type == "link_close":
        place.token.meta["name"] = name


def _refuse(place: Place, css_class: str) -> None:
    place.token.tag = "mark"
    place.token.attrs = {"class": css_class}
    _closing(place).tag = "mark"


def _closing(place: Place) -> Token:
    """The end of the link. No link stands inside another, so the searches for all links together are linear."""
    following = range(place.at + 1, len(place.siblings))
    return next(place.siblings[at] for at in following if place.siblings[at].type == "link_close")
