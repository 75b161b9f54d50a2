"""What an answer of NCBI or Crossref says beside what was asked for: that nothing is there, or when to come again.

Sources: "Entrez Programming Utilities Help" (NCBI), and for Retry-After RFC 9110, section 10.2.3.
"""

import re
from email.utils import parsedate_to_datetime
from math import ceil

import httpx

LONGEST_NAMED = 24 * 60
"""Minutes that a sentence names; whoever wants us to wait longer is asked “later”."""
_NOTHING = frozenset({400, 404, 410})
_READ = ("date", "retry-after")
_KEY = re.compile(rb"API key invalid", re.IGNORECASE)
# E-utilities answer 400 when they know none of the numbers, and for faults of the servers behind them as well.
_FAULT = re.compile(rb"<ERROR>(?![^<]*ID list is empty)", re.IGNORECASE)


def headers_read(answer: httpx.Response) -> dict[str, str]:
    """Return the headers of an answer that are read here; its content is decoded already."""
    return {name: answer.headers[name] for name in _READ if name in answer.headers}


def is_about_the_key(answer: httpx.Response) -> bool:
    """Whether the key that we sent is refused, and not what we asked for."""
    return answer.status_code in {400, 401, 403} and bool(_KEY.search(answer.content))


def is_nothing(answer: httpx.Response) -> bool:
    """Whether the server knows nothing of what was asked for."""
    return answer.status_code in _NOTHING and not _FAULT.search(answer.content)


def wanted_pause(answer: httpx.Response) -> float:
    """Return the seconds after which the server wants to be asked again, by its own clock; 0 when it does not say."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        pause = parsedate_to_datetime(text) - parsedate_to_datetime(answer.headers.get("date", ""))
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, pause.total_seconds())


def in_minutes(seconds: float) -> str:
    """Return a pause in words, "in 2 minutes"; "" for one of no length or without end."""
    if not 0 < seconds <= LONGEST_NAMED * 60:
        return ""
    minutes = ceil(seconds / 60)
    return "in a minute" if minutes == 1 else f"in {minutes} minutes"
