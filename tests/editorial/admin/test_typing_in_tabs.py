"""Two tabs of one person keep what is typed in each, and each loses it with its own save alone."""

import pytest
from django.test import Client
from django.urls import reverse

from alstrom_site.editorial.models import WorkingCopy
from tests.cast import Cast
from tests.documents import draft, fresh
from tests.editorial.admin.test_autosaving import type_in, typing
from tests.editorial.admin.writing_visits import new, page
from tests.posting import opened, sent

pytestmark = pytest.mark.django_db


def test_two_new_terms_in_two_tabs_are_kept_apart_and_dropped_each_with_its_own_save(
    cast: Cast, editor: Client
) -> None:
    address = reverse("admin:pages_term_add_typing")
    tabs = [opened(editor, new("term")) for _ in range(2)]
    for word, fields in zip(("First word", "Second word"), tabs, strict=True):
        editor.post(
            f"{address}?did=type&tab={fields['tab'][0]}",
            {**{name: values[-1] for name, values in fields.items()}, "term": word},
        )
    asked = editor.get(new("term")).content.decode()

    sent(editor, new("term"), tabs[1], term="Second word", definition="Text.")

    assert asked.count("You have typing from") == 2
    assert 'name="definition"' in editor.get(new("term") + "?beside=1").content.decode()
    assert WorkingCopy.objects.get().form["term"] == ["First word"]
    restored = opened(editor, f"{new('term')}?restore=1&tab={tabs[0]['tab'][0]}")
    assert restored["term"] == ["First word"]


def test_two_tabs_of_one_edition_keep_what_is_typed_in_each(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    for tab in ("one", "other"):
        type_in(editor, edition.document, definition=f"Typed in {tab}.", tab=tab)
    editor.post(typing(edition.document, "leave", tab="one"))
    open_still = opened(editor, page(edition.document) + "?restore=1&tab=other")
    fields = opened(editor, page(edition.document) + "?restore=1&tab=one")

    sent(editor, page(edition.document), fields)

    assert fresh(edition).text.fields["definition"] == "Typed in one."
    assert open_still["tab"][0] not in {"one", "other"}
    assert [copy.tab for copy in WorkingCopy.objects.all()] == ["other"]
    html = editor.get(page(edition.document)).content.decode()
    assert html.count("You have typing from") == 1
    assert 'name="tab" value="other"' in html
