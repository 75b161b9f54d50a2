"""What the holder of a shared link is shown beside the text itself, and what the page calls that text now."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Edition, SharedLink
from alstrom_site.editorial.workflow import WrongState
from tests.cast import NOW, Cast
from tests.documents import (
    STEP,
    approved,
    draft,
    fresh,
    made_live,
    next_edition,
    published,
    reference_content,
    signed,
    submitted,
)
from tests.editorial.comments.remarks import shared_now
from tests.pages.reading import Reading

pytestmark = pytest.mark.django_db
LATER = NOW + 20 * STEP


def seen(secret: str) -> str:
    """Return the words of the page that a guest gets."""
    return " ".join(Reading(Client().get(f"/shared/{secret}/").content.decode()).words("body"))


def test_of_other_documents_guests_see_what_readers_see_and_of_drafts_the_address(cast: Cast) -> None:
    draft(cast, "faq", slug="hidden-question", question="A secret question?", answer="A secret answer.")
    draft(cast, key="hidden2020", title="A secret title", abstract="A secret abstract.")
    draft(cast, "article", slug="other-page", title="A secret page")
    draft(cast, "term", slug="hidden-term", term="A secret word")
    source = published(cast, key="live2001", title="Its live title", abstract="A closed abstract.").document
    next_edition(cast, source, at=LATER, title="A secret new title", abstract="A secret new abstract.")
    published(cast, key="free2001", abstract="A free abstract.", abstract_licence="CC BY 4.0")
    edition = draft(
        cast,
        "article",
        body="One [@hidden2020], two [@live2001], three [@free2001], [a word](term:hidden-term).",
        faqs=["hidden-question"],
        related=[{"address": "other-page", "description": "More."}],
    )

    shown = seen(shared_now(cast, edition)[1])

    assert "secret" not in shown.lower()
    assert "A closed abstract." not in shown
    for there in (
        "Its live title",
        "A free abstract.",
        "hidden-question Not public yet",
        "/other-page/ Not public yet",
    ):
        assert there in shown
    assert "hidden2020 Not public yet" in shown


def test_an_entry_is_shown_to_guests_without_an_abstract_whose_licence_is_not_known(cast: Cast) -> None:
    closed = draft(cast, abstract="An abstract that is not free.")
    free = draft(cast, key="free2001", abstract="An abstract that is free.", abstract_licence="CC0")

    assert "An abstract that is not free." not in seen(shared_now(cast, closed)[1])
    assert "An abstract that is free." in seen(shared_now(cast, free)[1])


def withdrawn(cast: Cast, live: Edition) -> None:
    """Two people tell readers not to rely on it."""
    _retired(cast, live, actions.withdraw)


def replaced(cast: Cast, live: Edition) -> None:
    """Another edition takes its place."""
    _another_goes_live(cast, live)


def replaced_after_withdrawal(cast: Cast, live: Edition) -> None:
    """Another edition takes its place after it was withdrawn."""
    withdrawn(cast, live)
    _another_goes_live(cast, live)


def _another_goes_live(cast: Cast, live: Edition) -> None:
    edition = next_edition(cast, live.document, at=LATER + 3 * STEP, volume="8")
    actions.submit(edition, by=cast.editor, at=LATER + 3 * STEP, seen=edition.text.digest, change="minor")
    made_live(cast, signed(cast, fresh(edition), at=LATER + 4 * STEP), at=LATER + 5 * STEP)


def _retired(cast: Cast, live: Edition, take: Callable[..., object], *, at: datetime = LATER) -> None:
    wanted = actions.Retirement(take.__name__, "The dose in it is wrong.")
    actions.propose(live, wanted, by=cast.editor, at=at, seen=live.text.digest)
    take(fresh(live), by=cast.publisher, at=at + STEP, seen=live.text.digest, reason=wanted.reason)


STANDINGS = {
    "draft": (draft, None, "Draft. It has not been approved or published."),
    "approved": (approved, None, "Draft. Approved, and not published yet."),
    "live": (published, None, "Published. Readers of the site see this text now."),
    "withdrawn": (published, withdrawn, "Withdrawn on 3 March 2026. The dose in it is wrong."),
    "replaced": (published, replaced, "Replaced. Readers saw this text until 3 March 2026"),
    "withdrawn, then replaced": (published, replaced_after_withdrawal, "it had been withdrawn on 3 March 2026"),
}


@pytest.mark.parametrize("case", STANDINGS)
def test_the_page_says_what_its_text_is_now(cast: Cast, case: str) -> None:
    make, then, sentence = STANDINGS[case]
    edition = make(cast)
    _, secret = shared_now(cast, edition)
    if then is not None:
        then(cast, edition)

    shown = seen(secret)

    assert sentence in shown
    assert ("Draft." in shown) == (case in {"draft", "approved"})


def test_an_earlier_text_says_that_another_one_came_after_it(cast: Cast) -> None:
    edition = draft(cast)
    _, secret = shared_now(cast, edition)
    content = reference_content(volume="9")
    actions.save(edition, content, by=cast.editor, at=LATER, seen=edition.text.digest)
    assert "Earlier draft. It was changed since" in seen(secret)

    made_live(cast, signed(cast, submitted(cast, fresh(edition), at=LATER), at=LATER), at=LATER)

    assert "Earlier draft. It was changed since" in seen(secret)


def test_a_text_that_was_taken_down_is_shown_to_nobody_by_any_link_to_it_or_to_one_before_it(cast: Cast) -> None:
    first = published(cast)
    links = [shared_now(cast, first)]
    _another_goes_live(cast, first)
    second = fresh(first).document.live_edition
    assert second is not None
    links.append(shared_now(cast, second))
    _retired(cast, second, actions.unpublish, at=LATER + 6 * STEP)

    assert [Client().get(f"/shared/{secret}/").status_code for _, secret in links] == [410, 410]
    assert not SharedLink.objects.working(timezone.now()).exists()
    for edition in (first, second):
        with pytest.raises(WrongState, match="was taken down"):
            shared_now(cast, fresh(edition))
    anew = next_edition(cast, first.document, at=LATER + 9 * STEP, volume="10")
    assert "Draft. It has not been approved" in seen(shared_now(cast, anew)[1])
