"""The whole record of one document, as plain values: what the record page prints and gives as JSON."""

from typing import Any

from django.db.models import Model

from alstrom_site.editorial.canonical import canonical_json, moment_in_utc, sha256
from alstrom_site.editorial.models import Comment, Document, Edition, Event, Proposal, Review, ReviewRequest, Revision
from alstrom_site.editorial.verification.moment import one_moment
from alstrom_site.editorial.verification.one_document import faults_of


def record_of(document: Document, *, with_contents: bool = True) -> dict[str, Any]:
    """Return every edition, text, review, request, comment, proposal and event, each in the order it came about.

    Moments are ISO 8601 in UTC. `check` lists the faults found while reading; empty when the record is whole. All of it
    is as it was at one moment. A fixed number of queries. Without contents a text is who saved it when, and its digest.
    """
    with one_moment():
        return _record(Document.objects.select_related("owner").get(pk=document.pk), with_contents)


def _record(document: Document, with_contents: bool) -> dict[str, Any]:
    mine = {"edition__document": document}
    return {
        "document": _document(document),
        "check": [str(fault) for fault in faults_of(document)],
        "editions": [_edition(each) for each in document.editions.order_by("number")],
        "texts": _texts(mine, with_contents),
        "reviews": [_review(each) for each in _of(Review, mine, "at", "pk")],
        "requests": [_request(each) for each in _of(ReviewRequest, mine, "asked_at", "pk")],
        "comments": [_comment(each) for each in _of(Comment, mine, "at", "pk")],
        "proposals": [_proposal(each) for each in _of(Proposal, mine, "at", "pk")],
        "events": [event_entry(each) for each in Event.objects.filter(document=document).order_by("position")],
    }


def event_entry(event: Event) -> dict[str, Any]:
    """Return an event: all that its digest is taken over, and the digest."""
    return {**event.as_chained(), "digest": event.digest}


_BESIDE: dict[type[Model], tuple[str, ...]] = {
    Revision: ("edition", "parent"),
    Review: (),
    ReviewRequest: ("edition", "reviewer", "asked_by"),
    Comment: ("resolved_by", "link__made_by"),
    Proposal: ("edition", "into", "by", "decided_by"),
}


def _of(model: type[Any], mine: dict[str, Any], *order: str) -> Any:
    return model.objects.filter(**mine).select_related(*_BESIDE[model]).order_by(*order)


def _moment(value: Any) -> str:
    return moment_in_utc(value) if value else ""


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.pk,
        "kind": document.kind,
        "address": document.address,
        "title": document.title,
        "owner": str(document.owner),
        "first_published_at": _moment(document.first_published_at),
        "last_published_at": _moment(document.last_published_at),
        "last_updated_at": _moment(document.last_updated_at),
        "last_reviewed_at": _moment(document.last_reviewed_at),
        "review_due_on": document.review_due_on.isoformat() if document.review_due_on else "",
    }


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "number": edition.number,
        "status": edition.status,
        "round": edition.round,
        "is_urgent": edition.is_urgent,
        "policy": edition.policy,
        "change": edition.change,
        "change_note": edition.change_note,
        "submitted_at": _moment(edition.submitted_at),
        "approved_at": _moment(edition.approved_at),
        "published_at": _moment(edition.published_at),
        "emergency_reason": edition.emergency_reason,
        "approved_afterwards_at": _moment(edition.approved_afterwards_at),
        "withdrawn_at": _moment(edition.withdrawn_at),
        "withdrawal_reason": edition.withdrawal_reason,
        "ended_at": _moment(edition.ended_at),
    }


def _texts(mine: dict[str, Any], with_contents: bool) -> list[dict[str, Any]]:
    rows = _of(Revision, mine, "edition__number", "number").defer("parent__content")
    if not with_contents:
        return [_text(each) for each in rows.defer("content", "parent__content")]
    return [{**_text(each), "content": each.fields} for each in rows]


def _text(revision: Revision) -> dict[str, Any]:
    return {
        "id": revision.pk,
        "edition": revision.edition.number,
        "number": revision.number,
        "parent": revision.parent.digest if revision.parent else "",
        "parent_id": revision.parent_id,
        "author": revision.author_name,
        "created_at": _moment(revision.created_at),
        "digest": revision.digest,
    }


def _review(review: Review) -> dict[str, Any]:
    return {"id": review.pk, **review.as_signed(), "digest": sha256(canonical_json(review.as_signed()))}


def _request(asked: ReviewRequest) -> dict[str, Any]:
    return {
        "edition": asked.edition.number,
        "round": asked.round,
        "step": asked.step,
        "reviewer": str(asked.reviewer),
        "asked_by": str(asked.asked_by),
        "was_claimed": asked.was_claimed,
        "asked_at": _moment(asked.asked_at),
        "due_on": asked.due_on.isoformat(),
        "answer": asked.answer,
        "answered_at": _moment(asked.answered_at),
        "reason": asked.reason,
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.pk,
        "answers": comment.answers_id,
        "text": comment.revision_id,
        "field": comment.field,
        "passage": comment.passage,
        "body": comment.body,
        "must_fix": comment.must_fix,
        "author": comment.author_name,
        "author_role": comment.author_role,
        "is_a_guest": comment.link_id is not None,
        "came_by": comment.came_by,
        "at": _moment(comment.at),
        "resolved_at": _moment(comment.resolved_at),
        "resolved_by": str(comment.resolved_by) if comment.resolved_by else "",
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "edition": proposal.edition.number,
        "verb": proposal.verb,
        "reason": proposal.reason,
        "moved_to": proposal.moved_to,
        "into": proposal.into.title if proposal.into else "",
        "by": str(proposal.by),
        "at": _moment(proposal.at),
        "decided_by": str(proposal.decided_by) if proposal.decided_by else "",
        "decided_at": _moment(proposal.decided_at),
        "was_taken": proposal.was_taken,
        "answer": proposal.answer,
    }
