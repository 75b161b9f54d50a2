"""What a guest says reaches who asked for it and who owns the text, also when readers see that text already."""

import pytest
from django.test import Client

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Purpose
from tests.cast import Cast
from tests.documents import in_review, next_edition, published
from tests.editorial.comments.remarks import LATER, advised, shared
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db


def test_what_a_guest_says_is_mailed_to_who_made_the_link_and_to_the_owner(cast: Cast) -> None:
    edition = in_review(cast)
    asked = actions.Invitation(Purpose.ADVICE, guest_name="Test Expert")
    link, _ = actions.share(edition.text, asked, by=cast.second_editor, at=LATER)
    forget_mails()
    advised(link, "Looks fine.")

    mails = queued_mails()

    assert {mail.to for mail in mails} == {"editor", "second_editor"}
    for part in ("Looks fine.", "Test Guest", "made for Test Expert", f"?page=comments&edition={edition.pk}"):
        assert part in mails[0].text
    assert "Readers see this edition now" not in mails[0].text


def test_a_mail_says_that_a_guest_spoke_of_what_readers_see_and_leads_there(cast: Cast, client: Client) -> None:
    live = published(cast)
    link, _ = shared(cast, live)
    next_edition(cast, live.document, at=LATER, volume="8")
    forget_mails()
    advised(link, "Looks fine.")

    [mail] = queued_mails()

    assert "Readers see this edition now" in mail.text
    client.force_login(cast.editor)
    assert "Looks fine." in client.get(mail.link, follow=True).content.decode()
