import calendar
from datetime import UTC, date, datetime, time, timedelta

from django.db import migrations
from django.db.models import F, Q

# As the kinds and the rules had it when this was written.
MONTHS = {"article": 12, "faq": 12, "term": 24, "reference": 36}
WHOLE_TEXT = ("approve", "reaffirm")
LIVE = ("published", "withdrawn")


def take_dates_anew(apps, schema_editor):
    """Set the review dates of live documents anew that others than clinicians signed, and mark the pages to be made."""
    signed = apps.get_model("editorial", "Review").objects.filter(verdict__in=WHOLE_TEXT)
    others = signed.filter(~Q(role="medical reviewer") | Q(is_demonstration=True))
    live = apps.get_model("editorial", "Document").objects.filter(live_edition__isnull=False)
    documents = live.filter(pk__in=others.values("edition__document")).select_related("live_edition")
    touched = []
    for document in documents.order_by("pk"):
        touched.append(document.pk)
        last = _last_review(signed, document)
        if last is None:
            continue
        document.last_reviewed_at = last.at
        if not _is_pending(document.live_edition):
            document.review_due_on = _due(apps, document, last)
        document.save(update_fields=["last_reviewed_at", "review_due_on"])
    if touched:
        apps.get_model("editorial", "PublishedPage").objects.filter(made_from__overlap=touched).update(is_stale=True)
    # The triggers that wait for the end of the transaction run at once, so that the next migration may alter the table.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _is_pending(edition):
    return bool(edition.emergency_reason) and edition.approved_afterwards_at is None


def _last_review(signed, document):
    """The newest medical review of the live edition; of one that went out unreviewed, of the one before it."""
    live = document.live_edition
    signed = signed.filter(
        edition__document=document,
        edition__published_at__lte=live.published_at,
        round=F("edition__round"),
        revision=F("edition__head"),
    ).filter(Q(edition__emergency_reason="") | Q(edition__approved_afterwards_at__isnull=False))
    newest_first = signed.select_related("edition").order_by("-edition__published_at", "-edition_id", "at", "pk")
    of_one = [each for each in newest_first if each.edition_id == newest_first[0].edition_id]
    medical = [each for each in of_one if each.role == "medical reviewer"]
    reviews = [each for each in medical if not each.is_demonstration] or medical
    return reviews[-1] if reviews else None


def _due(apps, document, last):
    """As `due_dates` has it: the months of the policy on, some days earlier when many were reviewed that day before."""
    day = last.at.astimezone(UTC).date()
    begin = datetime.combine(day, time.min, tzinfo=UTC)
    same_day = apps.get_model("editorial", "Review").objects.filter(
        verdict__in=WHOLE_TEXT, at__gte=begin, at__lt=begin + timedelta(days=1), event__isnull=False
    )
    place = apps.get_model("editorial", "Event").objects.filter(review=last).values_list("position", flat=True).first()
    before = same_day.exclude(edition__document=document.pk).filter(event__position__lt=place)
    months = document.review_months or MONTHS[document.kind]
    days = min(before.values("edition__document").distinct().count() // 4, 28)
    return max(_months_later(day, months) - timedelta(days=days), day)


def _months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Migration(migrations.Migration):
    """Only what a medical reviewer signs is a medical review; the signature of an editor had moved the dates as well.

    Pages that others than clinicians signed are marked to be made anew, with those that show them, and say so until
    they are.
    """

    dependencies = [("editorial", "0025_places_in_order")]

    operations = [migrations.RunPython(take_dates_anew, migrations.RunPython.noop)]
