"""References written as CSL-JSON, with all that we hold."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from references.csl import to_csl


def write_csl_json(references: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The pieces of a file that is one list; the same references give the same bytes."""
    before = "[\n"
    for reference in references:
        item = json.dumps(to_csl(reference), ensure_ascii=False, indent=2)
        yield before + "\n".join(f"  {line}" for line in item.split("\n"))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
