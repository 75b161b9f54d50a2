"""What the editor's script is told while somebody cites."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alstrom_site.accounts.models import User
from alstrom_site.editorial.models import FormerAddress
from pages.cited_sources import cited_in
from pages.views.completing import COMPLETE
from references.standing import Notice
from references.watching import observe
from tests.cast import NOW, Cast
from tests.documents import draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_is_over_a_limit() -> None:
    cache.clear()


def asked(person: User, name: str, **sent: Any) -> Any:
    client = Client()
    client.force_login(person)
    return client.post(reverse(name), sent)


def test_entries_that_begin_so_are_offered_with_what_an_author_must_know(cast: Cast) -> None:
    draft(cast, key="sample2001", title="On <i>tests</i>")

    answer = asked(cast.editor, "text-completions", typed="samp").json()

    (result,) = answer["results"]
    assert set(result) == {"key", "label", "title", "citation", "standing", "retracted", "retraction"}
    assert (result["key"], result["label"], result["standing"]) == ("sample2001", "Sample 2001", ["draft only"])


def test_a_key_that_is_no_identifier_leads_to_the_form_with_the_key_in_it(cast: Cast) -> None:
    answer = asked(cast.editor, "text-completions", typed="sampleb").json()

    assert answer == {"results": [], "look_up": "", "by_hand": "/admin/references/reference/add/?key=sampleb"}
    assert asked(cast.editor, "text-completions", typed="two words").json()["by_hand"] == ""
    panel = asked(cast.editor, "text-cited-sources", text=["[@sampleb; @17940555]"]).json()["html"]
    assert panel.count("Add this entry by hand") == panel.count("Look it up and draft it") == 1
    client = Client()
    client.force_login(cast.editor)
    assert 'value="sampleb"' in client.get(answer["by_hand"]).content.decode()


def test_an_identifier_that_no_entry_has_leads_to_the_look_up(cast: Cast) -> None:
    answer = asked(cast.editor, "text-completions", typed="10.1000/x&y").json()

    assert answer["results"] == []
    assert answer["look_up"].endswith("?identifiers=10.1000%2Fx%26y")


def test_who_may_not_draft_is_led_to_no_look_up(cast: Cast) -> None:
    assert asked(cast.reviewer, "text-completions", typed="x1").json() == {"results": [], "look_up": "", "by_hand": ""}


@pytest.mark.parametrize("name", ["text-completions", "text-cited-sources"])
def test_strangers_and_those_in_haste_are_told_nothing(cast: Cast, name: str) -> None:
    assert Client().post(reverse(name), {"typed": "samp", "text": "[@samp]"}).status_code == 401
    assert Client().get(reverse(name)).status_code == 405
    assert asked(cast.stranger, name, typed="samp", text="[@samp]").status_code == 403


def test_completions_are_counted_by_the_minute(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.views.editor.cache.incr", lambda key: COMPLETE.per_minute + 1)

    assert asked(cast.editor, "text-completions", typed="samp").status_code == 429


def test_the_panel_tells_what_is_cited_in_order_and_how_it_stands(cast: Cast) -> None:
    stands = published(cast, key="stands2001", title="What stands").document
    observe(stands, [Notice("RetractionIn", "2010")], source="test", by=cast.publisher, at=NOW)
    draft(cast, key="drafted2002", title="What is drafted")

    found = cited_in(["One [@drafted2002; @drafted2002, p. 3].", "@stands2001 says."])

    assert [(each.number, each.source.key, each.places, each.source.standing) for each in found.cited] == [
        (1, "drafted2002", 2, ("draft only",)),
        (2, "stands2001", 1, ("Retracted 2010",)),
    ]
    assert found.unknown == ()


def test_the_panel_names_unknown_keys_and_what_they_may_have_meant(cast: Cast) -> None:
    draft(cast, key="sample2001")

    found = cited_in(["[@smaple2001]\n[@samplf2001] @sampel2001 and @handle [@nothing1999]\n\n[@samplf2001]"])

    assert [(each.key, each.near, each.lines, each.is_meant) for each in found.unknown] == [
        ("smaple2001", ("sample2001",), (1,), True),
        ("samplf2001", ("sample2001",), (2, 4), True),
        ("nothing1999", (), (2,), True),
        ("sampel2001", ("sample2001",), (), False),
    ]
    html = asked(cast.editor, "text-cited-sources", text=["[@samplf2001]"]).json()["html"]
    assert "names no entry (line 1)" in html
    assert "<code>@sample2001</code>" in html


def test_the_panel_names_what_readers_text_cites_and_the_one_in_hand_no_longer_does(cast: Cast) -> None:
    for key in ("kept2001", "gone2002"):
        published(cast, key=key, title=f"About {key}")
    question = published(cast, "faq", answer="So [@kept2001; @gone2002; @gone2002, p. 3].").document
    url = f"{reverse('text-cited-sources')}?document={question.pk}"
    client = Client()
    client.force_login(cast.editor)

    less, same, new = (
        client.post(address, {"text": text}).json()["html"]
        for address, text in (
            (url, "So [@kept2001]."),
            (url, "So [@gone2002]; [@kept2001]."),
            (reverse("text-cited-sources"), "So [@kept2001]."),
        )
    )

    assert less.partition("no longer by this one")[2].count("@gone2002") == 1
    assert "@kept2001" not in less.partition("no longer by this one")[2]
    assert "no longer" not in same + new
    assert "no longer by this one" not in client.get(f"/admin/pages/question/{question.pk}/standing/").content.decode()


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 19, "\u0663", "-1", "x", ""])
def test_the_panel_of_no_document_is_that_of_a_new_one(cast: Cast, number: str) -> None:
    client = Client()
    client.force_login(cast.editor)

    answer = client.post(f"{reverse('text-cited-sources')}?document={number}", {"text": "Nothing."})

    assert "Nothing is cited yet" in answer.json()["html"]


def test_what_a_text_cites_takes_the_same_few_queries_however_much_it_is(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(9):
        draft(cast, key=f"sample{number}", title=f"Title {number}")
    text = " ".join(f"[@sample{number}; @unknown{number}]" for number in range(9))

    with django_assert_max_num_queries(5):
        assert len(cited_in([text]).cited) == 9


def test_the_form_and_the_page_of_a_document_show_what_its_text_cites(cast: Cast) -> None:
    draft(cast, key="sample2001", title="What is cited")
    question = draft(cast, "faq", answer="So [@sample2001].").document
    client = Client()
    client.force_login(cast.editor)

    for page in ("change", "standing"):
        html = client.get(f"/admin/pages/question/{question.pk}/{page}/").content.decode()
        assert "What this text cites" in html
        assert "Sample AB. What is cited." in html


def test_an_old_key_is_known_and_leads_to_the_entry_of_now(cast: Cast) -> None:
    entry = published(cast, key="new2001", title="Renamed once").document
    FormerAddress.objects.create(kind="reference", address="old2001", document=entry, since=NOW)

    found = cited_in(["[@old2001]"])

    assert [(each.source.key, each.source.standing) for each in found.cited] == [
        ("old2001", ("now has the key new2001",))
    ]
    assert found.unknown == ()
