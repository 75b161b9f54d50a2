"""The jobs of the worker. They look at the clock and call; what is done stands in what they call."""

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from alstrom_site.editorial import actions, deferring, notifications, projection, reminders

EVERY_MINUTE = "* * * * *"
EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_MORNING = "0 5 * * *"
MONDAY_MORNING = "30 5 * * 1"
# After 8 seconds, one minute, 9 minutes, an hour and 9 hours: a mail server that is away for a night loses no mail.
PATIENT = RetryStrategy(max_attempts=5, exponential_wait=8)
SOON_AGAIN = RetryStrategy(max_attempts=5, wait=10, linear_wait=30)
URGENT = 10


@app.task(name=deferring.REFRESH_STALE_PAGES, retry=SOON_AGAIN)
def refresh_stale_pages() -> None:
    """Make the pages anew that show what has changed."""
    projection.refresh_stale()


@app.task(name=deferring.SEND_MAIL, retry=PATIENT)
def send_mail(person: int, subject: str, text: str) -> None:
    """Send one mail."""
    notifications.deliver(person, subject, text)


@app.periodic(cron=EVERY_MINUTE)
@app.task(name=deferring.PUBLISH_DUE, queueing_lock=deferring.PUBLISH_DUE, priority=URGENT)
def publish_due(timestamp: int) -> None:
    """Publish what is due, and make the pages anew that show it."""
    actions.publish_due(timezone.now(), clock=timezone.now)
    projection.refresh_stale()


@app.periodic(cron=EVERY_MORNING)
@app.task(name=deferring.SEND_REMINDERS, queueing_lock=deferring.SEND_REMINDERS)
def send_reminders(timestamp: int) -> None:
    """Remind people of what is due; a reminder that went out does not go out again."""
    reminders.send_due(at=timezone.now())


@app.periodic(cron=MONDAY_MORNING)
@app.task(name=deferring.SEND_DIGESTS, queueing_lock=deferring.SEND_DIGESTS)
def send_digests(timestamp: int) -> None:
    """Send each owner what of theirs is due."""
    reminders.send_digests(at=timezone.now())


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name=deferring.TAKE_UP_AGAIN, queueing_lock=deferring.TAKE_UP_AGAIN, pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Queue again what a worker that was killed left half done: every job is safe to run twice."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            # One like it waits already and does the same.
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
