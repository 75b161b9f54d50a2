"""Keeps what somebody brought from elsewhere until they have drafted from it, page by page, or put it away."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from alstrom_site.editorial.models import Document
from references.importing import Arrival, Brought, Drafted, arrivals, draft
from references.models import Intake, IntakeRecord
from references.models.intake import LONGEST_NAME
from references.provenance import TakenFrom

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

PAGE = 50
KEPT_FOR = timedelta(days=30)
Remarks = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Bringing:
    """What somebody brings: how, from where, when, and for which entry if it is to be compared with one."""

    way: str
    name: str
    by: "User"
    at: datetime
    document: Document | None = None


@dataclass(frozen=True)
class Row:
    """A record on the screen: as it would be drafted, or the draft that it became."""

    arrival: Arrival
    became: Document | None

    @property
    def may_be_drafted(self) -> bool:
        """Whether it can be ticked."""
        return self.became is None and self.arrival.content is not None and not self.arrival.is_there

    @property
    def is_ticked_first(self) -> bool:
        """Whether it is ticked before anybody has chosen."""
        arrival = self.arrival
        return self.may_be_drafted and not (arrival.is_alike or arrival.is_retracted or arrival.is_incomplete)


@dataclass
class Outcome:
    """What drafting came to."""

    drafted: list[Drafted] = field(default_factory=list)

    @property
    def begun(self) -> list[Document]:
        """The documents of the drafts."""
        return [each.edition.document for each in self.drafted if each.edition is not None]

    @property
    def refused(self) -> list[Drafted]:
        """What was not drafted after all."""
        return [each for each in self.drafted if each.edition is None]


@transaction.atomic
def keep(bringing: Bringing, records: Iterable[Brought], remarks: Remarks) -> Intake:
    """Keep the records for the person; what they brought more than a month ago is dropped."""
    Intake.objects.filter(person=bringing.by, brought_at__lt=bringing.at - KEPT_FOR).delete()
    intake = Intake.objects.create(
        person=bringing.by,
        way=bringing.way,
        name=bringing.name[:LONGEST_NAME],
        document=bringing.document,
        brought_at=bringing.at,
        remarks=[list(each) for each in remarks],
    )
    IntakeRecord.objects.bulk_create((_kept(intake, each) for each in records), batch_size=500)
    return intake


def rows(intake: Intake, page: int) -> list[Row]:
    """Return the records of one page, from 1, as they would be drafted now. A fixed number of queries."""
    kept = list(intake.records.select_related("became").order_by("number")[(page - 1) * PAGE : page * PAGE])
    looked_at = arrivals([_brought(each) for each in kept])
    return [Row(arrival, each.became) for each, arrival in zip(kept, looked_at, strict=True)]


@transaction.atomic
def draft_chosen(intake: Intake, page: int, chosen: Collection[int], *, by: "User", at: datetime) -> Outcome:
    """Begin a draft for each chosen record of a page that can be drafted now. Raises as `draft` does."""
    wanted = [
        each.arrival for each in rows(intake, page) if each.may_be_drafted and each.arrival.brought.number in chosen
    ]
    outcome = Outcome(draft(wanted, by=by, at=at))
    for each in outcome.drafted:
        if each.edition is not None:
            intake.records.filter(number=each.arrival.brought.number).update(became=each.edition.document)
    return outcome


def brought_by(person: "User") -> "QuerySet[Intake]":
    """Return what the person brought to draft from."""
    return Intake.objects.filter(person=person, document=None).exclude(way=Intake.Way.NOTICES)


def brought_for(document: Document, person: "User") -> "QuerySet[Intake]":
    """Return what the person had looked up to compare it with an entry."""
    return Intake.objects.filter(document=document, person=person)


def put_away(intake: Intake) -> None:
    """Drop what was brought; its drafts stay."""
    intake.delete()


def first_of(intake: Intake) -> Brought | None:
    """Return the first record that was brought."""
    kept = intake.records.select_related("intake").first()
    return _brought(kept) if kept else None


def _kept(intake: Intake, brought: Brought) -> IntakeRecord:
    taken = brought.taken
    return IntakeRecord(
        intake=intake,
        number=brought.number,
        line=brought.line,
        item=dict(brought.item),
        words=taken.words,
        source=taken.source,
        place=taken.place,
        remarks=list(brought.remarks),
    )


def _brought(kept: IntakeRecord) -> Brought:
    taken = TakenFrom(kept.intake.get_way_display(), kept.source, kept.place, kept.words)
    return Brought(kept.number, kept.line, kept.item, taken, tuple(kept.remarks))
