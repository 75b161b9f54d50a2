"""verify_record asks of every step whether those people bore it whom it takes, of what is history too."""

import pytest

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.actions._record import Happening, record
from alstrom_site.editorial.models import Document, Edition, Event
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.verification import faults
from tests.breaking import triggers_off
from tests.cast import NOW, Cast
from tests.documents import (
    STEP,
    draft,
    fresh,
    made_live,
    next_edition,
    published,
    signed,
    submitted,
    yes_to_all,
)
from tests.editorial.policies_of_tests import attempt, under

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]

LATER = NOW + 40 * STEP
NOT_APPROVED = "it made public what not everybody whom the review policy asks for had approved."
OWN_CHANGE = "it is the signature of somebody who wrote part of the change."
ALONE = "it takes two people, and nobody else had proposed it."
UNSAID = "it does not say whether it took two people, as such events have done for longer than it stands."
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


def without(monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    """Let the site forget one of the rules by which it refuses a step."""
    monkeypatch.setattr(policies, "RULES", tuple(each for each in policies.RULES if each.__name__ != rule))


def written_and_discarded(cast: Cast, document: Document, at: int) -> None:
    """An edition in which somebody wrote who may write and sign, and which came to nothing."""
    edition, by = actions.open_edition(document, by=cast.everything, at=NOW + at * STEP), cast.everything
    content = {**edition.text.fields, "definition": "Of two minds."}
    edition = actions.save(edition, content, by=by, at=NOW + at * STEP, seen=edition.text.digest).edition
    actions.discard(edition, by=by, at=NOW + at * STEP, seen=edition.text.digest, comment="A test.")


def signed_by(cast: Cast, edition: Edition, at: int) -> Edition:
    """The edition submitted, and signed by somebody who may write, too."""
    edition = submitted(cast, edition, at=NOW + at * STEP)
    moment = NOW + (at + 1) * STEP
    actions.approve(edition, by=cast.everything, at=moment, seen=edition.text.digest, said=yes_to_all(edition))
    return fresh(edition)


def test_who_wrote_in_an_edition_that_was_discarded_since_the_last_publication_is_found_to_have_approved_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = published(cast, "term").document
    written_and_discarded(cast, document, at=4)
    edition = next_edition(cast, document, at=NOW + 5 * STEP, definition="Of one mind.")
    without(monkeypatch, "_did_not_write_it")
    edition = made_live(cast, signed_by(cast, edition, 6), at=NOW + 9 * STEP)
    newer = next_edition(cast, fresh(edition).document, at=NOW + 10 * STEP, definition="Other.")
    made_live(cast, signed(cast, submitted(cast, newer, at=NOW + 11 * STEP), at=NOW + 12 * STEP), at=NOW + 13 * STEP)

    assert found() == [f"Event {edition.events.get(verb='approve').position}: {OWN_CHANGE}"]


def test_who_wrote_in_what_an_urgent_fix_overtook_may_have_signed_the_fix(cast: Cast) -> None:
    document = published(cast, "term").document
    beside = actions.open_edition(document, by=cast.everything, at=NOW + 4 * STEP)
    fix = actions.open_edition(document, by=cast.editor, at=NOW + 5 * STEP, urgent=True)
    content = {**fix.text.fields, "definition": "Mended."}
    fix = actions.save(fix, content, by=cast.editor, at=NOW + 5 * STEP, seen=fix.text.digest).edition
    made_live(cast, signed_by(cast, fix, 6), at=NOW + 8 * STEP)

    actions.discard(fresh(beside), by=cast.editor, at=NOW + 9 * STEP, seen=beside.text.digest, comment="Overtaken.")

    assert found() == []


def withdraw(cast: Cast, edition: Edition) -> int:
    """Withdraw it as the publisher, and return the place of that in the record."""
    actions.withdraw(edition, by=cast.publisher, at=LATER, seen=edition.text.digest, reason="A test.")
    return edition.events.get(verb="withdraw").position


def test_a_step_that_takes_two_people_and_was_taken_by_one_is_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "_was_proposed_by_another")

    position = withdraw(cast, published(cast, "term"))

    assert found() == [f"Event {position}: {ALONE}"]


def test_a_step_that_who_proposed_it_took_is_found(cast: Cast) -> None:
    edition = published(cast, "term")
    wanted = actions.Retirement("unpublish", "A test.")
    proposal = actions.propose(edition, wanted, by=cast.publisher, at=LATER, seen=edition.text.digest)
    said = {"by_two_people": True, "proposal": proposal.pk, "proposed_by_id": cast.publisher.pk, "moved_to": ""}
    with triggers_off("editorial_event"):
        taken = record(Happening(edition, "unpublish", "published", "unpublished", cast.publisher, LATER, details=said))

    assert f"Event {taken.position}: {ALONE}" in found()


def test_a_withdrawal_that_does_not_say_whether_it_took_two_people_is_found_unless_it_is_older_than_such_words(
    cast: Cast,
) -> None:
    edition, said = published(cast, "term"), {"comment": "A test."}
    with triggers_off("editorial_event"):
        step = record(Happening(edition, "withdraw", "published", "withdrawn", cast.publisher, LATER, details=said))
    silent = f"Event {step.position}: {UNSAID}"
    assert silent in found()

    with triggers_off("editorial_event"):
        Event.objects.filter(verb="start").update(details="{}")

    assert silent not in found()
