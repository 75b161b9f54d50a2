"""Values that articles and books in PubMed XML write alike: marked text, names, dates and abstracts."""

from xml.etree.ElementTree import Element

from references.formats.dates import csl_date, is_understood
from references.formats.names import person, with_sounds
from references.formats.records import Reading
from references.formats.values import tidy
from references.shape import OTHERS

# The markup that citation processors keep in titles (CSL 1.0.2); all other markup is left out, its text is not.
_MARKS = frozenset({"i", "b", "sub", "sup"})


def text_of(parent: Element | None, path: str) -> str:
    """The text at a path without markup, or nothing."""
    found = parent.find(path) if parent is not None else None
    return plain(found) if found is not None else ""


def texts_of(parent: Element, path: str) -> list[str]:
    """All texts at a path that are not empty."""
    return [text for one in parent.iterfind(path) if (text := plain(one))]


def plain(element: Element) -> str:
    """The whole text of an element without markup."""
    return tidy("".join(element.itertext()) if len(element) else element.text or "")


def marked(element: Element | None) -> str:
    """The text of an element with italics, bold, sub- and superscript as tags."""
    return tidy(_marked(element)) if element is not None else ""


def _marked(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        inner = _marked(child)
        parts.append(f"<{child.tag}>{inner}</{child.tag}>" if child.tag in _MARKS and inner else inner)
        parts.append(child.tail or "")
    return "".join(parts)


def people(authors: Element | None) -> list[dict[str, str]]:
    """The authors of a list in order: people with their initials and ranks, and groups.

    A name that NLM marks as wrong stands beside the right one and is left out; a list that is not complete ends with
    "et al" (PubMed XML element descriptions, Author and AuthorList).
    """
    if authors is None:
        return []
    valid = (one for one in authors.iterfind("Author") if one.get("ValidYN") != "N")
    names = [name for one in valid if (name := _name(one))]
    return [*names, dict(OTHERS)] if names and authors.get("CompleteYN") == "N" else names


def _name(author: Element) -> dict[str, str]:
    if group := text_of(author, "CollectiveName"):
        return {"literal": group}
    initials = text_of(author, "Initials")
    given = text_of(author, "ForeName") or text_of(author, "FirstName") or initials
    return person(text_of(author, "LastName"), with_sounds(given, initials), text_of(author, "Suffix"))


def put_date(reading: Reading, name: str, date: Element | None) -> None:
    """Keep a date made of Year, Month, Day and Season, or a MedlineDate as NLM prints it."""
    if date is None:
        return
    written = written_date(date)
    read = csl_date(written)
    if read:
        reading.item[name] = read
    if not is_understood(read):
        reading.remark(f"The date “{written}” was read as far as its year only.")


def written_date(date: Element | None) -> str:
    """A date as NLM prints it, or nothing."""
    if date is None:
        return ""
    parts = (text_of(date, "Year"), text_of(date, "Season") or text_of(date, "Month"), text_of(date, "Day"))
    return text_of(date, "MedlineDate") or _written(*parts)


def _written(year: str, month: str, day: str) -> str:
    if month.isdigit():
        return "-".join(part.zfill(2) for part in (year, month, day) if part)
    return " ".join(part for part in (year, month, day) if part)


def abstract(parent: Element) -> str:
    """The abstract with the labels of its parts: "METHODS: …"."""
    found = parent.find("Abstract")
    parts = [] if found is None else [(one.get("Label", ""), plain(one)) for one in found.iterfind("AbstractText")]
    return " ".join(f"{tidy(label)}: {text}" if label else text for label, text in parts if text)


def ids(parent: Element, path: str) -> dict[str, str]:
    """The identifiers in a list, by their type; the first of each."""
    found: dict[str, str] = {}
    for one in parent.iterfind(path):
        found.setdefault(one.get("IdType", ""), plain(one))
    return found
