"""What somebody is told whose text names a page that was taken down."""

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import UNPUBLISH
from pages.kinds.common import unknown_addresses
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, path_of, published
from tests.editorial.admin.desk_visits import signed_in

pytestmark = pytest.mark.django_db


def taken_down(cast: Cast, leads_to: str) -> Document:
    """Return a question that was live and that two people have taken down."""
    live = published(cast, "faq")
    seen, why = live.text.digest, "A test."
    wanted = actions.Retirement(UNPUBLISH.verb, why, leads_to)
    actions.propose(live, wanted, by=cast.editor, at=NOW + 8 * STEP, seen=seen)
    actions.unpublish(fresh(live), by=cast.publisher, at=NOW + 9 * STEP, seen=seen, reason=why, moved_to=leads_to)
    return Document.objects.get(pk=live.document_id)


def test_a_page_that_was_taken_down_is_not_said_never_to_have_been(cast: Cast) -> None:
    other = path_of(published(cast, "term").document)
    address = taken_down(cast, other).address

    (leading,) = unknown_addresses("faq", "faqs", [address])
    Document.objects.filter(address=address).update(moved_to="")
    (gone,) = unknown_addresses("faq", "faqs", [address])
    (never,) = unknown_addresses("faq", "faqs", ["never-was"])

    assert leading.message == (
        f"The question “{address}” was taken down and leads to {other}. Name that page or take it out."
    )
    assert gone.message == f"The question “{address}” was taken down. Take it out or name another one."
    assert never.message == "There is no question “never-was”. Create it first or take it out."


def test_the_page_at_the_desk_says_that_it_was_taken_down_and_not_that_readers_cannot_see_it_yet(cast: Cast) -> None:
    html = signed_in(cast.editor).get(document_url(taken_down(cast, ""))).content.decode()

    assert "</code> (taken down)" in html
