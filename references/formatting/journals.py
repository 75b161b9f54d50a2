"""The source of a journal article: "J Tests. 2008 Nov;153(5):1-5. doi: 10.1000/x. Epub 2008 Jul 1."

As the field SO of PubMed's records has it, and Citing Medicine, chapters 1 and 23.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from references.formatting.dates import nlm_date, nlm_pages
from references.formatting.electronic import available_from, cited, identifier_parts, is_cited_on_line
from references.formatting.preprints import is_preprint
from references.formatting.titles import plain

_COLLECTED = "eCollection"
_SPECIAL_ISSUES = ("Suppl", "Spec No")
_ARTICLE_NUMBER = re.compile(r"e?[0-9]+")
# Sections of newspapers (Citing Medicine, chapter 8): the page "A2" is "Sect. A:2".
_SECTION = re.compile(r"(?P<section>[A-Z]{1,2})(?P<page>[0-9].*)")
_ELECTRONIC_NUMBER = re.compile(r"e[a-z]*[0-9]{4,}")
# The publisher's number of the article, which some records give in place of pages.
_PII = re.compile(r"\. pii: (\S+)\.(?= |$)")


def journal_source(reference: Mapping[str, Any], identifiers: Collection[str], *, language: str = "") -> list[str]:
    """The sentences after the title, up to the notes.

    The language stands behind the pages (Citing Medicine, chapter 1), or behind the address (chapter 23, Box 24), and
    the DOI behind both.
    """
    get = reference.get
    issued, epub, source = get("issued", ""), get("epub", ""), get("source_line", "")
    collected = bool(epub) and _is_collected(reference, source)
    date = nlm_date(epub if collected else issued) if (issued or epub) else ""
    on_line = is_cited_on_line(reference)
    if on_line:
        date = f"{date} {cited(reference)}".strip()
    parts = [_journal(reference, on_line=on_line), _where(reference, date, source)]
    if source and (pii := _PII.search(source)):
        parts.append(f"pii: {pii[1]}")
    if on_line:
        parts.append(available_from(reference))
    if language:
        parts.append(language)
    if identifiers:
        parts += identifier_parts(reference, identifiers)
    if collected:
        parts.append(f"{_COLLECTED} {nlm_date(issued)}" if issued else _COLLECTED)
    elif epub and epub != issued:
        parts.append(f"Epub {nlm_date(epub)}")
    return parts


def _is_collected(reference: Mapping[str, Any], source: str) -> bool:
    """Whether the work came out by itself and was put into a collection later (PubModel "Electronic-eCollection")."""
    if source or reference.get("publication_model"):
        return _COLLECTED in source or _COLLECTED in reference.get("publication_model", "")
    # Nothing says so: the number of an article in place of pages, and a day on line within a rough date, are signs.
    issued, page = reference.get("issued", ""), reference.get("page", "")
    if len(issued) == len("2016"):
        return _ARTICLE_NUMBER.fullmatch(page) is not None
    within = len(issued) == len("2016-04") and reference.get("epub", "").startswith(f"{issued}-")
    return within and _ELECTRONIC_NUMBER.fullmatch(page) is not None


def _journal(reference: Mapping[str, Any], *, on_line: bool) -> str:
    get = reference.get
    name = get("container_title_short") or get("container_title") or get("publisher") or ""
    if "<" in name:
        name = plain(name)
    if not name:
        return ""
    if get("type") == "article" and is_preprint(reference):
        return f"{name} [Preprint]"
    return f"{name} [Internet]" if on_line else name


def _where(reference: Mapping[str, Any], date: str, source: str) -> str:
    get = reference.get
    volume, issue, pages = get("volume", ""), get("issue", ""), get("page", "")
    if issue:
        # PubMed: "12 Suppl 1", but "12(3 Suppl)".
        volume = f"{volume} {issue}".strip() if issue.startswith(_SPECIAL_ISSUES) else f"{volume}({issue})"
        if issue.startswith("Suppl_"):
            volume = f"{get('volume', '')}({issue})"
    date_and_place = f"{date};{volume}" if date and volume else date or volume
    if not pages or (source and " pii: " in source and f":{pages}" not in source):
        return date_and_place
    if not volume and get("type") == "article-newspaper" and (match := _SECTION.fullmatch(pages)):
        return f"{date};Sect. {match['section']}:{match['page']}"
    pages = nlm_pages(pages, issued=get("issued", ""), source=source)
    return f"{date_and_place}:{pages}" if date_and_place else pages
