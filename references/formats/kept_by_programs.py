"""What reference managers leave in the note of a work for themselves: no reader is meant to have it in a citation.

Zotero writes what it has no place for as "Label: value", a line each, and CSL-JSON as "variable: value". EndNote puts a
whole record of PubMed there: ISSN, names, types, country, and the days of PubMed as 2007/10/18.
"""

import re
from collections.abc import Iterable
from typing import Any

from references.formats.records import Reading

_LABELS = re.compile(
    r"(?:tex\.[\w.-]+|citation key|_?eprint(?:type|class)?|original[ -](?:date|title|author)|container[ -]title"
    r"(?:[ -]short)?|publisher(?:[ -]place)?|place|number(?: of (?:pages|volumes))?|issue|volume|pages?|series|edition"
    r"|collection[ -](?:title|number)|event(?:[ -](?:date|place|title))?|genre|type|medium|section|version|language"
    r"|issn|isbn|url|accessed|issued|submitted|archive(?: location)?|call number|library catalog|read_status|adsbibcode"
    r"|ads bibcode|s2id|qid|openalex):",
    re.IGNORECASE,
)
_BY_ENDNOTE = re.compile(r"[0-9]{4}-[0-9]{3}[0-9Xx]\b[^/]*?(?:19|20)[0-9]{2}/[01][0-9]/[0-3][0-9]\b")
_SHOWN = 80


def custom_without_day_saved(reading: Reading, custom: dict[str, Any]) -> dict[str, Any]:
    """What stands under "custom", and the item without the day on which a program saved an article.

    It would make a citation of what was seen on line of each article in a journal. Where our own files say that day
    once more, it was meant.
    """
    item = reading.item
    is_identified = "DOI" in item or "PMID" in item
    if item.get("type") == "article-journal" and is_identified and "accessed" in item and "accessed" not in custom:
        del item["accessed"]
        reading.remark("The day on which the article was seen on line was left out; its numbers lead to it on any day.")
    return {name: value for name, value in custom.items() if name != "accessed"}


def for_readers(reading: Reading, lines: Iterable[str], line: int | None = None) -> list[str]:
    """The lines of a note that are not of that sort; each of the others is named."""
    kept = [part for each in lines if (part := each.strip())]
    if _BY_ENDNOTE.match("\n".join(kept)):
        own, kept = ["\n".join(kept)], []
    else:
        own = [each for each in kept if _LABELS.match(each.replace("\\", ""))]
        kept = [each for each in kept if each not in own]
    for each in own:
        reading.remark(
            f"“{' '.join(each[:_SHOWN].split())}” in the note is what a program keeps for itself. It was not kept as a "
            "note; it stays in the words of the source.",
            line,
        )
    return kept
