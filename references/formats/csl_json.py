"""References in CSL-JSON: a list, an object that holds one, or one object after the other, of any length.

Source: the schema of CSL 1.0.2 for input.
"""

import json
from collections.abc import Iterator
from typing import Any

from references.formats.csl_values import put_values
from references.formats.json_elements import Element, closed, elements, split_again
from references.formats.records import CUT_OFF, Reading
from references.formats.text import Text
from references.formats.values import storable

# Fractions stay as they are written; JSON has no other numbers that could not be written again.
_DECODER = json.JSONDecoder(parse_float=str, parse_constant=str)


def read_csl_json(text: Text) -> Iterator[Reading]:
    """Each object of the list; one that is not JSON costs itself only."""
    for element in elements(text):
        reading = _read(element)
        parts = [] if reading.item or element.fault else split_again(element)
        yield from (_read(part) for part in parts) if len(parts) > 1 else (reading,)


def _read(element: Element) -> Reading:
    reading = Reading(element.line, storable(element.text))
    if element.fault:
        reading.remark(element.fault)
        return reading
    try:
        put_values(reading, _entry(reading, element))
    except json.JSONDecodeError as wrong:
        reading.remark(f"This is not JSON: {wrong.msg}.", element.line + wrong.lineno - 1)
    except (RecursionError, ValueError):
        reading.item = {}
        reading.remark("The entry is nested too deeply, or a number in it is too long, and was not read.")
    return reading


def _entry(reading: Reading, element: Element) -> Any:
    try:
        return _DECODER.raw_decode(element.text)[0]
    except json.JSONDecodeError as wrong:
        whole = _whole_part(element.text) if element.is_last else {}
        if not whole:
            raise
        reading.remark(CUT_OFF, element.line + wrong.lineno - 1)
        return whole


def _whole_part(text: str) -> dict[str, Any]:
    """The whole members of an object that is cut off; nothing for one that is no JSON in another way too."""
    for one in closed(text.rstrip()):
        try:
            found = _DECODER.decode(one)
        except ValueError:
            continue
        return found if isinstance(found, dict) else {}
    return {}
