"""What a document's page shows of a schedule that stands or failed, and of a review that is pending."""

from datetime import datetime

from alstrom_site.editorial import policies, requirements
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.causes import causes_of
from alstrom_site.editorial.admin.forewarning import is_too_late
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.workflow import APPROVE_AFTERWARDS, PUBLISH, SCHEDULE, Status


def schedule(visit: Visit, at: datetime) -> Panel | None:
    """Return the schedule of the edition that the page is about, or why it failed; None when there is none."""
    edition = visit.edition
    if edition.state not in (Status.SCHEDULED, Status.FAILED_TO_PUBLISH):
        return None
    failed = edition.state is Status.FAILED_TO_PUBLISH
    missing = requirements.missing(PUBLISH, edition) if failed else []
    content = {
        "edition": edition,
        "failed": failed,
        "failure": "" if any(issue.message in edition.failure for issue in missing) else edition.failure,
        "missing": causes_of(missing, edition, visit.person, page="standing"),
        "is_too_late": is_too_late(edition, at),
        "is_late": edition.state is Status.SCHEDULED and edition.publish_at is not None and edition.publish_at < at,
        "may_change": policies.refusal(SCHEDULE, edition, visit.person) is None,
        "url": edition_url(edition, "schedule"),
    }
    return Panel("schedule_panel", content, is_alarm=failed)


def emergency(visit: Visit, at: datetime) -> Panel | None:
    """Return that the review of the live text is pending, or None when it is not, or the text was withdrawn."""
    live = visit.document.live_edition
    if live is None or not live.review_is_pending or live.withdrawn_at is not None:
        return None
    live.document = visit.document
    is_mine = policies.refusal(APPROVE_AFTERWARDS, live, visit.person) is None
    content = {"edition": live, "transition": APPROVE_AFTERWARDS, "is_mine": is_mine}
    return Panel("emergency_panel", content, is_alarm=True)
