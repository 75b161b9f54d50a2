"""What an entry has and its source has no more is offered, where the source names all of it."""

from typing import Any

import pytest

from references.importing import Brought
from references.provenance import TakenFrom
from references.refreshing import NO_LONGER_THERE, differences, take_over
from tests.cast import NOW, Cast
from tests.documents import STEP, draft

pytestmark = pytest.mark.django_db
MISTAKEN: dict[str, Any] = {
    "PMID": "7",
    "notices": [{"type": "RetractionIn", "pmid": "8"}],
    "publication_types": ["Retracted Publication"],
}


def looked_up(source: str) -> Brought:
    return Brought(1, 1, {"type": "article-journal", "PMID": "7"}, TakenFrom("Looked up", source, "PMID 7", ""))


def test_what_pubmed_took_back_is_offered_unticked_and_gone_once_it_is_taken(cast: Cast) -> None:
    edition = draft(cast, **MISTAKEN)

    offered = differences(edition.text.fields, looked_up("PubMed"))
    names = ["publication_types", "notices"]
    seen = edition.text.digest
    saved = take_over(edition.document, looked_up("PubMed"), names, by=cast.editor, at=NOW + STEP, seen=seen)

    assert [(each.name, each.there, each.fills) for each in offered] == [
        (name, [NO_LONGER_THERE], False) for name in names
    ]
    assert not {*names} & saved.revision.fields.keys()


def test_who_names_no_notices_takes_none_back(cast: Cast) -> None:
    assert differences(draft(cast, **MISTAKEN).text.fields, looked_up("Crossref")) == []
