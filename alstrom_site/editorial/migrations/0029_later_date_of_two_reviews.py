import calendar
from datetime import UTC, date, datetime, time, timedelta

from django.db import migrations

# As the kinds and the rules had it when this was written.
MONTHS = {"article": 12, "faq": 12, "term": 24, "reference": 36}
WHOLE_TEXT = ("approve", "reaffirm")
NEAR = timedelta(days=31)


def take_dates_anew(apps, schema_editor):
    """Set the next review of live documents anew that a later review had brought forward, and mark their pages."""
    documents = apps.get_model("editorial", "Document").objects.filter(live_edition__isnull=False)
    touched = []
    for document in documents.select_related("live_edition").order_by("pk"):
        reviews = _reviews(apps, document.live_edition)
        if len(reviews) < 2:
            continue
        due_on = max(_due(apps, document, each) for each in reviews)
        if due_on != document.review_due_on:
            document.review_due_on = due_on
            document.save(update_fields=["review_due_on"])
            touched.append(document.pk)
    if touched:
        apps.get_model("editorial", "PublishedPage").objects.filter(made_from__overlap=touched).update(is_stale=True)
    # The triggers that wait for the end of the transaction run at once, so that the next migration may alter the table.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _reviews(apps, live):
    """The medical reviews of the live text within a month of the newest; none of what nobody has approved."""
    if live.emergency_reason and live.approved_afterwards_at is None:
        return []
    signed = apps.get_model("editorial", "Review").objects.filter(
        edition=live, verdict__in=WHOLE_TEXT, round=live.round, revision=live.head_id, role="medical reviewer"
    )
    medical = list(signed.order_by("at", "pk"))
    reviews = [each for each in medical if not each.is_demonstration] or medical
    return [each for each in reviews if reviews[-1].at - each.at <= NEAR]


def _due(apps, document, review):
    """As `due_dates` has it: the months of the policy on, some days earlier when many were reviewed that day before."""
    day = review.at.astimezone(UTC).date()
    begin = datetime.combine(day, time.min, tzinfo=UTC)
    same_day = apps.get_model("editorial", "Review").objects.filter(
        verdict__in=WHOLE_TEXT, at__gte=begin, at__lt=begin + timedelta(days=1), event__isnull=False
    )
    place = (
        apps.get_model("editorial", "Event").objects.filter(review=review).values_list("position", flat=True).first()
    )
    before = same_day.exclude(edition__document=document.pk).filter(event__position__lt=place)
    months = document.review_months or MONTHS[document.kind]
    days = min(before.values("edition__document").distinct().count() // 4, 28)
    return max(_months_later(day, months) - timedelta(days=days), day)


def _months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Migration(migrations.Migration):
    """A review never brings the next one forward: a text reviewed again soon had been due earlier, by the spreading.

    Pages whose date moves are marked to be made anew, with those that show them, and say so until they are.
    """

    dependencies = [("editorial", "0028_one_step_of_one_text")]

    operations = [migrations.RunPython(take_dates_anew, migrations.RunPython.noop)]
