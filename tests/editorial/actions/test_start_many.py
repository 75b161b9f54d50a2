"""Many documents are begun at once as each would be alone."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alstrom_site.editorial import actions, traits
from alstrom_site.editorial.actions import starting
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document, Edition, Event, Revision
from alstrom_site.editorial.workflow import NotPermitted
from tests.cast import NOW, Cast
from tests.documents import draft, reference_content

pytestmark = pytest.mark.django_db


def begin(cast: Cast, *contents: dict[str, Any]) -> list[Edition | ContentRefused]:
    return actions.start_many("reference", contents, by=cast.editor, at=NOW)


def works(number: int) -> list[dict[str, Any]]:
    return [
        reference_content(f"work{n}", title=f"A work that was made up for tests, number {n}", page=str(n))
        for n in range(number)
    ]


def seen(edition: Edition) -> dict[str, Any]:
    """All that stands in the tables of an edition, but numbers and what tells works apart."""
    document, event = edition.document, Event.objects.get(edition=edition)
    loaded = Edition.objects.get(pk=edition.pk)
    return {
        "document": (document.kind, document.owner, document.created_at, document.open_edition == loaded),
        "edition": (loaded.number, loaded.status, loaded.round, loaded.created_by, loaded.created_at, loaded.based_on),
        "text": (loaded.text.number, loaded.text.parent, loaded.text.author_name, loaded.text.created_at),
        "event": (event.verb, event.source, event.target, event.by, event.by_name, event.at, event.details),
        "named": (document.address == loaded.text.fields["key"], document.title == loaded.text.fields["title"]),
        "derived": sorted(document.traits.values_list("scheme", flat=True)),
    }


def test_a_document_of_many_is_as_one_begun_alone(cast: Cast) -> None:
    alone = draft(cast)

    begun = begin(cast, *works(3))

    assert [seen(each) for each in begun if isinstance(each, Edition)] == [seen(alone)] * 3
    assert list(traits.differing()) == []


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    begin(cast, reference_content("first0000"))
    counts = []
    for number, prefix in ((2, "a"), (30, "b")):
        contents = [{**each, "key": prefix + each["key"], "title": prefix + each["title"]} for each in works(number)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            begin(cast, *contents)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_one_that_is_unfit_or_taken_costs_no_other(cast: Cast) -> None:
    draft(cast, key="there2001", DOI="10.1000/there", title="Another work made up for tests")
    first, second = works(2)

    outcome = begin(
        cast,
        first,
        reference_content("there2001", title="A third work made up for tests", page="3"),
        {**reference_content("unfit2001"), "issued": "never"},
        reference_content("same2001", DOI="10.1000/there", title="A fourth work made up for tests", page="4"),
        {**second, "key": first["key"]},
        second,
    )

    assert [isinstance(each, Edition) for each in outcome] == [True, False, False, False, False, True]
    said = [str(each) for each in outcome if isinstance(each, ContentRefused)]
    assert ["stands at /bibliography/there2001/ already" in said[0], "Issued" in said[1]] == [True, True]
    assert "has the DOI 10.1000/there already" in said[2]
    assert Document.objects.count() == 3


def test_two_of_one_identifier_become_one(cast: Cast) -> None:
    first, second = works(2)

    outcome = begin(cast, {**first, "PMID": "7"}, {**second, "PMID": "7"})

    assert [isinstance(each, Edition) for each in outcome] == [True, False]


def test_nothing_is_left_when_the_last_write_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("made up for this test")

    monkeypatch.setattr(starting, "record_all", fail)

    with pytest.raises(RuntimeError):
        begin(cast, *works(2))

    assert (Document.objects.count(), Edition.objects.count(), Revision.objects.count()) == (0, 0, 0)


def test_who_may_not_write_begins_nothing(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        actions.start_many("reference", works(1), by=cast.reviewer, at=NOW)
