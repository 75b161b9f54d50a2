"""Where the list of the bibliography shows an entry is made anew with the page of the entry."""

from importlib import import_module

import pytest
from django.db import connection

from alstrom_site.editorial import projection
from alstrom_site.editorial.models import ListPlace, PublishedPage
from tests.cast import NOW, Cast
from tests.documents import STEP, made_live, next_edition, published, signed, submitted

COLUMNS = ("page", "kind", "heading", "heading_order", "order", "year", "type")


def places() -> set[tuple[str, ...]]:
    return set(ListPlace.objects.values_list(*COLUMNS))


def test_an_entry_has_one_place_and_one_under_each_page_that_cites_it_and_moves_with_its_text(cast: Cast) -> None:
    entry = published(cast, issued="1990")
    published(cast, "faq", slug="why-so", answer="So [@sample2001].")
    projection.refresh_stale()
    other = next_edition(cast, entry.document, at=NOW + 9 * STEP, issued="2002", type="book")

    made_live(cast, signed(cast, submitted(cast, other, at=NOW + 10 * STEP), at=NOW + 11 * STEP), at=NOW + 12 * STEP)

    found = ListPlace.objects.order_by("heading").values_list("heading", "heading_order", "year", "type")
    assert list(found) == [("", "", "2002", "book"), ("/questions/why-so/", "why so?", "2002", "book")]


def test_a_title_longer_than_any_index_holds_has_a_place(cast: Cast) -> None:
    published(cast, title="測試 " * 240)

    assert len(ListPlace.objects.get().order) == 200


@pytest.mark.breaks_the_record
def test_a_place_that_the_text_does_not_make_is_found_and_made_anew(cast: Cast) -> None:
    entry = published(cast)
    before = places()
    ListPlace.objects.update(year="1066")

    named = projection.differences(PublishedPage.objects.get(document=entry.document))
    projection.rebuild()

    assert (named, places()) == (["places"], before)


def test_entries_that_were_published_before_get_the_same_places(cast: Cast) -> None:
    published(cast, title="A title. " * 60)
    published(cast, "faq", slug="why-so", answer="So [@sample2001].")
    published(cast, "term", slug="a-word", definition="A word [@sample2001].")
    projection.refresh_stale()
    projected = places()
    step = import_module("references.migrations.0011_places_in_the_list")

    with connection.cursor() as cursor:
        cursor.execute(step.EMPTY)
        cursor.execute(step.FILL)

    assert len(projected) == 3
    assert places() == projected
