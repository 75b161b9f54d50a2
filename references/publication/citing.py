"""The live pages that cite an entry, and at which statements."""

import re
from collections import defaultdict
from dataclasses import replace

from django.db.models import QuerySet

from alstrom_site.editorial.composing import linked
from alstrom_site.editorial.models import Citation, Edition
from references.contexts import CitingPage, CitingPlace

LONGEST_STATEMENT = 1500
# What begins a line of Markdown without being a word of it.
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_ITEM = re.compile(r"^\s*(?:[-*+]|[0-9]+[.)])\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`+)(?=\S)(.+?)(?<=\S)\1(?!\w)")


def citing_pages(*keys: str, name: str = "") -> dict[int, CitingPage]:
    """Return the live pages whose own text cites the entry by any of its keys, by document id and in order of lists.

    Statements call the entry by its name where there is one, else by its key. Two queries.
    """
    citing = Citation.objects.filter(key__in=keys)
    links = linked(Edition.objects.live().filter(head__in=citing.values("revision")))
    places = _places(citing.filter(revision__edition__document__in=links).select_related("revision__edition"), name)
    pages = {}
    for document_id, link in links.items():
        # A paragraph that cites it twice, or stands in two parts of the page, is named once.
        found = {each.statement or each.url: each for each in reversed(places[document_id])}
        whole = [replace(each, url=f"{link.url}{each.url}") for each in reversed(found.values())]
        pages[document_id] = CitingPage(link, tuple(whole))
    return pages


def _places(citations: QuerySet[Citation], name: str) -> defaultdict[int, list[CitingPlace]]:
    """Each place by document, its address yet without that of its page; only the live texts of the documents count."""
    live = Edition.objects.live().values_list("head", flat=True)
    found: defaultdict[int, list[CitingPlace]] = defaultdict(list)
    for use in citations.filter(revision__in=live).order_by("revision", "position"):
        content = use.revision.fields
        words = statement(content.get(use.field), use.line, use.key, name)
        # Answers that an article carries count before its closing summary, so its marks have other numbers there.
        moved = use.field == "closing_summary" and content.get("faqs")
        found[use.revision.edition.document_id].append(
            CitingPlace(words, "" if moved else f"#citation-{use.position}", "" if words else use.locator)
        )
    return found


def statement(text: object, line: int, key: str, name: str = "") -> str:
    """Return the paragraph of a Markdown text in which the key is cited on a line, counted from 1, as plain words.

    It is whole, and citations stand in it with all their words: a part of it may say the opposite. "" when it is longer
    than LONGEST_STATEMENT, when it is an item of a list or a row of a table, which say little without what stands above
    them, and when there is none.
    """
    if not isinstance(text, str):
        return ""
    paragraph = _paragraph(text.split("\n"), line - 1)
    cited = re.compile(rf"(?<![\\\w])@(?:\{{{re.escape(key)}\}}|{re.escape(key)}(?![\w-]))")
    if not cited.search(paragraph) or len(paragraph) > LONGEST_STATEMENT:
        return ""
    return _plain(cited.sub(lambda found: name or found[0], paragraph))


def _paragraph(lines: list[str], at: int) -> str:
    """The lines around one of them that no empty line and no heading parts from it, joined; "" in lists and tables."""
    lines = [_QUOTED.sub("", each) for each in lines]
    if not 0 <= at < len(lines):
        return ""
    if _HEADING.match(lines[at]):
        return _HEADING.sub("", lines[at])
    begin, end = at, at + 1
    while begin > 0 and _goes_on(lines[begin - 1]):
        begin -= 1
    while end < len(lines) and _goes_on(lines[end]):
        end += 1
    if any(_ITEM.match(each) or "|" in each for each in lines[begin:end]):
        return ""
    return " ".join(lines[begin:end])


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not _HEADING.match(line)


def _plain(paragraph: str) -> str:
    words = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", paragraph))
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", words).split())
