"""What a document's page shows of a schedule that stands or failed, and of a review that is pending."""

from dataclasses import dataclass
from datetime import datetime

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies, requirements
from alstrom_site.editorial.addresses import standing_at
from alstrom_site.editorial.admin.addresses import document_url, edition_url
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import (
    APPROVE_AFTERWARDS,
    BRING_UP_TO_DATE,
    PUBLISH,
    SCHEDULE,
    TAKE_BACK,
    Issue,
    Status,
)


@dataclass(frozen=True)
class ToMend:
    """What keeps a text from going live at any time, and where this person mends it; "" where they cannot."""

    issue: Issue
    url: str = ""
    words: str = ""


def schedule(visit: Visit, at: datetime) -> Panel | None:
    """Return the schedule of the edition that the page is about, or why it failed; None when there is none."""
    edition = visit.edition
    if edition.state not in (Status.SCHEDULED, Status.FAILED_TO_PUBLISH):
        return None
    failed = edition.state is Status.FAILED_TO_PUBLISH
    missing = _to_mend(edition, visit.person) if failed else []
    content = {
        "edition": edition,
        "failed": failed,
        "failure": "" if any(each.issue.message in edition.failure for each in missing) else edition.failure,
        "missing": missing,
        "is_late": edition.state is Status.SCHEDULED and edition.publish_at is not None and edition.publish_at < at,
        "may_change": policies.refusal(SCHEDULE, edition, visit.person) is None,
        "url": edition_url(edition, "schedule"),
    }
    return Panel("schedule_panel", content, is_alarm=failed)


def _to_mend(edition: Edition, person: User) -> list[ToMend]:
    may_change = policies.refusal(TAKE_BACK, edition, person) is None
    may_catch_up = policies.refusal(BRING_UP_TO_DATE, edition, person) is None

    def mended(issue: Issue) -> ToMend:
        if issue.code == "must-fix":
            return ToMend(issue, "#comments", "Go to the comments")
        if issue.code == "behind" and may_catch_up:
            return ToMend(issue, edition_url(edition, "up-to-date"), BRING_UP_TO_DATE.label)
        if issue.elsewhere:
            return ToMend(issue, _page_of(*issue.elsewhere), "Go to its page")
        if issue.field and may_change:
            return ToMend(issue, f"{edition_url(edition, 'change')}#id_{issue.field}", "Go to the field")
        return ToMend(issue)

    return [mended(issue) for issue in requirements.missing(PUBLISH, edition)]


def _page_of(kind: str, address: str) -> str:
    document = Document.objects.filter(pk__in=standing_at(kind, [address])).first()
    return document_url(document) if document else ""


def emergency(visit: Visit, at: datetime) -> Panel | None:
    """Return that the review of the live text is pending, or None when it is not, or the text was withdrawn."""
    live = visit.document.live_edition
    if live is None or not live.review_is_pending or live.withdrawn_at is not None:
        return None
    live.document = visit.document
    is_mine = policies.refusal(APPROVE_AFTERWARDS, live, visit.person) is None
    content = {"edition": live, "transition": APPROVE_AFTERWARDS, "is_mine": is_mine}
    return Panel("emergency_panel", content, is_alarm=True)
