"""Withdrawing and unpublishing at the desk, as both people see it, through the real pages."""

import pytest
from django.test import Client

from alstrom_site.editorial import actions, content
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition, Proposal
from alstrom_site.editorial.verification import faults
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, made_live, next_edition, published, signed, submitted
from tests.editorial.admin.desk_visits import page, seen_form, signed_in
from tests.posting import opened, sent

pytestmark = pytest.mark.django_db

LATER = NOW + 20 * STEP
REASON = "A sentence in it no longer holds."


def url(edition: Edition, verb: str = "withdraw") -> str:
    return document_url(edition.document, verb)


def proposed(cast: Cast, edition: Edition, verb: str = "withdraw", **fields: str) -> Proposal:
    client = signed_in(cast.editor)
    response = sent(client, url(edition, verb), opened(client, url(edition, verb)), comment=REASON, **fields)
    assert response.status_code == 302, response.content.decode()
    return Proposal.objects.waiting().get(edition=edition)


def test_one_person_proposes_and_another_withdraws(cast: Cast, client: Client) -> None:
    edition = published(cast, "term")
    proposed(cast, edition)
    publisher = signed_in(cast.publisher)
    shown = page(cast.publisher, edition)
    assert shown.index(REASON) < shown.index("What you can do now")
    assert shown.count(f'href="{url(edition)}"') == 1

    fields = opened(publisher, url(edition))
    response = sent(publisher, url(edition), fields, act="confirm")

    assert response.status_code == 302
    assert fresh(edition).status == "withdrawn"
    html = client.get("/glossary/sample-term/").content.decode()
    assert "This page was withdrawn" in html
    assert REASON in html


def test_the_words_of_a_proposal_are_not_refused_to_who_confirms_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = published(cast, "term")
    wanted = actions.Retirement("withdraw", "It was\u200b superseded.")
    with monkeypatch.context() as before:
        before.setattr(content, "unseen_in", lambda label, text: "")
        actions.propose(edition, wanted, by=cast.editor, at=NOW + 9 * STEP, seen=edition.text.digest)
    publisher = signed_in(cast.publisher)

    sent(publisher, url(edition), opened(publisher, url(edition)), act="confirm")

    assert fresh(edition).status == "withdrawn"


def test_who_proposed_sees_that_it_waits_for_somebody_else_and_may_take_it_back(cast: Cast) -> None:
    edition = published(cast, "term")
    proposal = proposed(cast, edition)
    editor = signed_in(cast.editor)

    shown = editor.get(url(edition)).content.decode()
    assert "a publisher other than you decides" in shown
    assert 'value="confirm"' not in shown
    response = sent(editor, url(edition), opened(editor, url(edition)), act="turn-down")

    assert response.status_code == 302
    proposal.refresh_from_db()
    assert (proposal.was_taken, proposal.answer) == (False, "Taken back by the person who proposed it.")


def test_a_publisher_who_proposed_cannot_confirm_even_by_a_form_of_their_own_making(cast: Cast) -> None:
    edition = published(cast, "term")
    publisher = signed_in(cast.publisher)
    sent(publisher, url(edition), opened(publisher, url(edition)), comment=REASON)
    proposal = Proposal.objects.get()

    response = publisher.post(url(edition), seen_form(edition, act="confirm", proposal=proposal.pk))

    assert response.status_code == 403
    assert "takes two people" in response.content.decode()
    assert fresh(edition).status == "published"


def test_an_old_page_of_a_proposal_confirms_no_other_proposal(cast: Cast) -> None:
    edition = published(cast, "term")
    first = proposed(cast, edition)
    publisher = signed_in(cast.publisher)
    stale = opened(publisher, url(edition))
    signed_in(cast.editor).post(url(edition), seen_form(edition, act="turn-down", proposal=first.pk))
    proposed(cast, edition)

    response = sent(publisher, url(edition), stale, act="confirm")

    assert response.status_code == 409
    assert "decided already" in response.content.decode()
    assert fresh(edition).status == "published"


def test_a_stale_form_withdraws_no_later_text_and_loses_no_word(cast: Cast) -> None:
    edition = published(cast, "term")
    editor = signed_in(cast.editor)
    stale = opened(editor, url(edition))
    newer = submitted(cast, next_edition(cast, edition.document, at=LATER, definition="Other words."), at=LATER)
    made_live(cast, signed(cast, newer, at=LATER), at=LATER)

    response = sent(editor, url(edition), stale, comment="Something that I typed.")

    assert response.status_code == 409
    assert "Something that I typed." in response.content.decode()
    assert not Proposal.objects.exists()


def test_a_refused_destination_gives_back_reason_and_address(cast: Cast) -> None:
    edition = published(cast, "term")
    editor = signed_in(cast.editor)
    fields = opened(editor, url(edition, "unpublish"))

    response = sent(editor, url(edition, "unpublish"), fields, comment=REASON, moved_to="/glossary/sample-term/")

    html = response.content.decode()
    assert response.status_code == 409
    assert "A page cannot lead to itself." in html
    assert REASON in html
    assert 'value="/glossary/sample-term/"' in html


def test_a_proposal_needs_a_reason(cast: Cast) -> None:
    edition = published(cast, "term")
    editor = signed_in(cast.editor)

    response = sent(editor, url(edition), opened(editor, url(edition)), comment="  ")

    assert response.status_code == 409
    assert "Say why it no longer holds" in response.content.decode()
    assert not Proposal.objects.exists()


def test_what_is_taken_down_leaves_a_page_that_says_so(cast: Cast, client: Client) -> None:
    edition = published(cast, "term")
    proposed(cast, edition, "unpublish")
    publisher = signed_in(cast.publisher)

    sent(publisher, url(edition, "unpublish"), opened(publisher, url(edition, "unpublish")), act="confirm")

    response = client.get("/glossary/sample-term/")
    assert response.status_code == 410
    assert "This page was taken down" in response.content.decode()
    assert "was taken down" in page(cast.editor, edition)


def test_the_page_of_a_document_that_is_not_live_leads_back(cast: Cast) -> None:
    edition = published(cast, "term")
    proposed(cast, edition, "unpublish")
    publisher = signed_in(cast.publisher)
    sent(publisher, url(edition, "unpublish"), opened(publisher, url(edition, "unpublish")), act="confirm")

    assert publisher.get(url(edition)).status_code == 302


def test_where_a_kind_asks_for_no_second_person_a_publisher_takes_the_step_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind_named("term"), "second_person", frozenset())
    edition = published(cast, "term")
    editor, publisher = signed_in(cast.editor), signed_in(cast.publisher)
    shown = page(cast.publisher, edition)

    for verb, state in (("withdraw", "withdrawn"), ("unpublish", "unpublished")):
        assert "needs no proposal here: a publisher takes the step." in editor.get(url(edition, verb)).content.decode()
        refused = editor.post(url(edition, verb), seen_form(edition, act="propose", comment=REASON))
        fields = opened(publisher, url(edition, verb))
        taken = sent(publisher, url(edition, verb), fields, comment=REASON)

        assert f'href="{url(edition, verb)}' in shown
        assert (fields["act"], refused.status_code, taken.status_code) == (["take"], 409, 302)
        assert fresh(edition).status == state
    assert (Proposal.objects.count(), list(faults())) == (0, [])
