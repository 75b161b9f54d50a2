"""Entries are found while somebody types: by key, author, title, year and number."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from alstrom_site.editorial import actions
from references.cleaning import cleaned
from references.completion import complete, found_by
from references.standing import Notice
from references.watching import observe
from tests.cast import NOW, Cast
from tests.documents import draft, published, reference_content, submitted
from tests.editorial.admin.desk_visits import signed_in

pytestmark = pytest.mark.django_db
DESK = "/admin/references/reference/"
PEOPLE = [{"family": "Ångström-Tester", "given": "A."}, {"literal": "The Test Group"}]


def keys(typed: str) -> list[str]:
    return [each.key for each in complete(typed)]


@pytest.fixture
def entry(cast: Cast) -> None:
    draft(
        cast,
        key="angstrom1973obesity",
        author=PEOPLE,
        title="Obesity in <i>made-up</i> tests",
        issued="1973",
        PMID="17940554",
        DOI="10.1000/xyz.5",
    )
    draft(cast, key="other1999", author=[{"family": "Other", "given": "B."}], title="Something else", issued="1999")


@pytest.mark.usefixtures("entry")
def test_an_entry_is_found_by_the_beginnings_of_its_words() -> None:
    for typed in (
        *["a", "angstrom1973", "ANGSTROM1973obesity", "angstrom tester", "Ångs", "ångström-t", "test group"],
        *["obes", "made-up obesity", "1973", "obesity 1973", "1794", "17940554", "10.1000/xyz", "xy", "  obes  "],
    ):
        assert keys(typed) == ["angstrom1973obesity"], typed


def test_an_identifier_finds_its_entry_alone_wherever_it_is_typed(cast: Cast, client: Client) -> None:
    published(cast, key="meant2001", title="Meant", DOI="10.1000/made-up.202", PMID="203")
    published(cast, key="like2001", title="Like", DOI="10.1000/made-up.1", PMID="2031", page="203-9")
    desk = signed_in(cast.editor)

    for typed in ("10.1000/made-up.202", "https://doi.org/10.1000/Made-up.202", "PMID 203"):
        assert keys(typed) == ["meant2001"], typed
        for browser, path in ((client, "/bibliography/"), (client, "/search/"), (desk, DESK)):
            html = browser.get(path, {"q": typed}).content.decode()
            assert ("Meant" in html, "Like" in html) == (True, False), (path, typed)


def test_the_desk_lists_the_entries_of_retracted_works(cast: Cast) -> None:
    observe(
        published(cast, key="gone2001", title="Gone work").document,
        [Notice("RetractionIn", "2010")],
        source="test",
        by=cast.publisher,
        at=NOW,
    )
    published(cast, key="stands2001", title="Standing work")

    html = signed_in(cast.editor).get(DESK, {"happened": "retracted"}).content.decode()

    assert ("Gone work" in html, "Standing work" in html) == (True, False)


@pytest.mark.usefixtures("entry")
def test_what_begins_no_word_finds_nothing() -> None:
    for typed in ("", " ", "besity", "obesity 1999", "%", "_", "\\", "\x00", "’", "'; --", "z" * 900):
        assert keys(typed) == [], typed


def test_keys_that_begin_so_come_first_then_first_authors_then_titles(cast: Cast) -> None:
    draft(cast, key="early1990", author=[{"family": "Early"}], title="On sample")
    draft(cast, key="late1991", author=[{"family": "Sample"}], title="On")
    draft(cast, key="sample1992", author=[{"family": "Zeta"}], title="On")

    assert keys("sample") == ["sample1992", "late1991", "early1990"]


def test_a_suggestion_says_what_an_author_must_know(cast: Cast) -> None:
    retracted = published(cast, key="retracted2001", title="Found here")
    observe(retracted.document, [Notice("RetractionIn", "2010")], source="test", by=cast.publisher, at=NOW)
    draft(cast, key="drafted2001", title="Found here too")

    drafted, live = complete("found here")

    assert (drafted.key, drafted.standing, drafted.retracted) == ("drafted2001", ("draft only",), False)
    assert (live.key, live.standing, live.retracted) == ("retracted2001", ("Retracted 2010",), True)
    assert live.retraction == "Retracted 2010"
    assert live.label == "Sample 2001"
    assert live.citation.startswith("Sample AB. Found here.")


def test_a_discarded_entry_is_offered_no_more(cast: Cast) -> None:
    edition = draft(cast, key="gone2001", title="Nowhere")
    actions.discard(edition, by=cast.editor, at=NOW, seen=edition.text.digest, comment="Made up.")

    assert keys("nowhere") == keys("gone2001") == []


def test_finding_takes_the_same_few_queries_however_many_there_are(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        submitted(cast, draft(cast, key=f"many{number}", title="Many"), at=NOW)

    with django_assert_max_num_queries(5):
        assert len(complete("many")) == 8


def test_the_words_of_a_thousand_authors_fit() -> None:
    people = [{"family": f"Family{number}"} for number in range(1000)]

    trait = found_by(cleaned(reference_content("crowd2001", author=people, title="A title " * 40)))

    assert len(trait.value) <= 400
    assert trait.value.startswith(" crowd2001 family0 ")
