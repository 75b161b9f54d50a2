"""Answers that an article carries: where they stand among its texts, and how the desk shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from alstrom_site.editorial.composing import shown_day
from alstrom_site.editorial.medical_review import reviewed_at, signed_by_no_clinician
from alstrom_site.editorial.models import Edition, Review
from alstrom_site.editorial.texts import Text, approvals_of
from pages.kinds.in_sentences import keys_of
from pages.kinds.written import Part


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as reviewers of its article read it: as readers would get it now, and whose review it has had."""

    title: str
    document_id: int
    html: SafeString
    standing: str
    is_doubtful: bool
    """Whether the standing is something to mind: no review that holds, or no reader sees it."""


def answer_field(slug: str) -> str:
    """Return under which name the answer of a question stands among the texts of an article."""
    return f"answer {slug}"


def answer_parts(questions: Mapping[str, Text]) -> list[Part]:
    """Return the answers as texts of the article's page."""
    return [
        Part(answer_field(slug), text.content["answer"], 4, keys_of(text.content)) for slug, text in questions.items()
    ]


def shown_answers(questions: Mapping[str, Text], html: Mapping[str, SafeString]) -> dict[str, ShownAnswer]:
    """Return each answer by the address of its question; `html` holds them rendered. One query, where there are any."""
    if not questions:
        return {}
    editions = Edition.objects.live().filter(document__in=[text.document_id for text in questions.values()])
    signed = approvals_of(editions)
    return {
        slug: _shown(text, html[answer_field(slug)], signed.get(text.document_id, ()))
        for slug, text in questions.items()
    }


def _shown(text: Text, html: SafeString, signed: tuple[Review, ...]) -> ShownAnswer:
    doubt, reviewed = _doubt(text, signed), reviewed_at(signed)
    standing = f"Reviewed as a text of its own, last on {shown_day(reviewed).text}" if reviewed and not doubt else doubt
    return ShownAnswer(text.title, text.document_id, html, standing, is_doubtful=bool(doubt))


def _doubt(text: Text, signed: tuple[Review, ...]) -> str:
    if text.is_draft:
        return "Draft only: readers cannot see this answer yet, and it is reviewed on its own page"
    if text.withdrawn_at is not None:
        return f"Withdrawn on {shown_day(text.withdrawn_at).text}: readers are told not to rely on it"
    if not signed:
        return "Its own review is pending"
    return "No clinician has reviewed it" if signed_by_no_clinician(signed) else ""
