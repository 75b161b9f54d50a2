"""Dates and page ranges as NLM prints them."""

import re
from functools import lru_cache

from alstrom_site.partial_dates import PartialDate

_PAGE_RANGE = re.compile(r"(?<![\w.-])([0-9]+)[-–]([0-9]+)(?![\w.-])")
# Until then the records of PubMed leave out the figures that the end of a range repeats; since then they keep them.
_LAST_YEAR_OF_SHORT_RANGES = "2016"


@lru_cache(maxsize=1 << 16)
def nlm_date(text: str) -> str:
    """The date in NLM's form; what an unfinished draft holds in its place is shown as it stands."""
    try:
        return PartialDate.parse(text).nlm()
    except ValueError:
        return text


def nlm_pages(pages: str, *, issued: str, source: str) -> str:
    """The pages as NLM prints them: "1193-202" for works up to 2016, "1193-1202" after.

    What `source`, the line of NLM's own record, holds is printed as it stands there.
    """
    if "-" not in pages and "–" not in pages:
        return pages
    if issued[:4] > _LAST_YEAR_OF_SHORT_RANGES or (source and f":{pages}" in source):
        return pages.replace("–", "-")
    return short_ranges(pages)


def short_ranges(pages: str) -> str:
    """Ranges without the figures that their end repeats, as Citing Medicine has them: "126-127" → "126-7"."""
    first, _, last = pages.partition("-")
    if first.isdecimal() and last.isdecimal():
        return _shortened(first, last)
    return _PAGE_RANGE.sub(lambda match: _shortened(match[1], match[2]), pages)


def _shortened(first: str, last: str) -> str:
    if len(first) != len(last) or last <= first:
        return f"{first}-{last}"
    repeated = next(index for index, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
    return f"{first}-{last[repeated:]}"
