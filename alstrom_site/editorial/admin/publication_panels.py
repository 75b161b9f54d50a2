"""What a document's page shows of a schedule that stands or failed, and of a review that is pending."""

from datetime import datetime

from alstrom_site.editorial import policies
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.workflow import APPROVE_AFTERWARDS, SCHEDULE, Status


def schedule(visit: Visit, at: datetime) -> Panel | None:
    """Return the schedule of the edition that the page is about, or why it failed; None when there is none."""
    edition = visit.edition
    if edition.state not in (Status.SCHEDULED, Status.FAILED_TO_PUBLISH):
        return None
    content = {
        "edition": edition,
        "failed": edition.state is Status.FAILED_TO_PUBLISH,
        "is_late": edition.state is Status.SCHEDULED and edition.publish_at is not None and edition.publish_at < at,
        "may_change": policies.refusal(SCHEDULE, edition, visit.person) is None,
        "url": edition_url(edition, "schedule"),
    }
    return Panel("schedule_panel", content, is_alarm=edition.state is Status.FAILED_TO_PUBLISH)


def emergency(visit: Visit, at: datetime) -> Panel | None:
    """Return that the review of the live text is pending, or None when it is not."""
    live = visit.document.live_edition
    if live is None or not live.review_is_pending:
        return None
    live.document = visit.document
    is_mine = policies.refusal(APPROVE_AFTERWARDS, live, visit.person) is None
    content = {"edition": live, "transition": APPROVE_AFTERWARDS, "is_mine": is_mine}
    return Panel("emergency_panel", content, is_alarm=True)
