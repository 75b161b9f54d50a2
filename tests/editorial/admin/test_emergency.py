"""The emergency page: a reason, a confirmation, and a second person afterwards."""

import re
from typing import Any

import pytest
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.models import Edition, Flag, Reason
from alstrom_site.editorial.workflow import Status
from tests.cast import NOW, PASSWORD, Cast
from tests.documents import STEP, changes_requested, draft, fresh, in_review, next_edition, published
from tests.editorial.actions.test_emergency import in_emergency
from tests.editorial.admin.desk_visits import approval_form, page, seen_form, signed_in

pytestmark = pytest.mark.django_db
REASON = "A number in the live text can harm somebody."


def send(person: User, edition: Edition, **fields: Any) -> Any:
    """Send the form of an emergency and return the answer."""
    form = seen_form(edition, **{"comment": REASON, "confirmed": "yes", **fields})
    return signed_in(person).post(document_url(edition.document, "emergency"), form)


def test_a_publisher_publishes_with_a_reason_and_a_confirmation(cast: Cast) -> None:
    edition = draft(cast)

    answer = send(cast.publisher, edition)

    assert answer.status_code == 302
    assert fresh(edition).review_is_pending
    shown = signed_in(cast.editor).get(document_url(edition.document)).content.decode()
    assert "Published in an emergency: its review is pending" in shown
    assert "</strong> made an emergency publication of edition 1</p>" in shown
    assert REASON in shown


def test_the_page_names_everybody_who_will_be_mailed(cast: Cast) -> None:
    edition = draft(cast)

    shown = signed_in(cast.publisher).get(document_url(edition.document, "emergency")).content.decode()

    assert "Test reviewer, Test second reviewer, Test everything." in shown
    assert "Nobody has approved this text" in shown
    assert "Readers and every reviewer read it. It stays in the record." in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"confirmed": ""}, "Tick this to publish. If it can wait for a review, submit the text instead."),
        ({"comment": ""}, "Say why this cannot wait for its review. Readers and every reviewer read it,"),
        ({"seen": "0" * 64}, "Nothing was written."),
    ],
)
def test_what_is_left_out_is_asked_for_and_nothing_typed_is_lost(
    fields: dict[str, str], sentence: str, cast: Cast
) -> None:
    edition = draft(cast)

    shown = send(cast.publisher, edition, **fields).content.decode()

    assert sentence in shown
    assert fields.get("comment", REASON) in shown
    assert fresh(edition).state is Status.DRAFT


def test_who_asked_for_which_changes_is_shown_and_has_to_be_ticked(cast: Cast) -> None:
    edition = changes_requested(cast.reviewer, in_review(cast), at=timezone.now(), comment="The volume is wrong.")
    box = f"despite-{edition.reviews.get().pk}"

    shown = signed_in(cast.publisher).get(document_url(edition.document, "emergency")).content.decode()
    refused = send(cast.publisher, edition).content.decode()
    answer = send(cast.publisher, edition, **{box: "yes"})

    assert "The volume is wrong." in shown
    assert f'name="{box}"' in shown
    assert f'<a href="#field-{box}">Tick this if you have read what Test reviewer asked for.' in refused
    assert answer.status_code == 302
    history = signed_in(cast.editor).get(document_url(edition.document)).content.decode()
    assert "Although Test reviewer had requested changes (“The volume is wrong.”), which this person" in history


def test_pressing_the_button_twice_publishes_once(cast: Cast) -> None:
    edition = draft(cast)

    for _ in range(2):
        assert send(cast.publisher, edition).status_code == 302

    assert edition.events.filter(verb="publish in emergency").count() == 1


@pytest.mark.parametrize("who", ["editor", "reviewer", "administrator"])
def test_who_may_not_publish_may_not_do_it_in_an_emergency(who: str, cast: Cast) -> None:
    edition = in_review(cast)
    person = getattr(cast, who)
    url = document_url(edition.document, "emergency")

    assert 'name="confirmed"' not in signed_in(person).get(url).content.decode()
    assert send(person, edition).status_code == 403
    assert fresh(edition).state is Status.IN_REVIEW


def test_the_step_that_makes_it_good_is_offered_once_and_first(cast: Cast) -> None:
    edition = in_emergency(cast, draft(cast))
    url = document_url(edition.document, "approve-afterwards")

    shown = {name: page(getattr(cast, name), edition) for name in ("reviewer", "publisher")}

    assert (shown["reviewer"].count(f'href="{url}'), shown["publisher"].count(f'href="{url}')) == (1, 0)
    assert re.search(rf'class="button-link" href="{url}[^"]*">Approve after publication</a>', shown["reviewer"])
    assert "It is yours to review" in shown["reviewer"]
    assert "It is yours to review" not in shown["publisher"]


def sign_afterwards(person: User, edition: Edition, *, after: int | str) -> Any:
    """Send a whole signature of a page that had shown the events up to `after`, and return the answer."""
    form = approval_form(edition, **{"signature-password": PASSWORD, "interests-declared": "None", "after": after})
    return signed_in(person).post(document_url(edition.document, "approve-afterwards"), form)


def test_a_reviewer_signs_it_afterwards_with_the_password(cast: Cast) -> None:
    edition = in_emergency(cast, draft(cast))

    answer = sign_afterwards(cast.reviewer, edition, after=last_position(edition.document))

    assert answer.status_code == 302, answer.content.decode()
    assert not fresh(edition).review_is_pending
    assert edition.reviews.get().signed_with == "password"


@pytest.mark.parametrize("says_what_it_showed", [True, False])
def test_a_flag_that_nobody_saw_is_not_settled_by_a_signature_afterwards(says_what_it_showed: bool, cast: Cast) -> None:
    edition = in_emergency(cast, draft(cast))
    shown = last_position(edition.document)
    statement = "Raised since."
    actions.raise_flag(
        edition.document, Reason.SOURCE, about=None, statement=statement, by=cast.editor, at=timezone.now()
    )

    answer = sign_afterwards(cast.reviewer, edition, after=shown if says_what_it_showed else "")

    assert (answer.status_code, "flagged since you opened the page" in answer.content.decode()) == (409, True)
    assert fresh(edition).review_is_pending
    assert Flag.objects.standing().count() == 2
    sign_afterwards(cast.reviewer, edition, after=last_position(edition.document))
    assert not Flag.objects.standing().exists()


def test_who_published_it_is_told_that_somebody_else_must_sign(cast: Cast) -> None:
    edition = in_emergency(cast, draft(cast), by=cast.everything)

    url = document_url(edition.document, "approve-afterwards")
    shown = signed_in(cast.everything).get(url).content.decode()

    assert "You published this text, so somebody else must approve it." in shown


def test_who_publishes_reads_and_may_change_the_note_that_the_text_was_submitted_with(cast: Cast) -> None:
    edition = next_edition(cast, published(cast).document, at=NOW + 4 * STEP, volume="8")
    noted = {"change": "major", "note": "The volume was wrong."}
    actions.submit(edition, by=cast.editor, at=NOW + 5 * STEP, seen=edition.text.digest, **noted)

    html = page(cast.publisher, fresh(edition), "emergency")

    assert "required>The volume was wrong.</textarea>" in html


def test_reason_note_and_confirmation_are_asked_for_together(cast: Cast) -> None:
    edition = next_edition(cast, published(cast).document, at=NOW + 4 * STEP, volume="8")

    html = send(cast.publisher, edition, comment="", confirmed="", note=" ").content.decode()

    assert 'id="error-note">Tell readers in a sentence what has changed.' in html
    assert "Tick this to publish." in html
    assert html.count("field--faulty") == 3


@pytest.mark.parametrize("name", ["standing", "record", "approve-afterwards"])
def test_no_page_of_the_desk_takes_the_review_of_an_earlier_text_for_one_of_the_text_that_waits(
    name: str, cast: Cast
) -> None:
    before = published(cast, at=NOW)
    edition = in_emergency(cast, next_edition(cast, before.document, at=NOW + 4 * STEP, volume="8"), note="New.")

    html = re.sub(r"<[^>]+>|\s+", " ", page(cast.reviewer, edition, name))

    assert not re.search(r"(?i)last reviewed \d", html)
    assert re.search(r"(?i)review pending", html)
    assert re.search(rf"Published (in an emergency|before its review).{{0,90}}{REASON}", html)


def test_whoever_approves_afterwards_sees_what_changed_from_what_readers_had_before(cast: Cast) -> None:
    before = published(cast, "term", definition="The dose is small.")
    edition = next_edition(cast, before.document, at=NOW + 10 * STEP, definition="The dose is large.")
    send(cast.publisher, edition, note="The dose was wrong.")

    shown = page(cast.reviewer, edition, "approve-afterwards")

    assert "Readers had the text on the old side, that of edition 1, until " in shown
    assert re.search(r"<del[^>]*>.*small.*</del>", shown)
    assert re.search(r"<ins[^>]*>.*large.*</ins>", shown)


def test_of_a_first_text_that_went_out_in_an_emergency_there_is_nothing_to_compare(cast: Cast) -> None:
    edition = draft(cast)
    send(cast.publisher, edition)

    assert "on the old side" not in page(cast.reviewer, edition, "approve-afterwards")
