"""Numbers without the words that some programs write before them: "Vol. 3", "No. 2", "pp. 93-113", "345 pages".

A citation has words of its own for them, and would have both.
"""

import re
from typing import Any

_NUMBER = r"(?=[0-9]|[ivxlc]+\b)"
_LABELS = {
    "volume": re.compile(rf"(?:volume\s+|vol(?:\.\s*|\s+)|v\.\s*){_NUMBER}", re.IGNORECASE),
    "issue": re.compile(r"(?:number\s+|issue\s+|n[or](?:\.\s*|\s+)|№\s*)(?=[0-9])", re.IGNORECASE),
    "page": re.compile(rf"(?:pages?\s+|pgs?\.\s*|pp?(?:\.\s*|\s+)){_NUMBER}", re.IGNORECASE),
}
_COUNT = re.compile(r"([0-9ivxlc, ]*[0-9ivxlc])\s*(?:pages?|pp?\.?)", re.IGNORECASE)


def without_labels(item: dict[str, Any]) -> dict[str, Any]:
    """The item with its volume, issue, pages and number of pages as bare numbers."""
    changed = {name: label.sub("", str(item[name]), count=1) for name, label in _LABELS.items() if _begins(item, name)}
    if "number-of-pages" in item and (match := _COUNT.fullmatch(str(item["number-of-pages"]))):
        changed["number-of-pages"] = match[1]
    return item | changed


def _begins(item: dict[str, Any], name: str) -> bool:
    return name in item and _LABELS[name].match(str(item[name])) is not None
