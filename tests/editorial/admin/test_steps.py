"""Steps from the document's page: one effect each, and nothing lost when one is refused."""

from datetime import timedelta

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url, step_url
from alstrom_site.editorial.models import Edition, Event
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, draft, fresh, in_review, next_edition, published, signed
from tests.editorial.actions.test_refusals import rows
from tests.editorial.admin.desk_visits import page, seen_form, signed_in, take
from tests.outbox import queued_mails


def edited(cast: Cast, edition: Edition, **changes: object) -> Edition:
    """Return the edition after somebody else saved another text."""
    edition = fresh(edition)
    content = {**edition.text.fields, "notes": ["Changed by somebody else."], **changes}
    changed = actions.save(
        edition,
        content,
        by=cast.second_editor,
        at=NOW + 9 * STEP,
        seen=edition.text.digest,
        take_back=edition.status == "approved",
    )
    return changed.edition


def test_an_editor_submits_and_is_told_so(cast: Cast) -> None:
    edition = draft(cast)

    response = take(cast.editor, edition, "submit")

    assert response.status_code == 302
    assert response.headers["Location"] == document_url(edition.document)
    assert fresh(edition).status == "in review"


def test_a_publisher_puts_the_approved_text_live(cast: Cast) -> None:
    edition = approved(cast)

    take(cast.publisher, edition, "publish")

    assert fresh(edition).status == "published"
    assert fresh(edition).published_by == cast.publisher


def test_an_editor_discards_with_a_comment_that_stays_in_the_record(cast: Cast) -> None:
    edition = draft(cast)

    take(cast.editor, edition, "discard", comment="Begun by mistake.")

    assert fresh(edition).status == "discarded"
    assert "Begun by mistake." in page(cast.reviewer, edition)


def test_discarding_without_a_comment_is_asked_about_beside_the_field(cast: Cast) -> None:
    edition = draft(cast)

    response = take(cast.editor, edition, "discard", comment="  ")

    assert response.status_code == 200
    assert "Say in a comment why." in response.content.decode()
    assert fresh(edition).status == "draft"


@pytest.mark.parametrize("verb", ["submit", "discard"])
def test_a_step_on_a_text_that_is_no_longer_there_is_refused(cast: Cast, verb: str) -> None:
    old = draft(cast)
    edited(cast, old)
    before = Event.objects.count()

    response = take(cast.editor, old, verb, comment="My words about the old text.")

    assert response.status_code == 409
    assert Event.objects.count() == before
    assert "Somebody changed this text since you opened it." in response.content.decode()


def test_a_refused_step_gives_the_comment_back_and_says_what_happened(cast: Cast) -> None:
    old = draft(cast)
    seen_last = Event.objects.latest("position").position
    edited(cast, old)

    response = take(cast.editor, old, "discard", comment="My words <kept>.", after=seen_last)

    html = response.content.decode()
    assert "My words &lt;kept&gt;.</textarea>" in html
    assert "Test second editor saved a new text of" in html
    assert "Changed by somebody else." in html


def test_a_stale_publication_is_refused(cast: Cast) -> None:
    old = approved(cast)
    edited(cast, old)

    response = take(cast.publisher, old, "publish")

    assert response.status_code == 409
    assert fresh(old).status == "draft"
    assert fresh(old).document.live_edition is None


def test_pressing_a_button_twice_has_one_effect_and_a_plain_message(cast: Cast) -> None:
    edition = draft(cast)
    take(cast.editor, edition, "submit")
    before = Event.objects.count()

    client = signed_in(cast.editor)
    response = client.post(step_url(edition.document, "submit"), seen_form(edition), follow=True)

    assert response.status_code == 200
    assert "You submitted edition 1 already. It was done once." in response.content.decode()
    assert Event.objects.count() == before


def test_publishing_twice_has_one_effect_though_the_first_superseded_another(cast: Cast) -> None:
    live = published(cast)
    edition = next_edition(cast, live.document, at=NOW + timedelta(days=1), volume="8")
    actions.submit(edition, by=cast.editor, at=NOW + timedelta(days=2), seen=edition.text.digest)
    signed(cast, edition, at=NOW + timedelta(days=3))
    take(cast.publisher, edition, "publish")
    before = Event.objects.count()

    response = take(cast.publisher, edition, "publish")

    assert response.status_code == 302
    assert Event.objects.count() == before


@pytest.mark.parametrize("breaks", ["keep_copy", "tell_new_standing"], ids=["once its page is made", "at its end"])
def test_a_publication_that_breaks_off_leaves_nothing_of_itself(
    breaks: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = next_edition(cast, published(cast).document, at=NOW + timedelta(days=1), volume="8")
    actions.submit(edition, by=cast.editor, at=NOW + timedelta(days=2), seen=edition.text.digest)
    edition = signed(cast, edition, at=NOW + timedelta(days=3))
    before, mails = rows(), len(queued_mails())

    def break_off(*_: object, **__: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(f"alstrom_site.editorial.actions.publishing.{breaks}", break_off)

    with pytest.raises(OSError, match="disk is full"):
        take(cast.publisher, edition, "publish")

    assert (rows(), len(queued_mails())) == (before, mails)


def test_somebody_without_the_role_is_refused_and_nothing_is_written(cast: Cast) -> None:
    edition = approved(cast)

    response = take(cast.editor, edition, "publish")

    assert response.status_code == 403
    assert "Your roles do not include the step “Publish”." in response.content.decode()
    assert fresh(edition).status == "approved"


def test_a_form_that_does_not_say_what_was_seen_is_refused_with_the_comment_given_back(cast: Cast) -> None:
    edition = draft(cast)
    form = {"edition": edition.pk, "seen": "not a digest", "comment": "My words."}

    response = signed_in(cast.editor).post(step_url(edition.document, "discard"), form)

    assert response.status_code == 409
    assert "My words.</textarea>" in response.content.decode()
    assert fresh(edition).status == "draft"


def test_a_form_that_names_an_edition_of_another_document_is_refused(cast: Cast) -> None:
    edition, other = draft(cast), draft(cast, "term")

    response = signed_in(cast.editor).post(step_url(edition.document, "submit"), seen_form(other))

    assert response.status_code == 409
    assert fresh(edition).status == fresh(other).status == "draft"


def test_a_step_that_lacks_something_is_refused_with_all_that_is_missing(cast: Cast) -> None:
    edition = draft(cast, "article", summary="", user_need="")

    response = take(cast.editor, edition, "submit")

    html = response.content.decode()
    assert response.status_code == 409
    assert html.count("Summary is empty. Fill it in.") >= 1
    assert html.count("User need is empty. Fill it in.") >= 1


def test_looking_at_the_address_of_a_step_takes_nothing(cast: Cast) -> None:
    edition = draft(cast)

    response = signed_in(cast.editor).get(step_url(edition.document, "submit"))

    assert response.status_code == 302
    assert fresh(edition).status == "draft"


def test_verdicts_are_not_given_from_the_address_of_a_step(cast: Cast) -> None:
    edition = in_review(cast)

    response = take(cast.reviewer, edition, "approve")

    assert response.status_code == 404
    assert fresh(edition).status == "in review"


def test_the_owner_hands_the_document_over(cast: Cast) -> None:
    edition = draft(cast)

    signed_in(cast.editor).post(document_url(edition.document, "owner"), {"to": cast.second_editor.pk})

    assert fresh(edition).document.owner == cast.second_editor


@pytest.mark.parametrize("to", ["", "0", "x", "9" * 40, "²"])
def test_handing_over_to_nobody_asks_to_whom(cast: Cast, to: str) -> None:
    edition = draft(cast)

    response = signed_in(cast.editor).post(document_url(edition.document, "owner"), {"to": to})

    assert "Choose who is to own it." in response.content.decode()
    assert fresh(edition).document.owner == cast.editor


def test_somebody_who_does_not_own_it_cannot_hand_it_over(cast: Cast) -> None:
    edition = draft(cast)

    response = signed_in(cast.second_editor).post(
        document_url(edition.document, "owner"), {"to": cast.second_editor.pk}
    )

    assert "Only the owner or an administrator can hand over" in response.content.decode()
    assert fresh(edition).document.owner == cast.editor
