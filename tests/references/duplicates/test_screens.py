"""Entries that look alike, at the desk: listed, compared, merged, told apart; and a warning before one is added."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alstrom_site.accounts.models import User
from alstrom_site.editorial.models import Distinction, Document, Edition, Proposal
from alstrom_site.editorial.texts import latest_texts
from references.admin.side_by_side import SideBySide
from tests.cast import Cast
from tests.documents import draft, fresh, published
from tests.editorial.admin.desk_visits import signed_in

pytestmark = pytest.mark.django_db

TITLE = "One work that two people typed"
LIST = "/admin/references/reference/duplicates/"


def _pair(cast: Cast, name: str = "one", **fields: Any) -> tuple[Edition, Edition]:
    kept = published(cast, key=f"{name}2001", title=f"{TITLE}, {name}", page=f"1{name}", **fields)
    return kept, draft(cast, key=f"{name}2002", title=f"{TITLE.upper()}, {name}", issued="2002", page=f"2{name}")


def _url(kept: Edition, gone: Edition) -> str:
    return reverse("admin:references_compare", args=[kept.document_id, gone.document_id])


def _send(person: User, kept: Edition, gone: Edition, act: str, **fields: Any) -> Any:
    kept, gone = fresh(kept), fresh(gone)
    newest = [each.document.latest_edition.text.digest for each in (kept, gone)]
    form = {"act": act, "kept_seen": newest[0], "gone_seen": newest[1], "reason": "The same.", **fields}
    return signed_in(person).post(_url(kept, gone), form)


def test_the_list_names_each_pair_once_the_one_that_readers_know_first(cast: Cast) -> None:
    kept, gone = _pair(cast)

    html = signed_in(cast.editor).get(LIST).content.decode()

    assert "1 pair by title" in html
    assert _url(kept, gone) in html
    assert "One has the same title and first author, and about the same year as the other." in html


def test_the_list_asks_as_often_for_many_pairs_as_for_one(cast: Cast) -> None:
    _pair(cast)
    browser = signed_in(cast.editor)
    browser.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as once:
        browser.get(LIST)
    for name in ("two", "three", "four"):
        _pair(cast, name)

    with CaptureQueriesContext(connection) as now:
        html = browser.get(LIST).content.decode()

    assert "4 pairs" in html
    assert len(now) == len(once)


def test_a_draft_is_merged_and_chosen_fields_go_into_a_draft_of_the_kept_entry(cast: Cast) -> None:
    kept, gone = _pair(cast)

    html = signed_in(cast.editor).get(_url(kept, gone)).content.decode()
    response = _send(cast.editor, kept, gone, "merge", fields=["issued", "key"])

    assert "They have the same title and first author, and about the same year." in html
    assert response.status_code == 302
    assert latest_texts("reference", ["one2002"])["one2002"].document_id == kept.document_id
    taken = Document.objects.get(pk=kept.document_id).latest_edition.text.fields
    assert (taken["issued"], taken["key"]) == ("2002", "one2001")
    assert "Merged entries" in signed_in(cast.editor).get(_url(kept, gone)).content.decode()
    assert "No two entries look alike" in signed_in(cast.editor).get(LIST).content.decode()


def test_two_entries_show_what_differs_fold_what_does_not_and_leave_the_reason_to_the_person(cast: Cast) -> None:
    kept, gone = _pair(cast)

    table, _, rest = signed_in(cast.editor).get(_url(kept, gone)).content.decode().partition("</table>")

    assert ">Issued</th>" in table
    assert ">Volume</th>" not in table
    assert "<dt>Volume</dt>" in rest
    assert "required></textarea>" in rest


def test_a_live_entry_is_proposed_and_confirmed_on_the_same_screen(cast: Cast) -> None:
    kept, _ = _pair(cast)
    gone = published(cast, key="third2001", title=f"{TITLE}, one")

    assert "Propose to merge them" in signed_in(cast.editor).get(_url(kept, gone)).content.decode()
    _send(cast.editor, kept, gone, "propose")
    html = signed_in(cast.publisher).get(_url(kept, gone)).content.decode()
    _send(cast.publisher, kept, gone, "merge", reason=Proposal.objects.get().reason)

    assert "Test editor proposed this merge" in html
    assert "Merge them now" in html
    assert fresh(gone).status == "unpublished"


def test_a_pair_that_was_told_apart_is_not_shown_again_and_says_who_did_it(cast: Cast) -> None:
    kept, gone = _pair(cast)

    _send(cast.editor, kept, gone, "apart")

    said = Distinction.objects.get()
    assert (said.by, said.first, said.second) == (cast.editor, kept.document, gone.document)
    assert "No two entries look alike" in signed_in(cast.editor).get(LIST).content.decode()
    page = signed_in(cast.editor).get(_url(gone, kept)).content.decode()
    assert "Test editor said that they are not the same work" in page


def test_what_was_typed_is_given_back_when_an_entry_changed_meanwhile(cast: Cast) -> None:
    kept, gone = _pair(cast)

    response = _send(cast.editor, kept, gone, "merge", gone_seen="0" * 64, reason="My long reason.", fields="issued")

    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody changed this text since you opened it" in html
    assert "My long reason." in html
    assert 'value="issued" aria-label="Take over: Issued" checked' in html
    assert fresh(gone).status == "draft"


def _typed(**fields: str) -> dict[str, str]:
    rows = {f"author-{name}": value for name, value in (("TOTAL_FORMS", "1"), ("INITIAL_FORMS", "0"))}
    return {"type": "article-journal", "key": "typed2001", "issued": "2001", **rows, **fields}


def test_a_new_entry_that_looks_like_another_one_is_saved_only_when_that_was_seen(cast: Cast) -> None:
    there = draft(cast, key="there2001", title=f"{TITLE}, there", author=[])
    browser, url = signed_in(cast.editor), reverse("admin:references_reference_add")

    warned = browser.post(url, _typed(title=f"{TITLE}, there"))
    html = warned.content.decode()
    saved = browser.post(url, _typed(title=f"{TITLE}, there", all_the_same=str(there.document_id)))

    assert warned.status_code == 200
    assert "There may be an entry of this work already" in html
    assert f'name="all_the_same" value="{there.document_id}"' in html
    assert f"{TITLE}, there" in html
    assert saved.status_code == 302
    assert Document.objects.filter(address="typed2001").exists()


def test_a_new_entry_with_the_identifier_of_another_one_is_refused_and_led_to_it(cast: Cast) -> None:
    there = draft(cast, key="there2001", PMID="17940554")

    response = signed_in(cast.editor).post(
        reverse("admin:references_reference_add"), _typed(title="Whatever it is called", PMID="17940554")
    )

    html = response.content.decode()
    assert "has the PMID 17940554 already" in html
    assert reverse("admin:editorial-document", args=[there.document_id]) in html
    assert not Document.objects.filter(address="typed2001").exists()


def test_names_that_differ_in_the_signs_between_initials_are_no_difference_and_types_are_words(cast: Cast) -> None:
    people = [[{"family": "Muster", "given": given, "suffix": "", "literal": ""}] for given in ("J.L.", "J L")]
    kept, gone = (draft(cast, key=f"n{number}", author=each) for number, each in enumerate(people))

    pair = SideBySide.of(kept.document, gone.document, cast.editor)

    rows = {row.name: row for row in pair.rows}
    assert (rows["author"].kept, rows["author"].differs) == (["Muster, J.L."], False)
    assert rows["type"].kept == ["Journal article"]
    assert rows["key"].differs
