"""A record in which something of every sort has happened, for the tests of what keeps it."""

from datetime import timedelta
from typing import Any

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, Reason, ReviewRequest
from alstrom_site.editorial.projection import rebuild
from alstrom_site.editorial.review_policy import ReviewStep
from references.watching import Notice, note_again, observe, take_back
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, fresh, in_review, made_live, next_edition, published, signed, submitted

LATER = NOW + timedelta(days=10)


def eventful(cast: Cast) -> None:
    """Let it happen, through the actions alone, and make every page."""
    _asked_and_scheduled(cast)
    page = _renamed_flagged_and_withdrawn(cast)
    _taken_down(cast, f"/glossary/{page.address}/")
    _in_an_emergency(cast)
    published(cast, "article", body="Made up [@sample2001], see [a word](term:kept-term).")
    _observed(cast)
    rebuild()


def _observed(cast: Cast) -> None:
    """Notices of one work: one that was taken back, the same one noted again, and another one that holds."""
    source = Document.objects.addressed("reference", ["sample2001"]).get()
    corrected = Notice("ErratumIn", "2010", doi="10.1000/notice", text="A notice made up for tests")
    observe(source, [corrected], source="Retraction Watch", by=cast.editor, at=LATER)
    take_back(source.observed_notices.get(), because="For a test.", by=cast.editor, at=LATER)
    note_again(source.observed_notices.get(), because="Again.", by=cast.second_editor, at=LATER)
    observe(source, [Notice("ErratumIn", "2010", pmid="7")], source="PubMed", by=cast.editor, at=LATER)


def _asked_and_scheduled(cast: Cast) -> None:
    edition = in_review(cast, "term", slug="asked-term")
    request = _asked(cast, edition, cast.second_reviewer)
    actions.decline(request, reason="No time in this test.", by=cast.second_reviewer, at=LATER)
    _asked(cast, edition, cast.reviewer)
    words = actions.Words("A comment made up for tests.", passage="A word")
    thread = actions.comment(edition, words, by=cast.reviewer, at=LATER, seen=edition.text.digest)
    actions.resolve(thread, by=cast.editor, at=LATER, body="An answer made up for tests.")
    invitation = actions.Invitation("advice", guest_name="Test Guest", question="Is it a test?")
    link, _ = actions.share(edition.text, invitation, by=cast.editor, at=LATER)
    actions.revoke(link, by=cast.editor, at=LATER)
    done = signed(cast, edition, at=LATER)
    window = actions.Window(LATER + STEP, LATER + 2 * STEP)
    actions.schedule(done, window, by=cast.publisher, at=LATER, seen=done.text.digest)


def _asked(cast: Cast, edition: Edition, who: Any) -> ReviewRequest:
    wanted = actions.Wanted(who, 1, (LATER + timedelta(days=3)).date(), "A note.")
    return actions.ask(edition, wanted, by=cast.editor, at=LATER, seen=edition.text.digest)


def _renamed_flagged_and_withdrawn(cast: Cast) -> Document:
    live = published(cast, "term", slug="first-term")
    document = live.document
    policy = actions.OwnPolicy([ReviewStep(1, MEDICAL_REVIEWER)], 6)
    seen = actions.own_policy(document).digest
    actions.set_policy(document, policy, by=cast.publisher, at=LATER, seen=seen)
    actions.hand_over(document, to=cast.second_editor, by=cast.editor, at=LATER)
    actions.raise_flag(document, Reason.SOURCE, about=None, statement="A test.", by=cast.publisher, at=LATER)
    newer = _changed(cast, document, slug="kept-term")
    actions.raise_flag(
        document, Reason.SOURCE, about=document, statement="Again.", by=cast.publisher, at=LATER + 5 * STEP
    )
    _proposed(cast, newer, "withdraw")
    actions.withdraw(newer, by=cast.publisher, at=LATER + 7 * STEP, seen=newer.text.digest, reason="For a test.")
    again = _changed(cast, fresh(newer).document, at=LATER + 8 * STEP, definition="Public again.")
    return again.document


def _changed(cast: Cast, document: Document, *, at: Any = LATER, **changes: Any) -> Edition:
    edition = next_edition(cast, document, at=at, **changes)
    actions.submit(edition, by=cast.editor, at=at, seen=edition.text.digest, change="major", note="A test.")
    return made_live(cast, signed(cast, fresh(edition), at=at + STEP), at=at + 2 * STEP)


def _proposed(cast: Cast, edition: Edition, verb: str, moved_to: str = "") -> None:
    wanted = actions.Retirement(verb, "For a test.", moved_to)
    at, seen = LATER + 6 * STEP, edition.text.digest
    turned_down = actions.propose(edition, wanted, by=cast.editor, at=at, seen=seen)
    actions.turn_down(turned_down, answer="Not yet.", by=cast.publisher, at=at)
    actions.propose(edition, wanted, by=cast.editor, at=at, seen=seen)


def _taken_down(cast: Cast, leads_to: str) -> None:
    edition = published(cast, "term", slug="gone-term")
    _proposed(cast, edition, "unpublish", leads_to)
    step: dict[str, Any] = {
        "by": cast.publisher,
        "at": LATER + 7 * STEP,
        "seen": edition.text.digest,
        "reason": "For a test.",
    }
    actions.unpublish(edition, moved_to=leads_to, **step)


def _in_an_emergency(cast: Cast) -> None:
    edition = submitted(cast, draft(cast, "term", slug="urgent-term"), at=LATER)
    step: dict[str, Any] = {"at": LATER, "seen": edition.text.digest}
    actions.publish_in_emergency(edition, by=cast.publisher, reason="It cannot wait in a test.", **step)
    discarded = draft(cast, "term", slug="dropped-term")
    seen = discarded.text.digest
    actions.discard(discarded, by=cast.editor, at=LATER, seen=seen, comment="For a test.")
