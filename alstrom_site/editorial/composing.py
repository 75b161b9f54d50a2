"""What all public pages share: who wrote and signed a text and when it is due again, links, and what machines read."""

import json
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from alstrom_site.editorial.kinds import LiveDocument, PublicChange, all_kinds, kind_named
from alstrom_site.editorial.medical_review import signed_by_no_clinician
from alstrom_site.editorial.models import Review, Verdict
from alstrom_site.editorial.models.edition import EditionQuerySet
from alstrom_site.folding import fold
from alstrom_site.page_parts import (
    About,
    HistoryEntry,
    Link,
    Marks,
    Notices,
    Origin,
    Page,
    Pending,
    Reviewer,
    ShownDate,
    Withdrawal,
)
from alstrom_site.partial_dates import PartialDate

_UNSAFE_IN_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

MakePage = Callable[[Notices, About], Page]


def shown_day(moment: datetime | date) -> ShownDate:
    """Return a day for the reader; of a moment, the day in UTC."""
    day = moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment
    return ShownDate.of(PartialDate.parse(day.isoformat()))


def shown_partial(text: str) -> ShownDate | None:
    """Return a date as precise as it was written, or None for an empty one."""
    return ShownDate.of(PartialDate.parse(text)) if text else None


def marks_on(day: date, card: Mapping[str, Any], due_on: date) -> Marks:
    """Return what lists say on a day of a page that a reader should not rely on unwarned.

    From its card and the day by which it is to be reviewed again. Of a withdrawn one nothing more is said: nobody is to
    look at it again.
    """
    if card.get("withdrawn"):
        return Marks(withdrawn=shown_partial(card["withdrawn"]))
    # A page that an earlier release made does not say whether its review is pending.
    return Marks(pending=card.get("pending", False), overdue_since=shown_day(due_on) if due_on < day else None)


def bodies(template: str, live: LiveDocument, make: MakePage, *, origin: Origin | None = None) -> tuple[bytes, bytes]:
    """Return the page's bytes in UTF-8, as served until its review is due and as served after that."""
    return (
        _rendered(template, make(_notices(live, overdue=False), _about(live, origin, overdue=False))),
        _rendered(template, make(_notices(live, overdue=True), _about(live, origin, overdue=True))),
    )


def absolute(path: str) -> str:
    """Return the full address of a path of this site."""
    return f"{settings.SITE_URL}{href(path)}"


def href(path: str) -> str:
    """Return a path as it stands in a link: the key of a reference may hold "?", "#" or "%"."""
    return quote(path, safe="/:~+$&")


def linked(editions: EditionQuerySet) -> dict[int, Link]:
    """Return links to the pages of these live editions by document id, in the order of kinds, titles and paths.

    Where two have one title, each says what kind of page it is.
    """
    found = [(edition, kind_named(edition.document.kind)) for edition in editions.select_related("document", "head")]
    titles = {edition.document_id: kind.title(edition.text.fields) for edition, kind in found}
    alike = Counter(titles.values())
    order = [kind.name for kind in all_kinds()]
    rows = []
    for edition, kind in found:
        title, path = titles[edition.document_id], kind.path(edition.document.address)
        withdrawn = shown_day(edition.withdrawn_at) if edition.withdrawn_at else None
        link = Link(title, href(path), kind.label.capitalize() if alike[title] > 1 else "", withdrawn)
        rows.append((order.index(kind.name), fold(title), path, edition.document_id, link))
    return {row[3]: row[4] for row in sorted(rows, key=lambda row: row[:3])}


def shortened(text: str, length: int) -> str:
    """Return the text on one line, cut between words when it is longer than `length`."""
    short = textwrap.shorten(text, length, placeholder=" …")
    return short if len(short) > len(" …") or not text.strip() else f"{text.strip()[: length - 1]}…"


def structured_data(value: Mapping[str, Any]) -> SafeString:
    """Return JSON-LD in which nothing can end the script element that it stands in; empty values are left out."""
    text = json.dumps(_filled(value), ensure_ascii=False)
    return SafeString(text.translate(_UNSAFE_IN_SCRIPT))


def _filled(value: Any) -> Any:
    if isinstance(value, list):
        return [_filled(item) for item in value]
    if isinstance(value, Mapping):
        filled = {name: _filled(item) for name, item in value.items()}
        return {name: item for name, item in filled.items() if item}
    return value


def _rendered(template: str, page: Page) -> bytes:
    return render_to_string(template, {"page": page}).encode("utf-8")


def _due(live: LiveDocument) -> date:
    if live.document.review_due_on is None:
        raise LookupError(f"{live.document} is live without a review date.")
    return live.document.review_due_on


def _notices(live: LiveDocument, *, overdue: bool) -> Notices:
    """A withdrawn page is not said to be late, or to wait for its review, as well: nobody is to look at it again."""
    edition = live.edition
    withdrawn, pending = edition.withdrawn_at, edition.review_is_pending
    unsigned = signed_by_no_clinician(live.approvals)
    return Notices(
        demonstration=unsigned,
        demonstration_within=live.is_demonstration and not unsigned,
        withdrawn=Withdrawal(shown_day(withdrawn), edition.withdrawal_reason) if withdrawn else None,
        overdue_since=shown_day(_due(live)) if overdue and not withdrawn else None,
        pending=Pending(shown_day(_published(live)), edition.emergency_reason) if pending and not withdrawn else None,
    )


def _published(live: LiveDocument) -> datetime:
    if live.edition.published_at is None:
        raise LookupError(f"{live.document} is live without the time of its publication.")
    return live.edition.published_at


def _about(live: LiveDocument, origin: Origin | None, *, overdue: bool) -> About:
    document, withdrawn = live.document, live.edition.withdrawn_at is not None
    return About(
        last_reviewed=shown_day(live.reviewed_at) if live.reviewed_at else None,
        review_pending=live.edition.review_is_pending,
        shows_others=bool(live.carried),
        next_review_due=None if withdrawn else shown_day(_due(live)),
        overdue=overdue and not withdrawn,
        first_published=shown_day(document.first_published_at) if document.first_published_at else None,
        last_updated=shown_day(document.last_updated_at) if document.last_updated_at else None,
        authors=live.authors,
        reviewers=tuple(_reviewer(review) for review in live.approvals),
        edition=live.edition.number,
        digest=live.revision.digest,
        origin=origin,
        audience=live.content.get("audience", ""),
        history=tuple(_entry(change) for change in reversed(live.history)),
    )


def _entry(change: PublicChange) -> HistoryEntry:
    return HistoryEntry(
        title=change.what.capitalize(),
        on=shown_day(change.at),
        edition=change.edition,
        note=change.note,
        emergency=change.emergency,
        reviewed=shown_day(change.reviewed_at) if change.reviewed_at else None,
    )


def _reviewer(review: Review) -> Reviewer:
    declared = review.interests_declared_on
    return Reviewer(
        name=review.reviewer_name,
        role=review.role.capitalize(),
        professional_title=review.professional_title,
        credentials=review.credentials,
        affiliation=review.affiliation,
        orcid=review.orcid,
        interests=review.interests,
        interests_declared=shown_day(declared) if declared else None,
        signed=shown_day(review.at),
        demonstration=review.is_demonstration,
        again=review.verdict == Verdict.REAFFIRM,
    )
