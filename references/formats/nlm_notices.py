"""Notices behind a citation as PubMed prints them: "Retraction in: J Test. 2010;1(1):2. doi: 10.1000/x."

What follows such words is said of the notice up to the next ones, its DOI and PMID too. PubMed prints the DOI and the
electronic date of the work before them, and its "PMID: 1; PMCID: PMC1" as the last sentence of all.
"""

import re
from dataclasses import dataclass, field

from references.formats.nlm_tail import SENTENCE_END, identifiers_ahead
from references.formats.pubmed import NOTICE_TAGS, notice

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
# "RetractedandRepublishedIn" is printed as "Retracted and republished in".
_KINDS = {_CAPITAL.sub(" ", kind).replace("and ", " and ").lower(): kind for kind in NOTICE_TAGS.values()} | {
    "corrigendum in": "ErratumIn",
    "published erratum appears in": "ErratumIn",
    "reinstatement in": "ReinstatementIn",
    "retracted in": "RetractionIn",
}
_KNOWN = (
    r"(?:\A|(?<=[.;] )|(?<=[(\[])|(?<= )(?=[A-Z]))"
    rf"(?P<kind>(?i:{'|'.join(sorted(_KINDS, key=len, reverse=True))})): "
)
_KNOWN_LABEL = re.compile(_KNOWN)
# Words of the same form that we do not know: what follows them is not said of the work either.
_LABEL = re.compile(rf"{_KNOWN}|(?:\A|(?<=[.?!;] ))(?!Available)[A-Z][A-Za-z]+(?: [A-Za-z]+){{0,5}} (?:in|on|for|of): ")
# Says nothing of the work, and stands behind its PMID.
_FREE = re.compile(r"Free (?:PMC )?article\.?", re.IGNORECASE)
_INDEXED = re.compile(r" ?\[(?:PubMed - )?indexed for MEDLINE\]\.?", re.IGNORECASE)
_YEAR = re.compile(r"\b[0-9]{4}\b")
_NUMBER = re.compile(r"\bPMC?ID\b|pubmed\.ncbi", re.IGNORECASE)


@dataclass(frozen=True)
class Behind:
    """What stands behind a citation: said of the work, its closing numbers, its notices; and what is not sure."""

    own: str
    numbers: dict[str, str] = field(default_factory=dict)
    notices: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def begins_with_notice(text: str) -> bool:
    """Whether a text begins with the words of a notice."""
    return _KNOWN_LABEL.match(text) is not None


def is_open(text: str) -> bool:
    """Whether a text behind a citation breaks off in a notice: words of one, and no year or full stop behind them."""
    labels = list(_LABEL.finditer(f"{text} "))
    if not labels:
        return False
    said = text[labels[-1].end() :].rstrip()
    return not said or (_YEAR.search(said) is None and not said.endswith("."))


def end_of_work(line: str) -> int:
    """Where the first notice of a citation begins; words before which no year stands are those of a title."""
    year = _YEAR.search(line)
    label = _KNOWN_LABEL.search(line, year.end()) if year else None
    return label.start() if label else len(line)


def told_apart(text: str) -> Behind:
    """What stands behind the pages of a citation, told apart by whose it is.

    A PMID that alone stands behind a notice is the work's in PubMed's form, and the notice's in others: it is taken
    for the work's, with a remark. Of two the last is the work's.
    """
    text = _INDEXED.sub("", text)
    labels = list(_LABEL.finditer(text))
    if not labels:
        return Behind(text)
    own = text[: labels[0].start()].rstrip(" ([")
    ends = [*(label.start() for label in labels[1:]), len(text)]
    said = [text[label.end() : end].strip() for label, end in zip(labels, ends, strict=True)]
    numbers: dict[str, str] = {}
    remarks = []
    if not _NUMBER.search(own):
        numbers, said[-1] = _closing(said[-1])
    if "PMID" in numbers and "PMCID" not in numbers and not _NUMBER.search(said[-1]):
        remarks.append(
            f"PMID {numbers['PMID']} stands behind “{labels[-1][0].strip()}” and was taken for that of the work, as "
            "PubMed prints it. If it is that of the notice, take it out."
        )
    behind = Behind(own, numbers, remarks=remarks)
    for label, words in zip(labels, said, strict=True):
        if label["kind"]:
            behind.notices.append(notice(_KINDS[label["kind"].lower()], words.removesuffix(".")))
        else:
            behind.notes.append(f"{label[0]}{words}")
    return behind


def _closing(text: str) -> tuple[dict[str, str], str]:
    """The PMID and PMCID that are the last sentences of a text, and the text before them."""
    sentences, found = SENTENCE_END.split(text), dict[str, str]()
    while sentences:
        if _FREE.fullmatch(sentences[-1]):
            sentences.pop()
            continue
        numbers, rest = identifiers_ahead(sentences[-1])
        if not numbers or rest or "DOI" in numbers or numbers.keys() & found.keys():
            break
        found |= numbers
        sentences.pop()
    return found, " ".join(sentences)
