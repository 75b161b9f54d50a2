"""Where a text comes from, when an urgent fix went live beside an open draft: numbers of editions do not tell."""

from datetime import datetime
from typing import Any

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions, policies, projection
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import NotPermitted, NotReady
from tests.cast import NOW, Cast, person
from tests.documents import STEP, draft, fresh, made_live, next_edition, published, signed, yes_to_all

pytestmark = pytest.mark.django_db


def later(steps: int) -> datetime:
    return NOW + steps * STEP


def submitted(edition: Edition, by: User, at: datetime) -> Edition:
    actions.submit(edition, by=by, at=at, seen=edition.text.digest, change="minor")
    return fresh(edition)


def urgent_fix(cast: Cast, document: Document, by: User) -> Edition:
    """An urgent fix, saved and not submitted."""
    edition = actions.open_edition(document, by=by, at=later(20), urgent=True)
    content = {**edition.text.fields, "issue": "99"}
    return fresh(actions.save(edition, content, by=by, at=later(21), seen=edition.text.digest).edition)


def live_fix(cast: Cast, document: Document) -> Edition:
    """An urgent fix that was reviewed and went live."""
    edition = submitted(urgent_fix(cast, document, cast.second_editor), cast.second_editor, later(22))
    return made_live(cast, signed(cast, edition, at=later(23)), at=later(24))


def unpublished(cast: Cast, edition: Edition, at: datetime) -> None:
    wanted = actions.Retirement("unpublish", "A test of this step.")
    actions.propose(edition, wanted, by=cast.editor, at=at, seen=edition.text.digest)
    actions.unpublish(fresh(edition), by=cast.publisher, at=at, seen=edition.text.digest, reason=wanted.reason)


def brought_up_to_date(cast: Cast, edition: Edition, live: Edition, **fields: Any) -> Edition:
    content = {**edition.text.fields, "issue": live.text.fields["issue"], **fields}
    seen = {"seen": edition.text.digest, "live_seen": live.text.digest}
    actions.bring_up_to_date(edition, content, by=cast.editor, at=later(30), **seen)
    return fresh(edition)


def test_an_old_approval_puts_nothing_live_after_the_urgent_fix_was_unpublished(cast: Cast) -> None:
    live = published(cast)
    old = next_edition(cast, live.document, at=later(10), volume="8")
    old = signed(cast, submitted(old, cast.editor, later(11)), at=later(12))
    fix = live_fix(cast, live.document)
    unpublished(cast, fresh(fix), later(25))

    with pytest.raises(NotReady, match="Bring this one up to date first"):
        actions.publish(fresh(old), by=cast.publisher, at=later(26), seen=old.text.digest)

    taken_over = brought_up_to_date(cast, fresh(old), fix)
    assert not taken_over.is_behind
    assert taken_over.based_on == fix.text


def test_who_wrote_an_unapproved_fix_may_not_approve_the_text_that_took_it_over(cast: Cast) -> None:
    both = person("both", EDITOR, MEDICAL_REVIEWER)
    live = published(cast)
    old = next_edition(cast, live.document, at=later(10), volume="8")
    fix = urgent_fix(cast, live.document, both)
    actions.publish_in_emergency(
        fix, by=cast.publisher, at=later(22), seen=fix.text.digest, reason="A test.", besides=actions.Besides("A test.")
    )
    taken_over = submitted(brought_up_to_date(cast, fresh(old), fresh(fix)), cast.editor, later(31))

    with pytest.raises(NotPermitted, match="You wrote part of this change"):
        actions.approve(taken_over, by=both, at=later(32), seen=taken_over.text.digest, said=yes_to_all(taken_over))

    assert policies.contributor_ids(taken_over) == {cast.editor.pk, both.pk}


def test_who_wrote_an_approved_fix_may_approve_the_text_that_took_it_over(cast: Cast) -> None:
    live = published(cast)
    old = next_edition(cast, live.document, at=later(10), volume="8")
    fix = live_fix(cast, live.document)

    taken_over = brought_up_to_date(cast, fresh(old), fix)

    assert policies.contributor_ids(taken_over) == {cast.editor.pk}


def test_a_page_names_who_led_to_its_text_and_nobody_of_a_draft_beside_it(cast: Cast) -> None:
    live = published(cast, key="lineage2001")
    old = next_edition(cast, live.document, at=later(10), volume="8")
    live_fix(cast, live.document)
    bystander = person("bystander", EDITOR)
    actions.save(
        fresh(old), {**old.text.fields, "volume": "9"}, by=bystander, at=later(26), seen=fresh(old).text.digest
    )

    authors = projection.live_document(Document.objects.get(pk=live.document_id)).authors

    assert authors == (str(cast.editor), str(cast.second_editor))
    assert [str(fault) for fault in faults()] == []


def test_a_new_edition_begins_from_what_readers_saw_last(cast: Cast) -> None:
    live = published(cast)
    old = next_edition(cast, live.document, at=later(10), volume="8")
    fix = live_fix(cast, live.document)
    last = submitted(brought_up_to_date(cast, fresh(old), fix), cast.editor, later(31))
    last = made_live(cast, signed(cast, last, at=later(32)), at=later(33))
    unpublished(cast, last, later(34))

    begun = actions.open_edition(Document.objects.get(pk=live.document_id), by=cast.editor, at=later(35))

    assert begun.based_on == last.text


def test_who_approved_in_part_publishes_nothing_in_an_emergency(cast: Cast) -> None:
    both = person("both", MEDICAL_REVIEWER)
    both.groups.add(*cast.publisher.groups.all())
    edition = draft(cast)
    both_sign = actions.OwnPolicy((ReviewStep(1, MEDICAL_REVIEWER, 2),))
    seen = actions.own_policy(edition.document).digest
    actions.set_policy(edition.document, both_sign, by=cast.publisher, at=later(0), seen=seen)
    edition = submitted(fresh(edition), cast.editor, later(1))
    actions.approve(edition, by=both, at=later(2), seen=edition.text.digest, said=yes_to_all(edition))

    with pytest.raises(NotPermitted, match="somebody else must take the next step"):
        actions.publish_in_emergency(
            fresh(edition), by=User.objects.get(pk=both.pk), at=later(3), seen=edition.text.digest, reason="A test."
        )
