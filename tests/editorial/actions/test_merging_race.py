"""A merge of two references meets the approval of a text that cites the one that goes, on two real connections."""

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import merging_documents
from alstrom_site.editorial.actions.merging_documents import Merge
from alstrom_site.editorial.models import Edition, Event
from alstrom_site.editorial.workflow import WrongState
from tests.cast import NOW, Cast, make_cast
from tests.documents import STEP, draft, fresh, in_review, published, yes_to_all
from tests.editorial.actions.test_due_at_once import first_to_come_waits, in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + 20 * STEP


def merge(cast: Cast, gone: Edition, kept: Edition) -> None:
    """Merge the one into the other as the editor."""
    gone, kept = fresh(gone), fresh(kept)
    seen = (gone.text.digest, kept.text.digest)
    wanted = Merge(gone.document, kept.document, "Both are of the same made-up source.", seen)
    merging_documents.merge(wanted, by=cast.editor, at=LATER)


def approve(cast: Cast, edition: Edition) -> None:
    """Sign it as the reviewer."""
    actions.approve(fresh(edition), by=cast.reviewer, at=LATER, seen=edition.text.digest, said=yes_to_all(edition))


@pytest.mark.parametrize("approves_first", [True, False])
def test_no_source_of_an_approved_text_gives_way_to_another_one_as_it_is_approved(
    approves_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    kept, gone = published(cast, key="kept2001"), draft(cast, key="gone2001")
    citing = in_review(cast, "article", body="## First part\n\nA sentence made up for tests [@gone2001].")
    hold = first_to_come_waits(monkeypatch)
    acts = [lambda: approve(cast, citing), lambda: merge(cast, gone, kept)]

    one, came_of_one = in_a_thread(acts[0 if approves_first else 1])
    assert hold.reached.wait(timeout=30)
    two, came_of_two = in_a_thread(acts[1 if approves_first else 0])
    # It waits for the lock.
    two.join(timeout=1)
    assert two.is_alive()
    hold.go_on.set()
    for thread in (one, two):
        thread.join(timeout=60)

    assert came_of_one == [None]
    if approves_first:
        assert isinstance(came_of_two[0], WrongState)
        assert "is approved and cites" in str(came_of_two[0])
        assert not Event.objects.filter(verb="give way").exists()
    else:
        # A text that is approved after a merge is read with the source that stands there then.
        assert came_of_two == [None]
        assert fresh(citing).status == "approved"
