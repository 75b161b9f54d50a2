"""What lists, counts and panels find by one query is what the rules say of each document: on content by chance."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import Exists, OuterRef
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin import due_dates, selections
from alstrom_site.editorial.admin.due_picture import picture
from alstrom_site.editorial.admin.paging import DocumentPages, documents_of
from alstrom_site.editorial.admin.rows import for_rows, with_dates
from alstrom_site.editorial.admin.waiting import behind, with_public_text
from alstrom_site.editorial.models import Document, Edition, Event, Revision
from alstrom_site.editorial.workflow import OPEN, Status
from tests.breaking import triggers_off
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, tzinfo=timezone.get_default_timezone())
TABLES = ("editorial_document", "editorial_edition", "editorial_revision", "editorial_event")
ENDED = (Status.SUPERSEDED, Status.UNPUBLISHED, Status.DISCARDED)
SPANS = (due_dates.ALWAYS, due_dates.overdue_on(DAY), due_dates.soon_after(DAY), *due_dates.months_from(DAY)[:3])


class Chance:
    """Documents with editions, texts and events as they may be, and some as they may not."""

    def __init__(self, people: list[User], seed: int) -> None:
        self.dice, self.people, self.texts = Random(seed), people, 0  # noqa: S311 chance of a test

    def some_day(self) -> date:
        return DAY + timedelta(days=self.dice.randint(-30, 120))

    def document(self, number: int) -> Document:
        document = Document.objects.create(
            kind="term",
            address=f"term-{number}",
            title=f"Term {number}",
            sort_title=f"term {number % 7}",
            owner=self.dice.choice(self.people),
            created_at=AT,
            changed_at=AT + timedelta(minutes=self.dice.randint(0, 20)),
        )
        statuses: list[Status] = self.dice.choices(ENDED, k=self.dice.randint(0, 2))
        statuses += self.dice.choice(([], [Status.PUBLISHED], [Status.WITHDRAWN], [Status.PUBLISHED]))
        statuses += self.dice.choice(([], [self.dice.choice(sorted(OPEN))], [Status.IN_REVIEW]))
        statuses += self.dice.choice(([], [], [self.dice.choice(sorted(OPEN))]))
        editions = [self.edition(document, place, status) for place, status in enumerate(statuses, start=1)]
        live = next((each for each in editions if each.status in (Status.PUBLISHED, Status.WITHDRAWN)), None)
        if live is not None:
            document.live_edition, document.review_due_on = live, self.some_day()
            document.first_published_at = document.last_updated_at = AT
            document.save()
        return document

    def edition(self, document: Document, number: int, status: Status) -> Edition:
        shown = status in (Status.PUBLISHED, Status.WITHDRAWN, Status.SUPERSEDED)
        earlier = [*document.editions.exclude(head=None)]
        fields: dict[str, Any] = {"status": status}
        if shown:
            fields |= {"published_at": AT + timedelta(hours=number), "published_by": self.people[0], "approved_at": AT}
        if status is Status.WITHDRAWN:
            fields |= {"withdrawn_at": AT, "withdrawal_reason": "A test."}
        if status in OPEN:
            fields |= {"approved_at": AT, "publish_at": AT, "scheduled_by": self.people[0]}
            fields["based_on"] = self.dice.choice(earlier).head if earlier and self.dice.random() < 0.8 else None
            fields["is_urgent"] = any(each.status in OPEN for each in earlier)
            fields["review_due_on"] = self.some_day()
        begun = {"status": Status.DISCARDED, "created_at": AT, "created_by": self.people[0]}
        edition = Edition.objects.create(document=document, number=number, **begun)
        for _ in range(self.dice.randint(1, 2)):
            edition.head = self.text(edition)
        Edition.objects.filter(pk=edition.pk).update(head=edition.head, **fields)
        edition.refresh_from_db()
        if shown and self.dice.random() < 0.9:
            self.event(edition, "publish")
        return edition

    def text(self, edition: Edition) -> Revision:
        self.texts += 1
        author = self.dice.choice(self.people)
        digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        return Revision.objects.create(
            edition=edition, number=self.texts, content="{}", digest=digest, author=author, created_at=AT
        )

    def event(self, edition: Edition, verb: str) -> None:
        self.texts += 1
        Event.objects.create(
            position=self.texts,
            document=edition.document,
            edition=edition,
            revision=edition.text,
            verb=verb,
            target=Status.PUBLISHED,
            by=self.people[0],
            at=AT,
            previous=f"{self.texts - 1}",
            digest=f"{self.texts}",
        )


@pytest.fixture(params=[1, 2])
def people(cast: Cast, request: pytest.FixtureRequest) -> list[User]:
    found = [cast.editor, cast.second_editor, cast.reviewer]
    chance = Chance(found, request.param)
    with triggers_off(*TABLES):
        for number in range(60):
            chance.document(number)
    return found


def days_of(document: Document) -> list[date]:
    """Every day by which somebody should look at it, by the meaning of the words."""
    asked = [each.review_due_on for each in document.editions.filter(status=Status.IN_REVIEW)]
    live = document.live_edition
    reviewed = [document.review_due_on] if live is not None and live.state is Status.PUBLISHED else []
    return [day for day in (*asked, *reviewed) if day is not None]


def test_what_is_due_is_found_counted_and_put_in_order_by_the_earliest_of_its_days(people: list[User]) -> None:
    earliest = {document.pk: min(days_of(document)) for document in Document.objects.all() if days_of(document)}

    found_days = {each.pk: vars(each)["due_on"] for each in with_dates(Document.objects.all())}
    assert {pk: day for pk, day in found_days.items() if day is not None} == earliest
    for span in SPANS:
        due = sorted((day, pk) for pk, day in earliest.items() if span.first <= day <= span.last)
        assert due, span
        found = selections.due_in(Document.objects.all(), span).values_list("pk", flat=True)
        assert set(found) == {pk for _, pk in due}
        assert selections.first_due(span, 6) == [pk for _, pk in due[:6]]
        some = [pk for _, pk in due[1::2]]
        assert selections.first_due(span, 6, among=some) == some[:6]
    drawn = picture(DAY)
    assert drawn.overdue == sum(day < DAY for day in earliest.values())
    assert drawn.soon == sum(DAY <= day <= DAY + due_dates.SOON for day in earliest.values())
    assert drawn.total == sum(day <= due_dates.year_from(DAY).last for day in earliest.values())


def test_what_is_behind_is_what_each_edition_says_of_itself(people: list[User]) -> None:
    expected = {each for each in Edition.objects.select_related("document") if each.is_behind}

    assert expected
    assert set(behind(Edition.objects.all())) == expected
    shown = {each.pk: vars(each)["public_text"] for each in with_public_text(Edition.objects.all())}
    for document in Document.objects.all():
        public = document.last_public_edition
        assert {shown[each.pk] for each in document.editions.all()} <= {public.head_id if public else None}


def test_who_wrote_a_change_is_asked_of_few_and_found_for_all(people: list[User]) -> None:
    for person in people:
        wrote = Revision.objects.filter(author=person)
        change = wrote.in_the_change_up_to(OuterRef("document"), OuterRef("number"))
        plainly = set(Edition.objects.exclude(Exists(change)))

        assert 0 < len(plainly) < Edition.objects.count()
        assert set(Edition.objects.not_written_by(person)) == plainly


def test_each_page_holds_what_the_whole_list_holds_there_from_either_end(people: list[User]) -> None:
    for order in (("sort_title", "pk"), ("-changed_at", "sort_title", "pk"), ("owner__display_name", "-pk")):
        whole = [each.pk for each in Document.objects.order_by(*order)]
        pages = DocumentPages(with_dates(Document.objects.order_by(*order)), 25)

        found = [pk for number in pages.page_range for pk in pages.page(number)]

        assert found == whole
    assert [each.pk for each in documents_of(whole[5:9])] == whole[5:9]
    assert for_rows(Document.objects.filter(pk=whole[0])).get() == documents_of(whole[:1])[0]
