"""References printed as the National Library of Medicine prints them, from the content of a reference.

Rules: Citing Medicine, 2nd edition (NLM, Bookshelf NBK7256), and the summary format of PubMed of 2008.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from alstrom_site.partial_dates import PartialDate

_INTERNET_TYPES = frozenset({"webpage", "post", "post-weblog", "dataset", "software"})
_WHOLE_TYPES = frozenset({"book", "report", "thesis", "pamphlet", "manuscript", "legislation", "standard"})
_PART_TYPES = frozenset({"chapter", "entry-encyclopedia", "entry-dictionary"})

_ROMAN_RANKS = {"II": "2nd", "III": "3rd", "IV": "4th", "V": "5th"}
# A roman numeral without a comma before it is more likely the initial of a name.
_WITH_RANK = re.compile(r"(.*?)(?:(?:,\s*|\s+|^)(Jr|Sr|2nd|3rd|[4-9]th)|,\s*(II|III|IV|V))\.?", re.DOTALL)
_PAGE_RANGE = re.compile(r"(?<![\w-])([0-9]+)[-–]([0-9]+)(?![\w-])")
_WORDS_IN_LABEL = 6


def nlm_citation(reference: Mapping[str, Any]) -> str:
    """The whole citation as plain text; parts that are missing leave no punctuation behind.

    Journal articles, and every type not named here, are printed as articles; books and reports, parts of books and
    web pages in a form of their own.
    """
    kind = reference.get("type")
    if kind in _WHOLE_TYPES or kind in _INTERNET_TYPES or kind in _PART_TYPES:
        source = _other_source(reference)
    else:
        source = _journal_source(reference)
    epub = f"Epub {_nlm_date(reference, 'epub')}" if reference.get("epub") else ""
    parts = [_authors(reference), _title(reference), *source, epub, *reference.get("notes", ())]
    return " ".join(_sentence(part) for part in parts if part.strip())


def short_label(reference: Mapping[str, Any]) -> str:
    """How the text calls a reference: "Goldstein and Fialkow 1973", "Marshall and others 2007"; or its first words."""
    names = [author.get("literal") or author.get("family") or author.get("given", "") for author in _people(reference)]
    return " ".join(part for part in (_joined(names) or _first_words(reference), _year(reference)) if part)


def _people(reference: Mapping[str, Any]) -> list[Mapping[str, str]]:
    return [author for author in reference.get("author", ()) if any(author.values())]


def _joined(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{names[0]} and others"


def _first_words(reference: Mapping[str, Any]) -> str:
    words = _text(reference, "title").split()
    if not words:
        return _text(reference, "key")
    return " ".join(words[:_WORDS_IN_LABEL]) + ("…" if len(words) > _WORDS_IN_LABEL else "")


def _year(reference: Mapping[str, Any]) -> str:
    try:
        return str(PartialDate.parse(_text(reference, "issued")).year)
    except ValueError:
        return ""


def _authors(reference: Mapping[str, Any]) -> str:
    return ", ".join(_author(author) for author in _people(reference))


def _author(author: Mapping[str, str]) -> str:
    """One name as "Goldstein JL", with the rank after the initials: "King ML Jr"."""
    if literal := author.get("literal"):
        return literal
    given, rank = _without_rank(author.get("given", ""))
    if suffix := author.get("suffix"):
        rank = _without_rank(f", {suffix}")[1] or suffix
    return " ".join(part for part in (author.get("family", ""), _initials(given), rank) if part)


def _without_rank(given: str) -> tuple[str, str]:
    """Splits "John B., Jr." into the given names and the rank as NLM writes it, where III becomes 3rd."""
    match = _WITH_RANK.fullmatch(given.strip())
    if match is None:
        return given, ""
    return match[1], match[2] or _ROMAN_RANKS[match[3]]


def _initials(given: str) -> str:
    """The first letters of the given names, two at most (Citing Medicine, chapter 1, "Author"): "Jan D." → "JD"."""
    words = re.findall(r"[^\W\d_][\w'’]*", given)
    # A particle among the given names ("Maria de Lourdes") gives no initial, unless there is nothing else.
    capital = [word for word in words if not word[0].islower()] or words
    return "".join(_letters(word) for word in capital)[:2].upper()


def _letters(word: str) -> str:
    # Some files write the initials as one word: "JL".
    return word if word.isupper() and len(word) <= 3 else word[0]


def _title(reference: Mapping[str, Any]) -> str:
    title = _text(reference, "title")
    return f"{title} [Internet]" if title and reference.get("type") in _INTERNET_TYPES else title


def _journal_source(reference: Mapping[str, Any]) -> list[str]:
    journal = _text(reference, "container_title_short") or _text(reference, "container_title")
    place = _volume_and_issue(reference)
    date_and_place = ";".join(part for part in (_nlm_date(reference, "issued"), place) if part)
    return [journal, ":".join(part for part in (date_and_place, _pages(reference)) if part)]


def _volume_and_issue(reference: Mapping[str, Any]) -> str:
    volume, issue = _text(reference, "volume"), _text(reference, "issue")
    if issue.startswith("Suppl"):  # PubMed: "12 Suppl 1", but "12(3 Suppl)"
        return f"{volume} {issue}".strip()
    return f"{volume}({issue})" if issue else volume


def _other_source(reference: Mapping[str, Any]) -> list[str]:
    container, volume, pages = _text(reference, "container_title"), _text(reference, "volume"), _pages(reference)
    return [
        f"In: {container}" if container and reference.get("type") in _PART_TYPES else container,
        f"Vol. {volume}" if volume else "",
        _nlm_date(reference, "issued"),
        f"p. {pages}" if pages else "",
    ]


def _pages(reference: Mapping[str, Any]) -> str:
    return _PAGE_RANGE.sub(_shortened, _text(reference, "page"))


def _shortened(pages: re.Match[str]) -> str:
    """A range without the figures that its end repeats: "1193-1202" → "1193-202"."""
    first, last = pages.groups()
    if len(first) != len(last) or last <= first:
        return f"{first}-{last}"
    repeated = next(index for index, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
    return f"{first}-{last[repeated:]}"


def _nlm_date(reference: Mapping[str, Any], name: str) -> str:
    """The date in NLM's form; what an unfinished draft holds in its place is shown as it stands."""
    text = _text(reference, name)
    try:
        return PartialDate.parse(text).nlm()
    except ValueError:
        return text


def _text(reference: Mapping[str, Any], name: str) -> str:
    return str(reference.get(name) or "").strip()


def _sentence(text: str) -> str:
    """The text with a full stop, unless it ends its own sentence, also inside closing quotation marks."""
    text = text.strip()
    return text if text.rstrip("\"'”’»").endswith((".", "?", "!", "…")) else f"{text}."


def plain_title(reference: Mapping[str, Any]) -> str:
    """The title as plain text."""
    return _text(reference, "title")


def nlm_citation_html(reference: Mapping[str, Any]) -> SafeString:
    """The whole citation as escaped HTML."""
    return SafeString(escape(nlm_citation(reference)))
