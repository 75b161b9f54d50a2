"""Handing over all that somebody owns: all of it or nothing, one event each."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR
from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import owning
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.models import Document, Event
from alstrom_site.editorial.workflow import NotPermitted
from tests.cast import NOW, Cast, person
from tests.documents import STEP, draft, published
from tests.editorial.admin.desk_visits import signed_in
from tests.outbox import forget_mails, queued_mails
from tests.posting import fields_of

pytestmark = pytest.mark.django_db


def three_drafts(cast: Cast) -> list[Document]:
    """Three documents of the editor."""
    return [draft(cast, key=key).document for key in ("one2001", "two2002", "three2003")]


def owners() -> dict[str, str]:
    """Who owns each document now."""
    return dict(Document.objects.values_list("address", "owner__username"))


def send(person: User, **form: Any) -> Any:
    """Send the form of the page."""
    return signed_in(person).post(reverse("admin:editorial-hand-over"), form)


def test_an_administrator_hands_over_all_that_somebody_owns_with_one_event_each(cast: Cast) -> None:
    documents = three_drafts(cast)
    ticked = [document.pk for document in documents]

    send(cast.administrator, **{"from": cast.editor.pk, "to": cast.second_editor.pk, "documents": ticked})

    assert set(owners().values()) == {"second_editor"}
    assert Event.objects.filter(verb="hand over").count() == 3


def test_nothing_is_ticked_from_the_start_and_one_box_stands_for_all(cast: Cast) -> None:
    three_drafts(cast)
    page = signed_in(cast.editor).get(reverse("admin:editorial-hand-over")).content.decode()
    draft(cast, key="later2004")

    send(cast.editor, to=cast.second_editor.pk, all="1", listed=fields_of(page)["listed"])

    assert " checked" not in page
    assert 'name="all"' in page
    assert [name for name in owners().values() if name != "second_editor"] == ["editor"]


def test_the_new_owner_gets_one_letter_of_all_of_it(cast: Cast) -> None:
    documents = three_drafts(cast)
    forget_mails()

    actions.hand_over_all(documents, to=cast.second_editor, by=cast.administrator, at=NOW + STEP)

    (mail,) = queued_mails()
    assert (mail.to, mail.subject) == ("second_editor", "You own 3 more documents now")
    assert all(f"/{document.pk}/" in mail.text for document in documents)


def test_what_is_not_ticked_stays(cast: Cast) -> None:
    first, *_ = three_drafts(cast)

    send(cast.administrator, **{"from": cast.editor.pk, "to": cast.publisher.pk, "documents": [first.pk]})

    assert owners() == {"one2001": "publisher", "two2002": "editor", "three2003": "editor"}


def test_what_somebody_who_left_owns_can_be_handed_over(cast: Cast) -> None:
    documents = three_drafts(cast)
    User.objects.filter(pk=cast.editor.pk).update(is_active=False)

    actions.hand_over_all(documents, to=cast.second_editor, by=cast.administrator, at=NOW + STEP)

    assert set(owners().values()) == {"second_editor"}


def test_people_hand_over_their_own_and_nobody_elses(cast: Cast) -> None:
    documents = three_drafts(cast)
    ticked = [document.pk for document in documents]

    send(cast.second_editor, **{"from": cast.editor.pk, "to": cast.second_editor.pk, "documents": ticked})
    assert set(owners().values()) == {"editor"}

    send(cast.editor, **{"to": cast.second_editor.pk, "documents": ticked})
    assert set(owners().values()) == {"second_editor"}


def test_one_that_may_not_be_handed_over_keeps_all_the_others(cast: Cast) -> None:
    mine = draft(cast, key="mine2001").document
    others = draft(cast, key="others2002").document
    actions.hand_over(others, to=cast.publisher, by=cast.administrator, at=NOW)

    with pytest.raises(NotPermitted, match="Only the owner or an administrator"):
        actions.hand_over_all([mine, others], to=cast.second_editor, by=cast.editor, at=NOW + STEP)

    assert owners() == {"mine2001": "editor", "others2002": "publisher"}


def test_nothing_is_handed_over_when_the_last_write_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = three_drafts(cast)

    def fails_in_the_end(*_: Any, **__: Any) -> None:
        raise RuntimeError("The events could not be written.")

    monkeypatch.setattr(owning, "remark_all", fails_in_the_end)
    with pytest.raises(RuntimeError):
        actions.hand_over_all(documents, to=cast.second_editor, by=cast.administrator, at=NOW + STEP)

    assert set(owners().values()) == {"editor"}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"documents": []}, "Tick at least one document."),
        ({"to": ""}, "Choose who is to own them."),
        ({"to": "stranger"}, "cannot own a document"),
    ],
    ids=["nothing ticked", "nobody chosen", "somebody without a role"],
)
def test_what_is_wrong_is_said_and_what_was_ticked_stays_ticked(
    cast: Cast, form: dict[str, Any], sentence: str
) -> None:
    first, second, _ = three_drafts(cast)
    to = cast.stranger.pk if form.get("to") == "stranger" else form.get("to", cast.second_editor.pk)
    ticked = form.get("documents", [first.pk])

    answer = send(cast.administrator, **{"from": cast.editor.pk, "to": to, "documents": ticked})

    html = answer.content.decode()
    assert (answer.status_code, sentence in html) == (409, True)
    assert f'value="{second.pk}" checked' not in html
    assert set(owners().values()) == {"editor"}


def test_what_was_withdrawn_is_not_listed_as_due(cast: Cast) -> None:
    live, page = published(cast), reverse("admin:editorial-hand-over")
    listed = signed_in(cast.editor).get(page).content.decode()

    seen, why = live.text.digest, "A test."
    actions.propose(live, actions.Retirement("withdraw", why), by=cast.editor, at=NOW + 8 * STEP, seen=seen)
    actions.withdraw(live, by=cast.publisher, at=NOW + 9 * STEP, seen=seen, reason=why)

    assert ", due " in listed
    assert ", due " not in signed_in(cast.editor).get(page).content.decode()


def test_ten_times_as_many_take_no_more_queries_to_list(cast: Cast) -> None:
    client, page = signed_in(cast.editor), reverse("admin:editorial-hand-over")
    draft(cast, key="one2001")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(page)
        return len(seen)

    few = queries()
    for number in range(10):
        draft(cast, key=f"more200{number}")

    assert queries() == few


def test_a_documents_page_asks_once_who_could_own_it_however_many_they_are(cast: Cast) -> None:
    url = document_url(draft(cast, "term").document)
    client = signed_in(cast.editor)
    counted = []
    for number in range(2):
        person(f"new_{number}", EDITOR)
        with CaptureQueriesContext(connection) as queries:
            owners = client.get(url).context["owners"]
        counted.append(len(queries))

    assert counted[0] == counted[1]
    assert {each.username for each in owners} >= {"new_0", "new_1", "publisher", "administrator"}
    assert {"editor", "reviewer", "stranger"}.isdisjoint(each.username for each in owners)
