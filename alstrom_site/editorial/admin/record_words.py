"""What the details of events say, in words, for the record page; the JSON has them exactly as they were recorded."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.policy_words import stored_policy, stored_steps
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Comment, Document, Flag, Proposal, Reason, Revision, SharedLink

Details = Mapping[str, Any]
WORDS_OF_A_COMMENT = 8


@dataclass(frozen=True)
class Numbered:
    """Rows that details name by their number in the database, and what to call one."""

    rows: Callable[[], QuerySet[Any]]
    words: Callable[[Any], str]


def moment(recorded: str) -> str:
    """Return a moment of ISO 8601 as the desk writes it."""
    return _at(datetime.fromisoformat(recorded))


def remark_in_words(author: str, body: str) -> str:
    """Return whose comment it is, and how it begins."""
    return f"{author}: “{Truncator(body).words(WORDS_OF_A_COMMENT)}”"


def _at(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M %Z}"


def _day(recorded: str) -> str:
    return f"{date.fromisoformat(recorded):%-d %B %Y}"


def _text(revision: Revision) -> str:
    return f"text {revision.number} of edition {revision.edition.number}, of {_at(revision.created_at)}"


def _proposal(proposal: Proposal) -> str:
    return f"to {proposal.verb}, by {proposal.by}, {_at(proposal.at)}"


def _link(link: SharedLink) -> str:
    return f"made {_at(link.made_at)}{f' for {link.guest_name}' if link.guest_name else ''}"


_TEXT = Numbered(lambda: Revision.objects.select_related("edition").defer("content"), _text)
_PERSON = Numbered(User.objects.all, str)
_DOCUMENT = Numbered(Document.objects.all, lambda document: document.title)
_FLAG = Numbered(Flag.objects.all, lambda flag: flag.get_reason_display())
_REMARK = Numbered(Comment.objects.all, lambda said: remark_in_words(said.author_name, said.body))
_LINK = Numbered(SharedLink.objects.all, _link)
NUMBERED: Mapping[str, Numbered] = {
    "based_on": _TEXT,
    "to_id": _PERSON,
    "asked_id": _PERSON,
    "reviewer_id": _PERSON,
    "asked_by_id": _PERSON,
    "no_longer_asked": _PERSON,
    "proposed_by_id": _PERSON,
    "about": _DOCUMENT,
    "into": _DOCUMENT,
    "gone": _DOCUMENT,
    "flag": _FLAG,
    "flags": _FLAG,
    "remark": _REMARK,
    "proposal": Numbered(lambda: Proposal.objects.select_related("by"), _proposal),
    "link": _LINK,
    "came_by": _LINK,
}
"""The details that are numbers of rows, each a number, a list of them, or None."""
SPOKEN: Mapping[str, Callable[[Any], str]] = {
    "publish_at": moment,
    "until": moment,
    "due_on": _day,
    "wanted_by": _day,
    "kind": lambda kind: kind_named(kind).label,
    "reason": lambda reason: dict(Reason.choices).get(reason, reason),
    "successor": "edition {}".format,
    "policy": stored_steps,
    "before": stored_policy,
    "now": stored_policy,
    "step": lambda step: f"{step} of the policy" if isinstance(step, int) else step,
}
LABELS = {
    "live": "digest of the live text",
    "page": "digest of the page",
    "text": "digest of the text",
    "words": "digest of the words",
    "remark": "comment",
    "guest": "name that the guest typed",
    "came_by": "came by the link",
    "news": "changes its standing",
    "despite": "despite these requests for changes",
    "two_people_for": "takes two people",
    "by_two_people": "took two people",
}
_UNSAID = {"review"}
_BESIDE = {"flag": "reason", "to_id": "to", "reviewer_id": "reviewer", "proposed_by_id": "proposed_by"}
"""What is left out where another detail says the same."""


def in_words(told: Sequence[Details]) -> list[dict[str, str]]:
    """Return the details of events by their labels. As many queries as there are sorts of rows that they name."""
    known = _names(told)
    notices = {each["id"]: shown(each) for details in told for each in details.get("noted", ())}
    return [
        {_label(name): _said(name, details[name], known, notices) for name in _worth_saying(details)}
        for details in told
    ]


def shown(value: Any) -> str:
    """Return a detail of an event in words, one line for each part."""
    if value in (None, "", []):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        said = {name: each for name, each in value.items() if name not in {"id", "again_id"} and each not in (None, "")}
        return ", ".join(f"{_plain(name)} {shown(each)}" for name, each in said.items())
    if isinstance(value, list):
        return "\n".join(" ".join(map(shown, each)) if isinstance(each, list) else shown(each) for each in value)
    return str(value)


def _worth_saying(details: Details) -> Iterator[str]:
    return (name for name in details if name not in _UNSAID and _BESIDE.get(name) not in details)


def _said(name: str, value: Any, known: Mapping[tuple[Numbered, int], str], notices: Mapping[int, str]) -> str:
    if name == "taken_back":
        return notices.get(value, f"notice {value}")
    if name in NUMBERED:
        return "\n".join(known.get((NUMBERED[name], each), f"number {each}") for each in _numbers(value)) or "none"
    return SPOKEN.get(name, shown)(value) if value else shown(value)


def _names(told: Iterable[Details]) -> dict[tuple[Numbered, int], str]:
    wanted: defaultdict[Numbered, set[int]] = defaultdict(set)
    for details in told:
        for name in NUMBERED.keys() & details.keys():
            wanted[NUMBERED[name]].update(_numbers(details[name]))
    found: Iterable[tuple[Numbered, dict[int, Model]]] = (
        (each, each.rows().in_bulk(ids)) for each, ids in wanted.items()
    )
    return {(each, pk): each.words(row) for each, rows in found for pk, row in rows.items()}


def _numbers(value: Any) -> list[int]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _label(name: str) -> str:
    return LABELS.get(name, _plain(name.removesuffix("_id")))


def _plain(name: str) -> str:
    return name.replace("_", " ")
