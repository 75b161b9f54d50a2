"""A file of notices that somebody compared: its rows about our works are kept until that person has them noted."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.workflow import OutOfDate
from references.intakes import Bringing, keep
from references.models import Intake, IntakeRecord
from references.standing import Notice
from references.watching.checking import Report, check_rows
from references.watching.retraction_watch import SOURCE, Row, Words

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

NOTED_ALREADY = "What you compared was noted or put away already. Nothing was noted now. Choose the file again."
ANOTHER_RESULT = (
    "What would be noted has changed since you opened the page. Nothing was noted. Look at it as it is now."
)


def compared_by(person: "User") -> Intake | None:
    """Return what the person compared last, if it was neither noted nor put away."""
    return Intake.objects.filter(person=person, way=Intake.Way.NOTICES).first()


@transaction.atomic
def keep_rows(report: Report, *, name: str, by: "User", at: datetime) -> Intake:
    """Keep the rows of a file that are about our works for the person, in place of those of an earlier file."""
    put_rows_away(by)
    intake = keep(Bringing(Intake.Way.NOTICES, name, by, at), (), ())
    IntakeRecord.objects.bulk_create(
        IntakeRecord(intake=intake, number=number, line=row.line, item=asdict(row), source=SOURCE)
        for number, row in enumerate(report.ours, start=1)
    )
    return intake


def put_rows_away(person: "User") -> None:
    """Drop what the person compared."""
    Intake.objects.filter(person=person, way=Intake.Way.NOTICES).delete()


def foreseen(intake: Intake, *, at: datetime) -> Report:
    """Return what would be noted now."""
    return check_rows(_rows(intake), by=None, at=at)


def digest_of(report: Report) -> str:
    """Return the digest of what a report says is new, by which the person names what they saw."""
    return sha256(canonical_json({str(each.document.pk): each.now for each in report.told}))


def note_rows(person: "User", *, seen: str, chosen: Collection[int], at: datetime) -> Report:
    """Note what the person compared and chose, in their name, and return what that came to.

    `seen` is the digest of what they saw, `chosen` the numbers of the entries that are noted. Raises OutOfDate when
    nothing is kept any more, or when something else would be noted by now.
    """
    intake = compared_by(person)
    if intake is None:
        raise OutOfDate(NOTED_ALREADY)
    if digest_of(foreseen(intake, at=at)) != seen:
        raise OutOfDate(ANOTHER_RESULT)
    report = check_rows(_rows(intake), by=person, at=at, chosen=chosen)
    put_rows_away(person)
    return report


def _rows(intake: Intake) -> list[Row]:
    items = intake.records.order_by("number").values_list("item", flat=True)
    return [_row(**item) for item in items]


def _row(notice: dict[str, str], words: dict[str, str] | None = None, also: Sequence[str] = (), **numbers: Any) -> Row:
    # What was kept before rows had words, or several DOIs, has none.
    return Row(**numbers, notice=Notice(**notice), words=Words(**words or {}), also=tuple(also))
