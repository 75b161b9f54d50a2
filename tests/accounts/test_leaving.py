"""Who closes an account sees first what hangs on it, with the way to each list and to handing over."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alstrom_site.editorial import actions
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, in_review, published
from tests.editorial.admin.desk_visits import signed_in

pytestmark = pytest.mark.django_db


def test_the_page_of_a_person_says_what_hangs_on_the_account(cast: Cast) -> None:
    asked = in_review(cast, "faq")
    wanted = actions.Wanted(cast.everything, 1, NOW.date() + timedelta(days=9))
    actions.ask(asked, wanted, by=cast.publisher, at=NOW + 2 * STEP, seen=asked.text.digest)
    scheduled = approved(cast, "term")
    window = actions.Window(NOW + 9 * STEP)
    actions.schedule(scheduled, window, by=cast.everything, at=NOW + 3 * STEP, seen=scheduled.text.digest)
    live = published(cast)
    actions.propose(live, actions.Retirement("withdraw", "No."), by=cast.everything, at=NOW, seen=live.text.digest)
    actions.hand_over(live.document, to=cast.everything, by=cast.administrator, at=NOW)
    actions.ask_for_another_look(live.document, cast.everything, because="Why?", by=cast.publisher, at=NOW)
    client = signed_in(cast.administrator)

    page = client.get(reverse("admin:accounts_user_change", args=[cast.everything.pk])).content.decode()
    of_nobody = client.get(reverse("admin:accounts_user_change", args=[cast.stranger.pk])).content.decode()

    part = page.partition("Before this account is closed")[2].partition("</section>")[0]
    assert [part.count(f">{each.document.title}<") for each in (asked, scheduled, live)] == [1, 1, 2]
    assert "Owns 1 document." in part
    assert f'href="{reverse("admin:editorial-hand-over")}?from={cast.everything.pk}">Hand over<' in part
    assert f"?owner={cast.everything.pk}" in part
    assert "Before this account is closed" not in of_nobody
