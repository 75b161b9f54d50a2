"""What reviewers ask of a text stands above its form, so that nobody has to remember it from another page."""

import pytest
from django.test import Client

from alstrom_site.editorial import actions
from tests.cast import Cast
from tests.documents import STEP, changes_requested, draft, fresh, in_review
from tests.editorial.admin.writing_visits import page
from tests.editorial.comments.remarks import LATER, commented

pytestmark = pytest.mark.django_db


def test_the_form_says_who_requested_which_changes_and_which_comments_are_open(cast: Cast, editor: Client) -> None:
    edition = in_review(cast)
    commented(edition, cast.reviewer, body="This needs a source.", must_fix=True)
    actions.resolve(commented(edition, cast.reviewer, body="Long since mended."), by=cast.reviewer, at=LATER)
    changes_requested(cast.reviewer, edition, at=LATER + STEP, comment="Say it in plain words.")

    html = editor.get(page(fresh(edition).document)).content.decode()

    assert "What is asked of this text" in html
    assert "Say it in plain words." in html
    assert "This needs a source." in html
    assert "Must be fixed" in html
    assert "Long since mended." not in html


def test_a_form_of_which_nobody_asked_anything_says_nothing_of_it(cast: Cast, editor: Client) -> None:
    html = editor.get(page(draft(cast).document)).content.decode()

    assert "What is asked of this text" not in html
