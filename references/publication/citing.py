"""The live pages that cite an entry, and at which statements."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest
from types import MappingProxyType

from django.db.models import QuerySet

from alstrom_site.editorial.composing import linked
from alstrom_site.editorial.models import Citation, Edition
from alstrom_site.editorial.texts import CITED, Text, live_texts
from references.contexts import CitingPage, CitingPlace

LONGEST_STATEMENT = 1500
NO_NAMES: Mapping[str, str] = MappingProxyType({})
# A key in a text, between braces or bare, as far as keys of entries go, with the sign that leaves out its authors; or
# an address, in which no key is.
_CITED = re.compile(
    r"(?<!\w)https?://[^\s\[\]()<>]+|(?<![\\\w])-?@(?:\{([^{}\n]+)\}|(\w(?:\w|[:.#$%&+?<>~/-](?=\w))*+))"
)
# What begins a line of Markdown without being a word of it.
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_ITEM = re.compile(r"^\s*(?:[-*+]|[0-9]+[.)])\s+")
# The line under the head of a table.
_RULES = re.compile(r"[\s|:]*-[\s|:-]*")
_CELLS = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`+)(?=\S)(.+?)(?<=\S)\1(?!\w)")


def cited_beside(*keys: str) -> dict[str, Text]:
    """Return the live entries that the live texts cite which cite any of these keys, by the key there. Two queries."""
    citing = Edition.objects.live().filter(head__in=Citation.objects.filter(key__in=keys).values("revision"))
    cited = Citation.objects.filter(revision__in=citing.values("head")).values_list("key", flat=True)
    return live_texts(CITED, set(cited))


def citing_pages(*keys: str, names: Mapping[str, str] = NO_NAMES) -> dict[int, CitingPage]:
    """Return the live pages whose own text cites the entry by any of its keys, by document id and in order of lists.

    Statements call each entry by its name where there is one, else by its key. Two queries.
    """
    citing = Citation.objects.filter(key__in=keys)
    links = linked(Edition.objects.live().filter(head__in=citing.values("revision")))
    places = _places(citing.filter(revision__edition__document__in=links).select_related("revision__edition"), names)
    pages = {}
    for document_id, link in links.items():
        # A paragraph that cites it twice, or stands in two parts of the page, is named once.
        found = {each.statement or each.url: each for each in reversed(places[document_id])}
        whole = [replace(each, url=f"{link.url}{each.url}") for each in reversed(found.values())]
        pages[document_id] = CitingPage(link, tuple(whole))
    return pages


def _places(citations: QuerySet[Citation], names: Mapping[str, str]) -> defaultdict[int, list[CitingPlace]]:
    """Each place by document, its address yet without that of its page; only the live texts of the documents count."""
    live = Edition.objects.live().values_list("head", flat=True)
    found: defaultdict[int, list[CitingPlace]] = defaultdict(list)
    for use in citations.filter(revision__in=live).order_by("revision", "position"):
        content = use.revision.fields
        words = statement(content.get(use.field), use.line, use.key, names)
        # Answers that an article carries count before its closing summary, so its marks have other numbers there.
        moved = use.field == "closing_summary" and content.get("faqs")
        found[use.revision.edition.document_id].append(
            CitingPlace(words, "" if moved else f"#citation-{use.position}", "" if words else use.locator)
        )
    return found


def statement(text: object, line: int, key: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return the statement of a Markdown text in which the key is cited on a line, counted from 1, as plain words.

    It is the whole paragraph, and citations stand in it with all their words, by the names of what they cite where
    there are some: a part of it may say the opposite. For the same reason an item of a list stands behind the
    paragraph or heading above its list and the items that it is part of, and the cells of a row behind what stands
    above the table, each with the head of its column; what is left out between is “…”. "" when it is longer than
    LONGEST_STATEMENT, in an item behind its first paragraph, and when there is none.
    """
    if not isinstance(text, str):
        return ""
    passage = _passage([_QUOTED.sub("", each) for each in text.split("\n")], line - 1)
    if len(passage) > LONGEST_STATEMENT or key not in (found[1] or found[2] for found in _CITED.finditer(passage)):
        return ""
    return _plain(_CITED.sub(lambda found: names.get(found[1] or found[2], found[0]), passage))


def _passage(lines: list[str], at: int) -> str:
    if not 0 <= at < len(lines):
        return ""
    if _HEADING.match(lines[at]):
        return _HEADING.sub("", lines[at])
    if (item := _item_around(lines, at)) is not None:
        return _of_list(lines, item, at)
    begin, end = _block(lines, at)
    rules = next((row for row in range(begin + 1, end) if _RULES.fullmatch(lines[row])), None)
    if rules is not None and "|" in lines[rules]:
        return " ".join(filter(None, (_above(lines, begin), _row(lines[rules - 1], lines[at]))))
    return " ".join(lines[begin:end])


def _block(lines: list[str], at: int) -> tuple[int, int]:
    """The lines around one of them that no empty line, no heading and no item of a list parts from it."""
    begin, end = at, at + 1
    while begin > 0 and _goes_on(lines[begin - 1]) and not _ITEM.match(lines[begin]):
        begin -= 1
    while end < len(lines) and _goes_on(lines[end]) and not _ITEM.match(lines[end]):
        end += 1
    return begin, end


def _item_around(lines: list[str], at: int) -> int | None:
    """The line that begins the item of a list around a line, which stands in it behind an empty line if indented."""
    for line in range(at, -1, -1):
        if _ITEM.match(lines[line]):
            return line
        begins_at_the_edge = line == at or not lines[line + 1][:1].isspace()
        if _HEADING.match(lines[line]) or (not lines[line].strip() and begins_at_the_edge):
            return None
    return None


def _of_list(lines: list[str], item: int, at: int) -> str:
    """What stands above the list, the items that this one is part of, and its own words."""
    own = _block(lines, item)
    if not own[0] <= at < own[1]:
        return ""
    parts, indent, left_out, line = [" ".join(lines[slice(*own)])], _indent(lines[item]), False, item - 1
    while line >= 0 and not _HEADING.match(lines[line]):
        if lines[line].strip():
            start = _item_around(lines, line)
            if start is None:
                break
            line, is_beside = start, _indent(lines[start]) >= indent
            if not is_beside:
                parts[:0] = [" ".join(lines[slice(*_block(lines, line))]), *(["…"] if left_out else [])]
                indent = _indent(lines[line])
            left_out = is_beside
        line -= 1
    whole = [_above(lines, line + 1), "…" if left_out else "", *(_ITEM.sub("", each) for each in parts)]
    return " ".join(filter(None, whole))


def _above(lines: list[str], at: int) -> str:
    """The paragraph or heading above a line, past lists."""
    line = at - 1
    while line >= 0:
        item = _item_around(lines, line)
        if item is None and lines[line].strip():
            break
        line = (line if item is None else item) - 1
    if line < 0:
        return ""
    heading = _HEADING.match(lines[line])
    return f"{lines[line][heading.end() :]}:" if heading else " ".join(lines[slice(*_block(lines, line))])


def _row(head: str, row: str) -> str:
    """The cells of a row of a table, each behind the head of its column."""
    heads, cells = (_CELLS.split(each.strip().removeprefix("|").removesuffix("|")) for each in (head, row))
    named = zip_longest((each.strip() for each in heads), (each.strip() for each in cells), fillvalue="")
    if head == row:
        return "; ".join(filter(None, (name for name, _ in named)))
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not _HEADING.match(line)


def _plain(paragraph: str) -> str:
    words = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", paragraph))
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", words).split())
