"""Plain factories of documents: every one goes through the actions, as in life.

The texts are about nothing: no test content can be taken for a statement about a disease.
"""

from datetime import datetime, timedelta
from typing import Any

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.unseen import without_unseen
from tests.cast import NOW, Cast

STEP = timedelta(hours=1)
PROVEN = actions.Said(signed_with="password")
"""What somebody says who signs as the desk would have it, and leaves the checklist open."""
_ANY = "".join(map(chr, (*range(0x10000), *range(0xE0000, 0xE0080))))
UNSEEN = "".join(sorted(set(_ANY) - set(without_unseen(_ANY))))
"""Characters that nobody sees, which no text may hold."""


def reference_content(key: str = "sample2001", **fields: Any) -> dict[str, Any]:
    """Return the content of a made-up source that says so."""
    return {
        "key": key,
        "type": "article-journal",
        "author": [{"family": "Sample", "given": "A. B."}],
        "title": f"A made-up source for tests, {key}",
        "container_title": "Journal of Test Fixtures",
        "container_title_short": "J Test Fixt",
        "issued": "2001-04",
        "volume": "7",
        "issue": "2",
        "page": "10-2",
        **fields,
    }


def term_content(slug: str = "sample-term", **fields: Any) -> dict[str, Any]:
    """Return the content of a made-up term."""
    return {"term": slug.replace("-", " ").capitalize(), "slug": slug, "definition": "A word for tests.", **fields}


def faq_content(slug: str = "is-this-a-test", **fields: Any) -> dict[str, Any]:
    """Return the content of a question about nothing."""
    question = slug.replace("-", " ").capitalize() + "?"
    return {"question": question, "slug": slug, "answer": "Yes, this answer is made up for tests.", **fields}


def article_content(slug: str = "sample-article", **fields: Any) -> dict[str, Any]:
    """Return the content of an article about nothing, which cites sample2001."""
    return {
        "title": slug.replace("-", " ").capitalize(),
        "slug": slug,
        "summary": "A page made up for tests.",
        "quick_answer": "A short answer made up for tests.",
        "body": "## First part\n\nA sentence made up for tests [@sample2001].",
        "user_need": "As a test, I need a page, so that I can pass.",
        "audience": "families",
        **fields,
    }


CONTENTS = {"article": article_content, "faq": faq_content, "term": term_content, "reference": reference_content}


def draft(cast: Cast, kind: str = "reference", *, at: datetime = NOW, **fields: Any) -> Edition:
    """Return a new document's first edition, a draft by the editor."""
    return actions.start(kind, CONTENTS[kind](**fields), by=cast.editor, at=at)


def in_review(cast: Cast, kind: str = "reference", *, at: datetime = NOW, **fields: Any) -> Edition:
    """Return an edition that waits for a reviewer; an article's source is live already."""
    if kind == "article":
        _live_source(cast, at=at)
    edition = draft(cast, kind, at=at, **fields)
    return submitted(cast, edition, at=at + STEP)


def approved(cast: Cast, kind: str = "reference", *, at: datetime = NOW, **fields: Any) -> Edition:
    """Return an edition that the reviewer has approved."""
    return signed(cast, in_review(cast, kind, at=at, **fields), at=at + 2 * STEP)


def published(cast: Cast, kind: str = "reference", *, at: datetime = NOW, **fields: Any) -> Edition:
    """Return a live edition."""
    return made_live(cast, approved(cast, kind, at=at, **fields), at=at + 3 * STEP)


def submitted(cast: Cast, edition: Edition, *, at: datetime) -> Edition:
    """Submit the edition's current text as the editor and return the edition as it is then."""
    actions.submit(edition, by=cast.editor, at=at, seen=edition.text.digest)
    return fresh(edition)


def signed(cast: Cast, edition: Edition, *, at: datetime) -> Edition:
    """Approve the edition's current text as the reviewer and return the edition as it is then."""
    actions.approve(edition, by=cast.reviewer, at=at, seen=edition.text.digest, said=yes_to_all(edition))
    return fresh(edition)


def all_true(edition: Edition) -> list[tuple[str, bool]]:
    """Return the checklist of the edition's kind with every statement answered with yes."""
    return [(statement, True) for statement in kind_named(edition.document.kind).checklist]


def yes_to_all(edition: Edition) -> actions.Said:
    """Return what a reviewer says who approves without a comment, signed as the desk would have it."""
    return actions.Said(checklist=all_true(edition), signed_with="password")


def changes_requested(by: User, edition: Edition, *, at: datetime, comment: str = "Say it shorter.") -> Edition:
    """Send the edition's current text back as this person and return the edition as it is then."""
    actions.request_changes(edition, by=by, at=at, seen=edition.text.digest, comment=comment, said=PROVEN)
    return fresh(edition)


def made_live(cast: Cast, edition: Edition, *, at: datetime) -> Edition:
    """Publish the edition's current text as the publisher and return the edition as it is then."""
    actions.publish(edition, by=cast.publisher, at=at, seen=edition.text.digest)
    return fresh(edition)


def next_edition(cast: Cast, document: Document, *, at: datetime, **changes: Any) -> Edition:
    """Return a new edition of a live document with these fields changed by the editor."""
    edition = actions.open_edition(document, by=cast.editor, at=at)
    content = {**edition.text.fields, **changes}
    return actions.save(edition, content, by=cast.editor, at=at, seen=edition.text.digest).edition


def path_of(document: Document) -> str:
    """Return its public path."""
    return kind_named(document.kind).path(document.address)


def fresh(edition: Edition) -> Edition:
    """Return the edition as the database holds it now."""
    return Edition.objects.select_related("document", "head").get(pk=edition.pk)


def _live_source(cast: Cast, *, at: datetime) -> None:
    if not Document.objects.live().addressed("reference", ["sample2001"]).exists():
        published(cast, "reference", at=at - 6 * STEP)
