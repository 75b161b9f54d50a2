"""verify_record asks of every publication whether approvals bore it, of those that are history too."""

import pytest

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.actions._record import Happening, record
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.verification import faults
from tests.breaking import triggers_off
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, fresh
from tests.editorial.policies_of_tests import attempt, under

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]

LATER = NOW + 40 * STEP
NOT_APPROVED = "it made public what not everybody whom the review policy asks for had approved."
SETTLED = "it settled the flag of an emergency, and nobody had approved what went out in it."
NO_FLAG = "it went out in an emergency, nobody has approved it since, and no flag says so."


def found() -> list[str]:
    """The faults as sentences."""
    return [str(fault) for fault in faults()]


def test_a_publication_that_lacked_a_signature_is_found_though_it_is_history(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2))
    attempt(edition, cast.reviewer)
    with triggers_off("editorial_event"):
        published = record(Happening(fresh(edition), "publish", "approved", "published", cast.publisher, LATER))
        record(Happening(fresh(edition), "supersede", "published", "superseded", cast.publisher, LATER))

    assert f"Event {published.position}: {NOT_APPROVED}" in found()


def test_an_emergency_of_which_the_flag_was_settled_unapproved_is_found(cast: Cast) -> None:
    edition = draft(cast)
    actions.publish_in_emergency(edition, by=cast.publisher, at=NOW, seen=edition.text.digest, reason="A test.")
    assert found() == []

    actions.settle_flags(fresh(edition).document, by=cast.publisher, at=LATER)

    settling = edition.events.get(verb="settle").position
    assert found() == [f"Event {settling}: {SETTLED}", f"Edition {edition.pk}: {NO_FLAG}"]
