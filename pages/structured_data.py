"""What search engines read of a page: JSON-LD in the words of schema.org.

It claims no more than the page itself: while only demonstration accounts have signed, there is no reviewer and no
date of review in it. Nor are there while a review is pending, or of a page that was withdrawn or carries a withdrawn
answer. What a withdrawn page says is not in it either.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from alstrom_site.editorial.composing import absolute, shown_day, structured_data
from alstrom_site.editorial.kinds import LiveDocument, kind_named
from alstrom_site.editorial.medical_review import medical_review
from alstrom_site.editorial.models import Review
from alstrom_site.page_parts import CitedReference

# https://schema.org/MedicalAudience and https://schema.org/PeopleAudience
_AUDIENCES = {
    "families": {"@type": "PeopleAudience", "audienceType": "Patients and families"},
    "professionals": {"@type": "MedicalAudience", "audienceType": "Clinician"},
}


def medical_page(live: LiveDocument, sources: Sequence[CitedReference], *, reliable: bool) -> SafeString:
    """Return the data of an article: a MedicalWebPage about the condition; `reliable` is what it carries of others."""
    content = live.content
    return structured_data(
        {
            **_web_page(live, "MedicalWebPage", reliable=reliable),
            "description": _unless_withdrawn(live, content["summary"]),
            "about": _condition(content["alternate_names"], content["codes"]),
            "audience": _AUDIENCES[content["audience"]],
            "citation": [_citation(source) for source in sources],
        }
    )


def question_page(live: LiveDocument, answer: str, sources: Sequence[CitedReference]) -> SafeString:
    """Return the data of a question: a FAQPage with the one question and its answer as plain text."""
    return structured_data(
        {
            **_web_page(live, "FAQPage"),
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": live.content["question"],
                    "acceptedAnswer": _unless_withdrawn(live, {"@type": "Answer", "text": answer}),
                }
            ],
            "citation": [_citation(source) for source in sources],
        }
    )


def defined_term(live: LiveDocument, definition: str) -> SafeString:
    """Return the data of a glossary term: a DefinedTerm on a page of its own."""
    glossary = {"@type": "DefinedTermSet", "name": f"{settings.SITE_NAME}: glossary", "url": absolute("/glossary/")}
    return structured_data(
        {
            **_web_page(live, "WebPage"),
            "mainEntity": {
                "@type": "DefinedTerm",
                "name": live.content["term"],
                "alternateName": live.content["alternate_names"],
                "description": _unless_withdrawn(live, definition),
                "inDefinedTermSet": glossary,
            },
        }
    )


def _web_page(live: LiveDocument, schema_type: str, *, reliable: bool = True) -> dict[str, Any]:
    kind = kind_named(live.document.kind)
    url = absolute(kind.path(kind.address(live.content)))
    withdrawn = live.edition.withdrawn_at
    unsure = live.is_demonstration or live.awaits_review or withdrawn is not None or not reliable
    return {
        "@context": "https://schema.org",
        "@type": schema_type,
        "@id": url,
        "url": url,
        "name": kind.title(live.content),
        "inLanguage": "en-GB",
        "datePublished": _day(live.document.first_published_at),
        "dateModified": _day(live.document.last_updated_at),
        "author": [{"@type": "Person", "name": name} for name in live.authors],
        **({} if unsure else _reviewed(live)),
        "creativeWorkStatus": "Withdrawn" if withdrawn else "",
        "expires": _day(withdrawn),
        "isPartOf": {"@type": "WebSite", "name": settings.SITE_NAME, "url": absolute("/")},
    }


def _unless_withdrawn(live: LiveDocument, said: Any) -> Any:
    """Machines show it as an answer by itself, where no notice stands beside it."""
    return None if live.edition.withdrawn_at else said


def _reviewed(live: LiveDocument) -> dict[str, Any]:
    return {
        "lastReviewed": _day(live.reviewed_at),
        "reviewedBy": [_person(review) for review in medical_review(live.approvals)],
    }


def _person(review: Review) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": review.reviewer_name,
        "jobTitle": review.professional_title,
        "honorificSuffix": review.credentials,
        "affiliation": {"@type": "Organization", "name": review.affiliation} if review.affiliation else {},
        "sameAs": f"https://orcid.org/{review.orcid}" if review.orcid else "",
    }


def _condition(names: Sequence[str], codes: Sequence[dict[str, str]]) -> dict[str, Any]:
    return {
        "@type": "MedicalCondition",
        "name": settings.SITE_NAME,
        "alternateName": list(names),
        "code": [{"@type": "MedicalCode", "codingSystem": row["system"], "codeValue": row["code"]} for row in codes],
    }


def _citation(source: CitedReference) -> dict[str, Any]:
    return {
        "@type": "CreativeWork",
        "name": source.citation,
        "url": f"{settings.SITE_URL}{source.url}",
        "sameAs": [identifier.url for identifier in source.identifiers],
        "creativeWorkStatus": [each.words for each in source.happened],
    }


def _day(moment: datetime | None) -> str:
    return shown_day(moment).machine if moment else ""
