"""The whole citation: authors, title, source, notes."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from references.formatting.electronic import closing_identifiers
from references.formatting.journals import journal_source
from references.formatting.languages import language_printed
from references.formatting.names import nlm_editors, nlm_names
from references.formatting.notices import closing_notices
from references.formatting.titles import CLOSING_MARKS, as_html, has_markup, marked, plain, without_marks
from references.formatting.whole_works import PARTS, part_of_work, web_page, whole_work

IDENTIFIERS = ("DOI", "PMID", "PMCID")
_WHOLE = frozenset(
    {"book", "report", "thesis", "pamphlet", "manuscript", "legislation", "standard", "dataset", "software"}
)
_WEB = frozenset({"webpage", "post", "post-weblog"})
_TITLES = ("title", "container_title", "container_title_short", "collection_title", "event_title")
_MARKS = "\"'”’»" + CLOSING_MARKS
_ENDS = (".", "?", "!", "…", "。", "？", "！")
_ADDRESS = "Available from: "


def nlm_citation(reference: Mapping[str, Any], *, identifiers: Collection[str] = (), notices: bool = False) -> str:
    """The whole citation as plain text; parts that are missing leave no punctuation behind.

    Books, reports, theses and their like, parts of books and web pages have forms of their own; every other type is
    printed as an article. Of `identifiers` ("DOI", "PMID", "PMCID") those that are known are printed. With `notices` it
    ends with where the work was retracted or put in doubt, for those who read the citation alone: our lists mark that.
    """
    kind = reference.get("type")
    people = nlm_names(reference.get("author", ()))
    if kind in PARTS and not is_in_a_journal(reference):
        parts = [people, *part_of_work(reference, identifiers)]
    elif kind in _WHOLE:
        parts = [people or nlm_editors(reference.get("editor", ())), *whole_work(reference, identifiers)]
    elif kind in _WEB:
        parts = [people, *web_page(reference, identifiers)]
    else:
        title = str(reference.get("title") or "")
        source = journal_source(reference, identifiers, language=language_printed(reference))
        parts = [people, plain(title) if "<" in title else title, *source]
    parts += reference.get("notes", ())
    if notices:
        parts += closing_notices(reference)
    if identifiers:
        parts.append(closing_identifiers(reference, identifiers))
    return _sentences(parts)


def nlm_source(reference: Mapping[str, Any]) -> str:
    """The source line that NLM writes in the field SO: journal, date, volume, issue, pages, DOI, electronic date."""
    return _sentences(journal_source(reference, ("DOI",)))


def nlm_citation_html(
    reference: Mapping[str, Any], *, identifiers: Collection[str] = (), notices: bool = False
) -> SafeString:
    """The whole citation as escaped HTML, in which only the <i>, <sub> and <sup> of titles are tags."""
    if not any(has_markup(reference.get(name) or "") for name in _TITLES):
        return SafeString(escape(nlm_citation(reference, identifiers=identifiers, notices=notices)))
    bare = _without_marks(reference)
    return as_html(nlm_citation({**bare, **_marked_titles(bare)}, identifiers=identifiers, notices=notices))


def _marked_titles(reference: Mapping[str, Any]) -> dict[str, str]:
    return {name: marked(reference[name]) for name in _TITLES if reference.get(name)}


def _without_marks(value: Any) -> Any:
    if isinstance(value, str):
        return without_marks(value)
    if isinstance(value, Mapping):
        return {name: _without_marks(item) for name, item in value.items()}
    return [_without_marks(item) for item in value] if isinstance(value, list | tuple) else value


def is_in_a_journal(reference: Mapping[str, Any]) -> bool:
    """Whether a conference paper stands in the volume of a journal, and is cited as an article of it."""
    named = reference.get("container_title_short") or (reference.get("volume") and reference.get("container_title"))
    return reference.get("type") == "paper-conference" and bool(named) and not reference.get("publisher")


def _sentences(parts: list[str]) -> str:
    """The parts, each with a full stop unless it ends its own sentence, also inside closing quotation marks."""
    made = []
    for part in parts:
        if text := part.strip():
            made.append(text if _ends_itself(text) else f"{text}.")
    return " ".join(made)


def _ends_itself(text: str) -> bool:
    last = text[-1]
    if last in _ENDS or (last in _MARKS and text.rstrip(_MARKS).endswith(_ENDS)):
        return True
    # An address that does not end with a slash is followed by no full stop, which would become part of it.
    return text.startswith(_ADDRESS) and last != "/"
