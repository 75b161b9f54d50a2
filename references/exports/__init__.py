"""References written in the forms that other programs read; nothing is fetched, and the order is kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from references.exports.bibtex import write_bibtex
from references.exports.csl_json import write_csl_json
from references.exports.nbib import write_nbib
from references.exports.ris import write_ris

__all__ = ["FORMS", "Form", "write_bibtex", "write_csl_json", "write_nbib", "write_ris"]


@dataclass(frozen=True)
class Form:
    """A form of files: what people call it, how its names end, its media type, and its writer."""

    name: str
    label: str
    ending: str
    media_type: str
    write: Callable[[Iterable[Mapping[str, Any]]], Iterator[str]]


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("ris", "RIS", "ris", "application/x-research-info-systems", write_ris),
        Form("bibtex", "BibTeX", "bib", "application/x-bibtex", write_bibtex),
        Form("nbib", "PubMed (nbib)", "nbib", "application/nbib", write_nbib),
        Form("csl-json", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", write_csl_json),
    )
}
