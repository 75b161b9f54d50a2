"""The texts, requests and proposals of a record as its page prints them, made from what the JSON says of them."""

from datetime import date, datetime
from typing import Any

from alstrom_site.editorial.admin.addresses import changed_url, part_url
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.comparison import Comparison, compare
from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.models import Answer

Entries = list[dict[str, Any]]


def parts_of(visit: Visit, record: dict[str, Any]) -> dict[str, Entries]:
    """Return the entries of `record` with their moments as such and their words, as far as it has them. No queries."""
    return {
        "texts": _texts(visit, record["texts"]),
        "requests": [_request(each) for each in record["requests"]],
        "proposals": [
            {**each, "at": _moment(each["at"]), "decided_at": _moment(each["decided_at"])}
            for each in record["proposals"]
        ],
    }


def _texts(visit: Visit, saved: Entries) -> Entries:
    contents = {each["digest"]: each["content"] for each in saved if "content" in each}
    return [
        {
            **each,
            "created_at": _moment(each["created_at"]),
            **({"comparison": compared(visit, contents.get(each["parent"]), each["content"])} if contents else {}),
            "prefix": f"text-{each['id']}",
            "url": part_url(visit.document, "text", each["id"]),
            "change_url": changed_url(visit.document, each["parent_id"], each["id"]),
        }
        for each in saved
    ]


def compared(visit: Visit, before: Content | None, content: Content) -> Comparison:
    """Return what a text changed of the one before it; all of it where it is the first one."""
    return compare(before, content, visit.kind.fields)


def _request(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        **asked,
        "asked_at": _moment(asked["asked_at"]),
        "due_on": date.fromisoformat(asked["due_on"]),
        "answered_at": _moment(asked["answered_at"]),
        "answer": "Not answered" if asked["answer"] == Answer.WAITING else Answer(asked["answer"]).label,
    }


def _moment(recorded: str) -> datetime | None:
    return datetime.fromisoformat(recorded) if recorded else None
