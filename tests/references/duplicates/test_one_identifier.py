"""No two entries have one DOI, PMID or PMCID: not live, not as drafts, not for a moment."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from alstrom_site.editorial import actions, derived
from alstrom_site.editorial.actions import starting
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document, Edition, Trait
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import WrongState
from tests.cast import NOW, Cast, make_cast
from tests.documents import STEP, draft, fresh, made_live, next_edition, published, reference_content, signed, submitted

LATER = NOW + 20 * STEP
DOI = "10.1000/first.one"


def _save(cast: Cast, edition: Edition, **fields: Any) -> Edition:
    content = {**edition.text.fields, **fields}
    return actions.save(edition, content, by=cast.editor, at=LATER, seen=edition.text.digest).edition


def _discard(cast: Cast, edition: Edition) -> None:
    actions.discard(edition, by=cast.editor, at=LATER, seen=edition.text.digest, comment="Not needed.")


def _unpublish(cast: Cast, edition: Edition) -> None:
    seen, why = edition.text.digest, "Not needed."
    wanted = actions.Retirement("unpublish", why)
    actions.propose(edition, wanted, by=cast.editor, at=LATER, seen=seen)
    actions.unpublish(fresh(edition), by=cast.publisher, at=LATER, seen=seen, reason=why)


def _own(document: Document) -> dict[str, str]:
    return dict(Trait.objects.filter(document=document, is_own=True).values_list("scheme", "value"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scheme", "value", "typed"),
    [("DOI", DOI, f"https://doi.org/{DOI.upper()}"), ("PMID", "17940554", "0017940554"), ("PMCID", "PMC12", "PMC12.1")],
)
def test_a_second_draft_with_an_identifier_is_refused_and_told_which_entry_has_it(
    cast: Cast, scheme: str, value: str, typed: str
) -> None:
    fields: list[dict[str, Any]] = [{scheme: value}, {scheme: typed}]
    draft(cast, key="first2001", title="The first", **fields[0])

    with pytest.raises(ContentRefused) as refused:
        draft(cast, key="second2001", **fields[1])

    [issue] = refused.value.issues
    assert issue.field == scheme
    assert f"“The first” (first2001) has the {scheme} {value} already" in issue.message
    assert not Document.objects.filter(address="second2001").exists()


@pytest.mark.django_db
def test_all_that_another_entry_has_is_named_at_once(cast: Cast) -> None:
    draft(cast, key="first2001", DOI=DOI)
    draft(cast, key="second2001", PMID="12")
    third = draft(cast, key="third2001")

    with pytest.raises(ContentRefused) as refused:
        _save(cast, third, DOI=DOI, PMID="12")

    assert [issue.field for issue in refused.value.issues] == ["DOI", "PMID"]
    assert fresh(third).text.fields["DOI"] == ""


@pytest.mark.django_db
@pytest.mark.parametrize("way", [_discard, lambda cast, edition: _save(cast, edition, DOI="10.1000/other")])
def test_what_a_draft_gives_up_is_free(cast: Cast, way: Callable[[Cast, Edition], Any]) -> None:
    way(cast, draft(cast, key="first2001", DOI=DOI))

    assert _own(draft(cast, key="second2001", DOI=DOI).document) == {"DOI": DOI}


@pytest.mark.django_db
def test_a_live_entry_keeps_its_identifier_while_a_draft_of_it_has_another_one(cast: Cast) -> None:
    live = published(cast, key="first2001", DOI=DOI)
    changed = next_edition(cast, live.document, at=LATER, DOI="10.1000/corrected")

    for doi in (DOI, "10.1000/corrected"):
        with pytest.raises(ContentRefused):
            draft(cast, key="second2001", DOI=doi)
    made_live(cast, signed(cast, submitted(cast, changed, at=LATER), at=LATER), at=LATER)

    assert _own(live.document) == {"DOI": "10.1000/corrected"}
    assert _own(draft(cast, key="second2001", DOI=DOI).document) == {"DOI": DOI}


@pytest.mark.django_db
def test_an_entry_that_was_unpublished_is_taken_up_again_only_when_nobody_has_its_identifier(cast: Cast) -> None:
    first = published(cast, key="first2001", DOI=DOI)
    _unpublish(cast, first)
    second = draft(cast, key="second2001", DOI=DOI)

    with pytest.raises(WrongState, match="second2001"):
        actions.open_edition(fresh(first).document, by=cast.editor, at=LATER)
    _discard(cast, second)
    actions.open_edition(fresh(first).document, by=cast.editor, at=LATER)

    assert _own(first.document) == {"DOI": DOI}


@pytest.mark.django_db
def test_an_urgent_fix_holds_its_identifier_and_gives_it_up_when_discarded(cast: Cast) -> None:
    live = published(cast, key="first2001")
    next_edition(cast, live.document, at=LATER, volume="8")
    fix = actions.open_edition(live.document, by=cast.editor, at=LATER, urgent=True)
    fix = _save(cast, fix, DOI=DOI)

    with pytest.raises(ContentRefused):
        draft(cast, key="second2001", DOI=DOI)
    _discard(cast, fix)

    draft(cast, key="second2001", DOI=DOI)


@pytest.mark.django_db
def test_many_are_begun_at_once_and_only_the_second_of_a_pair_is_refused(cast: Cast) -> None:
    raws = [reference_content(key, DOI=doi) for key, doi in (("a1", DOI), ("b1", "10.1000/b"), ("c1", DOI))]

    outcomes = starting.start_many("reference", raws, by=cast.editor, at=NOW)

    assert [isinstance(each, Edition) for each in outcomes] == [True, True, False]
    assert "(a1)" in str(outcomes[2])


@pytest.mark.django_db
def test_the_database_refuses_what_no_action_would_write(cast: Cast) -> None:
    first, second = draft(cast, key="first2001", DOI=DOI), draft(cast, key="second2001")

    with pytest.raises(IntegrityError, match="editorial_trait_of_one_document"), transaction.atomic():
        Trait.objects.create(document=second.document, scheme="DOI", value=DOI, is_own=True)

    assert _own(first.document) == {"DOI": DOI}


@pytest.mark.django_db
def test_what_is_older_than_the_table_is_completed_and_until_then_a_fault(cast: Cast) -> None:
    first = draft(cast, key="first2001", DOI=DOI)
    written = set(Trait.objects.values_list("document", "scheme", "value", "is_own"))
    Trait.objects.filter(document=first.document).delete()

    assert ["Run rebuild_pages" in str(fault) for fault in faults()] == [True]
    derived.complete()

    assert set(Trait.objects.values_list("document", "scheme", "value", "is_own")) == written
    assert list(faults()) == []


@pytest.mark.django_db
def test_two_of_old_with_one_identifier_are_a_fault_that_names_the_other(cast: Cast) -> None:
    draft(cast, key="first2001", DOI=DOI)
    Trait.objects.filter(scheme="DOI").delete()
    draft(cast, key="second2001", DOI=DOI)

    derived.complete()

    [fault] = faults()
    assert "first2001" in str(fault)
    assert "“A made-up source for tests, second2001” (second2001) has the DOI 10.1000/first.one already" in str(fault)


@pytest.mark.django_db
def test_a_live_entry_whose_identifier_another_one_has_of_old_is_corrected_in_its_next_edition(cast: Cast) -> None:
    live = published(cast, key="first2001", DOI=DOI)
    Trait.objects.filter(scheme="DOI").delete()
    draft(cast, key="second2001", DOI=DOI)

    edition = actions.open_edition(fresh(live).document, by=cast.editor, at=LATER)
    with pytest.raises(ContentRefused, match="second2001"):
        _save(cast, edition, volume="88")
    corrected = submitted(cast, _save(cast, edition, DOI="10.1000/corrected"), at=LATER)
    made_live(cast, signed(cast, corrected, at=LATER), at=LATER)

    assert _own(live.document) == {"DOI": "10.1000/corrected"}
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_one_identifier_at_once_one_is_told_of_the_other() -> None:
    cast = make_cast()
    drafts = [draft(cast, key=key) for key in ("first2001", "second2001")]
    outcomes: list[Exception | None] = [None, None]
    start = threading.Barrier(2)

    def run(place: int) -> None:
        try:
            edition = Edition.objects.select_related("document", "head").get(pk=drafts[place].pk)
            start.wait(timeout=5)
            _save(cast, edition, DOI=DOI)
        except Exception as error:  # whatever it is, it is the outcome
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    [refused] = [each for each in outcomes if each is not None]
    assert isinstance(refused, ContentRefused)
    assert "has the DOI" in str(refused)
    assert Trait.objects.filter(scheme="DOI").count() == 1
