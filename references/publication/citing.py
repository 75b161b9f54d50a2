"""The live pages that cite an entry, and at which statements."""

import re
from collections import defaultdict
from dataclasses import replace

from django.db.models import QuerySet

from alstrom_site.editorial.composing import linked, shortened
from alstrom_site.editorial.models import Citation, Edition
from references.contexts import CitingPage, CitingPlace

LONGEST_STATEMENT = 400
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])")
# What begins a line of Markdown without being a word of it: marks of lists, quotations and headings, cells of tables.
_LINE_MARK = re.compile(r"^\s*(?:[-*+>|]|#{1,6}|[0-9]+[.)])\s+")
_CITATION = re.compile(r"\s*\[[^\[\]]*@[^\[\]]*\]|\s*-?@(?:\{[^{}]*\}|[\w:.#$%&+?<>~/-]*\w)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`+)(?=\S)(.+?)(?<=\S)\1")


def citing_pages(key: str) -> dict[int, CitingPage]:
    """Return the live pages whose own text cites the entry, by document id and in the order of lists. Two queries."""
    citing = Citation.objects.filter(key=key)
    links = linked(Edition.objects.live().filter(head__in=citing.values("revision")))
    places = _places(citing.filter(revision__edition__document__in=links).select_related("revision__edition"), key)
    pages = {}
    for document_id, link in links.items():
        found = dict.fromkeys(places[document_id])
        pages[document_id] = CitingPage(link, tuple(replace(each, url=f"{link.url}{each.url}") for each in found))
    return pages


def _places(citations: QuerySet[Citation], key: str) -> defaultdict[int, list[CitingPlace]]:
    """Each place by document, its address yet without that of its page; only the live texts of the documents count."""
    live = Edition.objects.live().values_list("head", flat=True)
    found: defaultdict[int, list[CitingPlace]] = defaultdict(list)
    for use in citations.filter(revision__in=live).order_by("revision", "position"):
        content = use.revision.fields
        words = statement(content.get(use.field), use.line, key)
        # Answers that an article carries count before its closing summary, so its marks have other numbers there.
        moved = use.field == "closing_summary" and content.get("faqs")
        found[use.revision.edition.document_id].append(
            CitingPlace(words, "" if moved else f"#citation-{use.position}", use.locator)
        )
    return found


def statement(text: object, line: int, key: str) -> str:
    """Return the sentence of a Markdown text that cites the key on a line, as plain words; "" when it is not found."""
    if not isinstance(text, str):
        return ""
    paragraph = _paragraph(text.split("\n"), line - 1)
    cites = re.compile(rf"@\{{?{re.escape(key)}(?![\w-])")
    sentences = [each for each in _SENTENCE.split(paragraph) if cites.search(each)]
    return shortened(_plain(sentences[0]), LONGEST_STATEMENT) if sentences else ""


def _paragraph(lines: list[str], at: int) -> str:
    """The lines around one of them that no empty line and no mark of a list parts from it, as one line."""
    if not 0 <= at < len(lines):
        return ""
    begin, end = at, at + 1
    while begin > 0 and lines[begin - 1].strip() and not _LINE_MARK.match(lines[begin]):
        begin -= 1
    while end < len(lines) and lines[end].strip() and not _LINE_MARK.match(lines[end]):
        end += 1
    return " ".join(_LINE_MARK.sub("", each).strip() for each in lines[begin:end])


def _plain(sentence: str) -> str:
    words = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _CITATION.sub("", sentence)))
    return " ".join(re.sub(r"\s+([.,;:!?])", r"\1", words.replace("|", " ")).split())
