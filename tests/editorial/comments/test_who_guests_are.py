"""Whose words those of a guest are: not the editor's who made the link, nor those of anybody whose name is typed."""

from typing import Any

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Comment, Event, SharedLink
from alstrom_site.editorial.workflow import NotReady
from tests.cast import Cast
from tests.documents import in_review
from tests.editorial.admin.desk_visits import page
from tests.editorial.comments.remarks import LATER, shared
from tests.pages.reading import Reading

pytestmark = pytest.mark.django_db


def said_as(link: SharedLink, name: str) -> Comment:
    """Say something by this link under this name."""
    return actions.advise(link, actions.Words("Looks fine."), name=name, role="Test adviser", at=LATER)


def words(person: User, edition: Any, name: str) -> str:
    """Return the words of a page of the desk."""
    return " ".join(Reading(page(person, edition, name)).words("body"))


def test_beside_a_guests_words_stands_for_whom_the_link_was_made_and_that_the_name_is_as_typed(cast: Cast) -> None:
    edition = in_review(cast)
    link, _ = shared(cast, edition, guest_name="Test Expert")
    said_as(link, "Test Other")

    came = "By the link that Test editor made for Test Expert. Name and role are as they typed them."
    for name in ("review", "comments", "record"):
        assert came in words(cast.second_reviewer, edition, name)


def test_the_record_says_that_a_guests_words_came_by_a_link_and_not_that_its_maker_said_them(cast: Cast) -> None:
    edition = in_review(cast)
    link, _ = shared(cast, edition, guest_name="Test Expert")
    said_as(link, "Test Other")

    assert Event.objects.get(verb="comment").fields["came_by"] == link.pk
    for name in ("standing", "record"):
        shown = words(cast.second_reviewer, edition, name)
        assert "Test editor got a comment from outside on edition 1, by a link of theirs" in shown
        assert "commented on edition 1" not in shown
    assert "for Test Expert" in words(cast.second_reviewer, edition, "record").split("Came by the link")[1]


@pytest.mark.parametrize("name", ["Test reviewer", " tést  REVIEWER ", "Test\u2011reviewer", "test-reviewer"])
def test_a_guest_has_no_name_of_somebody_of_the_desk(cast: Cast, name: str) -> None:
    link, _ = shared(cast, in_review(cast))

    with pytest.raises(NotReady, match="Somebody of the desk has this name"):
        said_as(link, name)

    User.objects.filter(pk=cast.reviewer.pk).update(is_active=False)
    assert said_as(link, name).author_name
