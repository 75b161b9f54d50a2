"""The live pages that cite an entry, and at which statements."""

import re
from collections import Counter, defaultdict
from dataclasses import replace

from django.db.models import QuerySet

from alstrom_site.editorial.composing import linked, shortened
from alstrom_site.editorial.models import Citation, Edition
from references.contexts import CitingPage, CitingPlace

LONGEST_STATEMENT = 400
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”\"’)]))\s+(?=[A-Z“\"(])")
# What begins a line of Markdown without being a word of it: marks of lists, quotations and headings, cells of tables.
_LINE_MARK = re.compile(r"^\s*(?:[-*+>|]|#{1,6}|[0-9]+[.)])\s+")
_CITATION = re.compile(r"\s*\[[^\[\]]*@[^\[\]]*\]|\s*-?@(?:\{[^{}]*\}|[\w:.#$%&+?<>~/-]*\w)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`+)(?=\S)(.+?)(?<=\S)\1")


def citing_pages(*keys: str) -> dict[int, CitingPage]:
    """Return the live pages whose own text cites the entry by any of its keys, by document id and in order of lists.

    Two queries.
    """
    citing = Citation.objects.filter(key__in=keys)
    links = linked(Edition.objects.live().filter(head__in=citing.values("revision")))
    places = _places(citing.filter(revision__edition__document__in=links).select_related("revision__edition"))
    pages = {}
    for document_id, link in links.items():
        # A sentence that cites it twice, or stands in two parts of the page, is named once.
        found = {each.statement or each.url: each for each in reversed(places[document_id])}
        whole = [replace(each, url=f"{link.url}{each.url}") for each in reversed(found.values())]
        pages[document_id] = CitingPage(link, tuple(whole))
    return pages


def _places(citations: QuerySet[Citation]) -> defaultdict[int, list[CitingPlace]]:
    """Each place by document, its address yet without that of its page; only the live texts of the documents count."""
    live = Edition.objects.live().values_list("head", flat=True)
    found: defaultdict[int, list[CitingPlace]] = defaultdict(list)
    before: Counter[tuple[int, str, int, str]] = Counter()
    for use in citations.filter(revision__in=live).order_by("revision", "position"):
        content = use.revision.fields
        place = (use.revision_id, use.field, use.line, use.key)
        words = statement(content.get(use.field), use.line, use.key, before[place])
        before[place] += 1
        # Answers that an article carries count before its closing summary, so its marks have other numbers there.
        moved = use.field == "closing_summary" and content.get("faqs")
        found[use.revision.edition.document_id].append(
            CitingPlace(words, "" if moved else f"#citation-{use.position}", use.locator)
        )
    return found


def statement(text: object, line: int, key: str, nth: int = 0) -> str:
    """Return the sentence of a Markdown text in which the key is cited from a line on for the nth time, counted from 0.

    Plain words; "" when there is no such sentence.
    """
    if not isinstance(text, str):
        return ""
    paragraph, begins = _paragraph(text.split("\n"), line - 1)
    cites = re.compile(rf"@\{{?{re.escape(key)}(?![\w-])")
    places = [match.start() for match in cites.finditer(paragraph)]
    wanted = [place for place in places if place >= begins] or places
    if not wanted:
        return ""
    at = wanted[min(nth, len(wanted) - 1)]
    ends = [match.start() for match in _SENTENCE.finditer(paragraph)]
    begin = max((end for end in ends if end < at), default=0)
    end = min((end for end in ends if end >= at), default=len(paragraph))
    return shortened(_plain(paragraph[begin:end]), LONGEST_STATEMENT)


def _paragraph(lines: list[str], at: int) -> tuple[str, int]:
    """The lines around one of them that no empty line and no mark of a list parts from it, joined; where it begins."""
    if not 0 <= at < len(lines):
        return "", 0
    begin, end = at, at + 1
    while begin > 0 and lines[begin - 1].strip() and not _LINE_MARK.match(lines[begin]):
        begin -= 1
    while end < len(lines) and lines[end].strip() and not _LINE_MARK.match(lines[end]):
        end += 1
    words = [_LINE_MARK.sub("", each).strip() for each in lines[begin:end]]
    return " ".join(words), sum(len(each) + 1 for each in words[: at - begin])


def _plain(sentence: str) -> str:
    words = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _CITATION.sub("", sentence)))
    return " ".join(re.sub(r"\s+([.,;:!?])", r"\1", words.replace("|", " ")).split())
