"""Canonical JSON and its digest: the one form in which content and events are stored, compared and signed.

Keys sorted, no white space, UTF-8 without escapes, no floating-point numbers (after RFC 8785, which for objects of
strings, whole numbers, booleans and lists comes to the same bytes as long as keys are ASCII).
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def canonical_json(value: Mapping[str, Any]) -> str:
    """Return the canonical JSON of `value`; raise ValueError for what JSON or this form cannot hold."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(text: str) -> str:
    """Return the SHA-256 digest of `text` in UTF-8, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def moment_in_utc(moment: datetime) -> str:
    """Return the moment in ISO 8601 and UTC: as the database gives it back, whatever zone it was written in."""
    return moment.astimezone(UTC).isoformat()


def canonical_text(text: str) -> str:
    """Return the text with line feeds alone and composed letters (NFC), as canonical JSON holds it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can hold the text: NUL and lone surrogates stand in Python strings and in no text of its."""
    return _UNSTORABLE.search(text) is None


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    raise ValueError(f"{type(value).__name__} has no canonical form here.")


def _key(key: Any) -> str:
    if not isinstance(key, str) or not key.isascii():
        raise ValueError("Keys are ASCII text.")
    return key


def _text(value: str) -> str:
    if not is_storable(value):
        raise ValueError("The text holds a character that cannot be stored (NUL or half of a surrogate pair).")
    return canonical_text(value)
