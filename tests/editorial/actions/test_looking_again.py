"""A reviewer is asked by name to look at a live text again: seen, mailed, recorded, and ended in one of three ways."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.waiting import wanted_of
from alstrom_site.editorial.models import Edition, Flag, Reason
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import ActionRefused, NotPermitted
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, fresh, made_live, next_edition, published, signed, submitted, yes_to_all
from tests.editorial.admin.desk_visits import signed_in
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db
LATER = NOW + 20 * STEP
WHY = "Is the dose still right?"


def asked(cast: Cast, live: Edition) -> Flag:
    """The publisher asks the second reviewer."""
    return actions.ask_for_another_look(live.document, cast.second_reviewer, because=WHY, by=cast.publisher, at=LATER)


def reaffirmed(cast: Cast, live: Edition) -> None:
    seen, said = live.text.digest, yes_to_all(live)
    actions.reaffirm(fresh(live), by=cast.reviewer, at=LATER + STEP, seen=seen, said=said)


def replaced(cast: Cast, live: Edition) -> None:
    edition = next_edition(cast, live.document, at=LATER + STEP, volume="9")
    edition = signed(cast, submitted(cast, edition, at=LATER + STEP), at=LATER + 2 * STEP)
    made_live(cast, edition, at=LATER + 3 * STEP)


def taken_back(cast: Cast, live: Edition) -> None:
    actions.take_back_ask(live.document.flags.get(), by=cast.editor, at=LATER + STEP)


@pytest.mark.parametrize("end", [reaffirmed, replaced, taken_back], ids=lambda end: end.__name__)
def test_it_waits_for_who_was_asked_alone_until_it_ends(end: Callable[[Cast, Edition], None], cast: Cast) -> None:
    live = published(cast)
    forget_mails()
    flag = asked(cast, live)

    told = [(mail.to, WHY in mail.text, "page=reaffirm" in mail.link) for mail in queued_mails()]
    waits = [bool(wanted_of(person, LATER.date())) for person in (cast.second_reviewer, cast.reviewer)]
    front = signed_in(cast.second_reviewer).get(reverse("admin:index")).content.decode()
    forget_mails()
    end(cast, live)

    assert told == [("second_reviewer", True, True)]
    assert waits == [True, False]
    assert f"Test publisher asks Test second reviewer: {WHY}" in front
    assert flag.document.events.get(verb="flag").fields["asked_id"] == cast.second_reviewer.pk
    assert not Flag.objects.standing().exists()
    over = [mail.to for mail in queued_mails() if mail.subject.startswith("You need not look at this again")]
    assert over == ["second_reviewer"]
    assert list(faults()) == []


@pytest.mark.parametrize("name", ["second_editor", "reviewer", "administrator", "stranger"])
def test_only_the_owner_and_publishers_ask(name: str, cast: Cast) -> None:
    live, by = published(cast), getattr(cast, name)

    with pytest.raises(NotPermitted):
        actions.ask_for_another_look(live.document, cast.second_reviewer, because=WHY, by=by, at=LATER)

    assert not Flag.objects.exists()


def test_who_cannot_sign_is_not_asked_and_nobody_twice_nor_of_what_readers_do_not_see(cast: Cast) -> None:
    live = published(cast)
    asked(cast, live)

    for document, reviewer, because in (
        (live.document, cast.editor, WHY),
        (live.document, cast.second_reviewer, WHY),
        (live.document, cast.reviewer, " "),
        (draft(cast, key="other2001").document, cast.reviewer, WHY),
    ):
        with pytest.raises(ActionRefused):
            actions.ask_for_another_look(document, reviewer, because=because, by=cast.publisher, at=LATER)

    assert Flag.objects.filter(reason=Reason.ASKED).count() == 1


def test_the_page_asks_gives_back_what_is_refused_and_takes_back(cast: Cast) -> None:
    live = published(cast)
    address, client = document_url(live.document, "look-again"), signed_in(cast.publisher)

    refused = client.post(address, {"whom": "", "comment": WHY})
    done = client.post(address, {"whom": cast.second_reviewer.pk, "comment": WHY})
    page = client.get(document_url(live.document)).content.decode()
    back = client.post(address, {"take_back": Flag.objects.get().pk})

    assert (refused.status_code, done.status_code, back.status_code) == (409, 302, 302)
    assert f"required>{WHY}</textarea>" in refused.content.decode()
    assert f"Test publisher asks Test second reviewer: {WHY}" in page
    assert f'href="{address}"' in page
    assert not Flag.objects.standing().exists()
