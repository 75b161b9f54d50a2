"""verify_record finds no fault in what the site itself wrote, whatever was typed and however old it is."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.actions import flagging, retiring
from alstrom_site.editorial.actions._record import remark_all
from alstrom_site.editorial.models import Document, Edition, Flag
from alstrom_site.editorial.verification import faults
from tests.breaking import triggers_off
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, next_edition, published, yes_to_all

NUMBERS = {"flag", "about", "proposal", "into"}

pytestmark = pytest.mark.django_db

LATER = NOW + 40 * STEP
TYPED = unicodedata.normalize("NFD", "About Alström.\r\nNot of this one.")


@pytest.fixture
def of_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Have events name no flag and no proposal, as they once did; what comes back ends that."""
    with monkeypatch.context() as before:
        for module in (flagging, retiring):
            before.setattr(module, "remark", partial(_remark_of_before, module.remark))
        before.setattr("alstrom_site.editorial.actions._flags.remark_all", _remarks_of_before)
        yield before.undo


def reaffirmed(cast: Cast, edition: Edition, *, at: datetime) -> None:
    """Sign that the live text needs no change, which settles its flags."""
    live = fresh(edition)
    actions.reaffirm(live, by=cast.reviewer, at=at, seen=live.text.digest, said=yes_to_all(live))
    projection.refresh_stale()


def _remark_of_before(remark: Callable[..., Any], *what: Any, **said: Any) -> Any:
    return remark(*what, **{name: value for name, value in said.items() if name not in NUMBERS})


def _remarks_of_before(verb: str, about: Any, **by: Any) -> Any:
    silent = [(each, {name: value for name, value in said.items() if name not in NUMBERS}) for each, said in about]
    return remark_all(verb, silent, **by)


def found() -> list[str]:
    """The faults as sentences."""
    return [str(fault) for fault in faults()]


def test_a_reason_is_kept_however_its_lines_end_and_its_letters_are_composed(cast: Cast) -> None:
    edition = published(cast, "term")
    seen = edition.text.digest
    change = next_edition(cast, fresh(edition).document, at=LATER, definition="Another.")
    actions.submit(change, by=cast.editor, at=LATER, seen=change.text.digest, change="major", note=TYPED)
    actions.propose(fresh(edition), actions.Retirement("withdraw", TYPED), by=cast.editor, at=LATER, seen=seen)
    actions.withdraw(fresh(edition), by=cast.publisher, at=LATER + STEP, seen=seen, reason=TYPED)

    assert found() == []


@pytest.mark.breaks_the_record
def test_a_flag_of_before_events_named_it_is_added_to_and_settled(cast: Cast, of_before: Callable[[], None]) -> None:
    live = published(cast, "article")
    source = Document.objects.addressed("reference", ["sample2001"]).get()
    flagging.flag_citing(source, "Something.", by=cast.publisher, at=LATER)
    of_before()
    flagging.flag_citing(source, "More of it.", by=cast.publisher, at=LATER + STEP)
    reaffirmed(cast, live, at=LATER + 2 * STEP)

    assert found() == []
    with triggers_off("editorial_flag"):
        Flag.objects.update(settled_by=cast.editor)
    assert [each for each in found() if "settled by" in each]


@pytest.mark.breaks_the_record
def test_a_flag_of_before_events_named_it_is_settled(cast: Cast, of_before: Callable[[], None]) -> None:
    live = published(cast, "article")
    source = Document.objects.addressed("reference", ["sample2001"]).get()
    flagging.flag_citing(source, "Something.", by=cast.publisher, at=LATER)
    of_before()
    reaffirmed(cast, live, at=LATER + STEP)

    assert found() == []


def test_a_proposal_of_before_events_named_it_is_taken(cast: Cast, of_before: Callable[[], None]) -> None:
    live = published(cast, "term")
    why, seen = actions.Retirement("withdraw", "No longer so."), live.text.digest
    actions.propose(fresh(live), why, by=cast.editor, at=LATER, seen=seen)
    of_before()
    actions.withdraw(fresh(live), by=cast.publisher, at=LATER + STEP, seen=seen, reason=why.reason)

    assert found() == []
