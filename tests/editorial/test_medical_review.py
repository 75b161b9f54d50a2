"""Only medical reviewers review: what an editor signs beside them is listed, and claims nothing of a clinician."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.models import Document, Edition, PublishedPage
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.verification import faults
from tests.cast import NOW, Cast
from tests.documents import STEP, all_true, fresh, made_live, signed, yes_to_all
from tests.editorial.policies_of_tests import under
from tests.pages.reading import Reading
from tests.pages.test_structured_data import structured_data_of

pytestmark = pytest.mark.django_db

NOT_REVIEWED = "No clinician has reviewed this text."
MUCH_LATER = NOW + 24 * 60 * STEP
"""When the editor signs, and it goes live: the first of May."""
MIGRATION = "alstrom_site.editorial.migrations.0026_reviewed_by_medical_reviewers"


def live_by_two(cast: Cast) -> Edition:
    """Return a live answer that the reviewer signed on 2 March and an editor two months later."""
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER), ReviewStep(2, EDITOR), kind="faq")
    edition = signed(cast, edition, at=NOW + 2 * STEP)
    seen = edition.text.digest
    actions.approve(edition, by=cast.second_editor, at=MUCH_LATER, seen=seen, said=yes_to_all(edition))
    return made_live(cast, fresh(edition), at=MUCH_LATER)


def read(edition: Edition) -> Reading:
    return Reading(bytes(PublishedPage.objects.get(document=edition.document_id).body).decode())


def test_the_dates_of_a_text_are_those_of_its_clinician_and_so_is_its_name(cast: Cast) -> None:
    edition = live_by_two(cast)

    found = structured_data_of(edition)
    assert (found["lastReviewed"], [each["name"] for each in found["reviewedBy"]]) == ("2026-03-02", ["Test reviewer"])
    document = edition.document
    assert (document.last_reviewed_at, f"{document.review_due_on}"[5:]) == (NOW + 2 * STEP, "03-02")
    assert PublishedPage.objects.get(document=document).listing["card"]["reviewed"] == "2026-03-02"
    assert {"Medical reviewer", "Editor"} <= set(read(edition).words("dt"))
    assert list(faults()) == []


def test_a_real_editor_beside_a_demonstration_reviewer_makes_no_review(cast: Cast) -> None:
    cast.reviewer.is_demonstration = True
    cast.reviewer.save()

    edition = live_by_two(cast)

    assert NOT_REVIEWED in read(edition).words("p")
    assert not {"lastReviewed", "reviewedBy"} & structured_data_of(edition).keys()
    assert PublishedPage.objects.get(document=edition.document).listing["card"]["demonstration"]


def test_who_stands_in_for_a_clinician_moves_no_date_of_one(cast: Cast) -> None:
    edition = live_by_two(cast)
    cast.second_reviewer.is_demonstration = True
    cast.second_reviewer.save()

    said = actions.Said(checklist=all_true(edition))
    actions.reaffirm(edition, by=cast.second_reviewer, at=MUCH_LATER + STEP, seen=edition.text.digest, said=said)

    assert fresh(edition).document.last_reviewed_at == NOW + 2 * STEP
    assert structured_data_of(edition)["lastReviewed"] == "2026-03-02"
    assert list(faults()) == []


def test_what_an_older_site_dated_by_its_editor_is_dated_anew_and_its_pages_are_made(cast: Cast) -> None:
    document = live_by_two(cast).document
    right = (document.last_reviewed_at, document.review_due_on)
    Document.objects.filter(pk=document.pk).update(last_reviewed_at=MUCH_LATER, review_due_on="2029-05-01")

    with connection.schema_editor() as editor:
        importlib.import_module(MIGRATION).take_dates_anew(apps, editor)

    document.refresh_from_db()
    assert (document.last_reviewed_at, document.review_due_on) == right
    assert PublishedPage.objects.get(document=document).is_stale
    projection.refresh_stale()
    assert list(faults()) == []
