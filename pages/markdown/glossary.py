"""Links into the glossary: ``[word](term:slug)``."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from pages.markdown.rendered import Findings, shortened

_SCHEME = "term:"


@dataclass(frozen=True)
class Glossary:
    """The terms a text may link to: slug to canonical spelling, and the path their pages stand under."""

    terms: Mapping[str, str]
    path_prefix: str = "/glossary/"

    def spelling(self, address: str) -> str:
        """The canonical spelling of the term this address names, or the slug itself when there is no such term."""
        slug = _slug(address)
        return self.terms.get(slug, slug)

    def attributes(self, address: str, *, line: int, findings: Findings) -> dict[str, str | int | float] | None:
        """The attributes of the link to the term; None, and a problem reported, when there is no such term."""
        slug = _slug(address)
        if slug not in self.terms:
            findings.report(
                "unknown-term",
                f"The glossary has no term “{shortened(slug)}”: correct the part after term:, or add the term first.",
                line,
            )
            return None
        if slug not in findings.terms:
            findings.terms.append(slug)
        return {"class": "term", "href": f"{self.path_prefix}{quote(slug)}/"}


def is_term(address: str) -> bool:
    """Whether a link's address names a glossary term."""
    return address.lower().startswith(_SCHEME)


def _slug(address: str) -> str:
    return unquote(address[len(_SCHEME) :])
