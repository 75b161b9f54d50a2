"""Records of files become drafts, each once, and say where their fields came from."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document
from references.adding import Counts, add, brought, summary
from references.fitting import fitted
from references.formats.reading import read_references
from references.formats.records import Record
from references.importing import Arrival, arrivals, draft
from references.models.taken_over import LONGEST_WORDS
from references.provenance import TakenFrom, note, origins, words_of
from tests.cast import NOW, Cast
from tests.documents import draft as drafted
from tests.references.formats.samples import BIBTEX, NBIB, RIS, SAMPLES

pytestmark = pytest.mark.django_db


def looked_at(text: str) -> list[Arrival]:
    found = read_references(io.BytesIO(text.encode()))
    return arrivals([brought(one, "named.nbib") for one in found if isinstance(one, Record)])


def added(cast: Cast, text: str, *, also_alike: bool = False) -> tuple[Counts, list[str]]:
    lines: list[str] = []
    found = read_references(io.BytesIO(text.encode()))
    counts = add(found, file="named.nbib", also_alike=also_alike, by=cast.editor, at=NOW, write=lines.append)
    return counts, lines


@pytest.mark.parametrize("name", SAMPLES)
def test_a_record_of_any_format_becomes_a_draft(cast: Cast, name: str) -> None:
    counts, _ = added(cast, SAMPLES[name])

    document = Document.objects.get()
    content = document.latest_edition.text.fields
    assert (counts.read, counts.drafted) == (1, 1)
    assert document.address == "vandertest2001title"
    assert (content["title"], content["DOI"], content["issued"]) == (
        "A title. With a question?",
        "10.1000/test.1",
        "2001-10/2001-12",
    )


def test_what_happened_to_a_work_is_said_beside_its_draft(cast: Cast) -> None:
    _, lines = added(cast, NBIB)

    assert lines[1:] == ["   line 2: What happened to the work: Retracted 2005.\n", "1. line 2: vandertest2001title\n"]


def test_the_same_file_adds_nothing_the_second_time(cast: Cast) -> None:
    added(cast, NBIB)

    counts, lines = added(cast, NBIB)

    assert (counts.drafted, counts.there) == (0, 1)
    assert lines[1:] == [
        "1. line 2: not added. It has the same DOI as “A title. With a question?” (vandertest2001title).\n"
    ]
    assert Document.objects.count() == 1


def test_the_same_work_twice_in_a_file_is_added_once(cast: Cast) -> None:
    counts, lines = added(cast, NBIB + NBIB.replace("PMID- 123", "PMID- 124"))

    assert (counts.drafted, counts.there) == (1, 1)
    assert "It seems to be the same work as record 1." in lines[-1]


def test_what_only_looks_like_an_entry_is_added_when_that_is_wanted(cast: Cast) -> None:
    added(cast, BIBTEX)
    alike = BIBTEX.replace("doi     = {10.1000/Test.1}", "doi = {10.1000/other}")

    counts, _ = added(cast, alike)
    again, _ = added(cast, alike, also_alike=True)

    assert (counts.drafted, counts.alike) == (0, 1)
    assert again.drafted == 1
    assert summary(counts) == (
        "1 references read, 0 drafts begun, 1 not added because they look like one that is there, 0 problems."
    )


def test_one_bad_record_costs_no_other(cast: Cast) -> None:
    text = (
        RIS
        + RIS.replace("VL  - 12", "VL  - " + "x" * 1200).replace("Test.1", "test.2").replace("A title", "B")
        + "TY  - JOUR\nER  - \n"
    )

    counts, lines = added(cast, text)

    assert counts.drafted == 2
    assert any("Left out: Volume has 1200 characters" in line for line in lines)


def test_unseen_characters_of_other_programs_cost_no_field_and_are_named() -> None:
    author = [{"family": "Sam\u200bple", "given": "A\u200e"}]
    fit = fitted({"type": "report", "title": "A map\u2028made\ufeff up for \u202etests", "author": author})

    assert fit.content is not None
    assert fit.content["title"] == "A map made up for tests"
    assert fit.content["author"] == [{"family": "Sample", "given": "A"}]
    assert fit.remarks == tuple(
        f"Taken out of “{name}”: characters that cannot be seen." for name in ("title", "author")
    )


def test_what_does_not_fit_is_left_out_and_named() -> None:
    fit = fitted(
        {"type": "map", "title": "A map made up for tests", "URL": "not an address", "translator": [{"family": "T"}]}
    )

    assert fit.content is not None
    assert (fit.content["type"], "URL" in fit.content) == ("report", False)
    assert fit.remarks == (
        "The type “map” is none of ours; “Report” comes nearest.",
        "An entry has no place for: translator. It stays in the words of the source.",
        "Left out: “not an address” is not an address on the web. It begins with https:// and has no spaces.",
    )


@pytest.mark.parametrize("item", [{}, {"type": "book"}, {"type": "book", "DOI": "none"}])
def test_a_record_that_says_nothing_is_no_entry(item: dict[str, Any]) -> None:
    assert fitted(item).content is None


def test_each_field_says_where_it_came_from(cast: Cast) -> None:
    draft(looked_at(NBIB), by=cast.editor, at=NOW)
    edition = Document.objects.get().latest_edition
    content = {**edition.text.fields, "volume": "13"}

    saved = actions.save(edition, content, by=cast.second_editor, at=NOW, seen=edition.text.digest).edition

    found = {each.field: each for each in origins(saved)}
    assert found["title"].said == "Imported: MEDLINE (nbib), named.nbib, line 2"
    assert (found["volume"].said, found["volume"].by) == ("Typed", str(cast.second_editor))
    assert found["title"].by == str(cast.editor)
    assert found["key"].said == "Made by the site"
    assert [each.words for each in words_of(found.values())] == [NBIB.strip()]
    client = Client()
    sources = reverse("admin:references_sources", args=[saved.document_id])
    standing = reverse("admin:references_reference_standing", args=[saved.document_id])
    review = reverse("admin:references_reference_review", args=[saved.document_id])
    for person, page, is_led_on in (
        (cast.editor, sources, False),
        (cast.editor, standing, True),
        (cast.reviewer, sources, False),
        (cast.reviewer, standing, True),
        (cast.reviewer, review, True),
    ):
        client.force_login(person)
        html = client.get(page).content.decode()
        assert escape(NBIB.strip()) in html.partition("word for word")[2]
        assert (f'href="{sources}"' in html) == is_led_on


def test_whoever_may_not_write_an_entry_looks_nothing_up_for_it(cast: Cast) -> None:
    edition = drafted(cast)
    client, sources = Client(), reverse("admin:references_sources", args=[edition.document_id])
    client.force_login(cast.reviewer)

    assert 'name="look_up"' not in client.get(sources).content.decode()
    assert client.post(sources, {"look_up": "1"}).status_code == 403


def test_of_very_long_words_of_a_source_it_is_said_how_many_were_not_kept(cast: Cast) -> None:
    edition = drafted(cast)
    taken = TakenFrom("Imported", "MEDLINE (nbib)", "long.nbib", "w" * (LONGEST_WORDS + 1200))

    note([(edition.text, taken, ["title"])])

    (kept,) = words_of(origins(edition))
    assert kept.words.endswith("w\n[1,200 more characters were not kept.]")


def test_a_key_that_somebody_chose_is_typed(cast: Cast) -> None:
    edition = drafted(cast)
    assert edition.document.address == "sample2001"

    found = {each.field: each for each in origins(edition)}

    assert found["key"].said == "Typed"


def test_looking_at_many_takes_as_many_queries_as_at_few(cast: Cast) -> None:
    drafted(cast)
    counts = []
    for number in (2, 20):
        text = "".join(NBIB.replace("123", str(1000 + n)).replace("Test.1", f"t.{n}") for n in range(number))
        with CaptureQueriesContext(connection) as asked:
            looked_at(text)
        counts.append(len(asked))

    assert counts[0] == counts[1]
