"""Review policies in words, the same on every page that shows one."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED, ReviewStep, in_order, read

AS_ITS_KIND = "as its kind says"


def asks_for(step: ReviewStep) -> str:
    """Return in words whom a step asks for."""
    role = step.role.name
    if step.needed == ALL_WHO_ARE_ASKED:
        return f"Every {role} who is asked"
    return f"One {role}" if step.needed == 1 else f"{step.needed} {role}s"


def who_signs(steps: Iterable[ReviewStep]) -> str:
    """Return in words who signs and after whom; "and" joins those who sign side by side."""
    places = groupby(in_order(steps), key=lambda step: step.place)
    told = ", then ".join(" and ".join(asks_for(step) for step in beside) for _, beside in places)
    return told[:1] + told[1:].lower()


def how_often(months: int) -> str:
    """Return in words how often a text is reviewed."""
    return "every month" if months == 1 else f"every {months} months"


def stored_steps(stored: list[dict[str, Any]]) -> str:
    """Return in words the steps that an event holds."""
    return who_signs(read(stored))


def stored_policy(stored: Mapping[str, Any]) -> str:
    """Return in words what an event says that a document says for itself: who signs, and how often it is reviewed."""
    signers = stored_steps(stored["steps"]) if stored["steps"] else f"Who signs: {AS_ITS_KIND}"
    interval = how_often(stored["months"]) if stored["months"] else AS_ITS_KIND
    return f"{signers}. Reviewed {interval}."
