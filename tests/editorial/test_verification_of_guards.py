"""verify_record finds guards of the database that were taken away, and reads the record as it is at one moment."""

import threading
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from alstrom_site.editorial import verification
from alstrom_site.editorial.evidence import record_of
from alstrom_site.editorial.management.commands import verify_record
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.projection import rebuild
from alstrom_site.editorial.verification import Fault, chain_head, faults, one_document, rows
from tests.breaking import drop_constraint, run
from tests.cast import NOW, Cast, make_cast
from tests.documents import STEP, approved, fresh, made_live, published

TRIGGER = "pgtrigger_c_is_approved_ee389"
NOT_DECLARED = "it is not the one that was declared."


def found() -> list[str]:
    """The faults as sentences."""
    return [str(fault) for fault in faults()]


def run_as_owner(*statements: str) -> None:
    """Change what the database refuses, until the test is over."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("what", [TRIGGER, "USER"])
def test_a_trigger_that_is_switched_off_is_found(what: str) -> None:
    run_as_owner(f"ALTER TABLE editorial_edition DISABLE TRIGGER {what}")

    message = "it is switched off. The database no longer refuses what it refused."
    assert f"Trigger c_is_approved of editorial_edition: {message}" in found()


@pytest.mark.django_db
def test_a_trigger_that_was_taken_away_is_found() -> None:
    run_as_owner(f"DROP TRIGGER {TRIGGER} ON editorial_edition")

    message = "it is not there. The database no longer refuses what it refused."
    assert found() == [f"Trigger c_is_approved of editorial_edition: {message}"]


@pytest.mark.django_db
@pytest.mark.parametrize("condition", ["WHEN (false)", ""])
def test_a_trigger_that_does_less_under_the_same_name_is_found(condition: str) -> None:
    run_as_owner(
        f"CREATE OR REPLACE TRIGGER {TRIGGER} BEFORE INSERT ON editorial_edition FOR EACH ROW {condition}"
        " EXECUTE FUNCTION editorial_edition_is_approved()"
    )

    assert found() == [f"Trigger c_is_approved of editorial_edition: {NOT_DECLARED}"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["editorial_edition_is_approved", "refuse_change_of_the_record"])
def test_a_function_that_lets_everything_pass_is_found(name: str) -> None:
    run_as_owner(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN RETURN NEW; END; $$ LANGUAGE plpgsql"
    )

    assert found() == [f"Function {name}: {NOT_DECLARED}"]


@pytest.mark.django_db
def test_a_function_that_looks_into_temporary_tables_first_is_found() -> None:
    run_as_owner("ALTER FUNCTION editorial_edition_is_approved() RESET search_path")

    assert found() == [f"Function editorial_edition_is_approved: {NOT_DECLARED}"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("editorial_revision", "editorial_revision_digest_is_of_its_content"),
        ("editorial_event", "editorial_event_one_follows_each"),
    ],
)
def test_a_constraint_that_was_taken_away_is_found(table: str, name: str) -> None:
    drop_constraint(table, name)

    assert found() == [f"Constraint {name}: it is not there."]


EDITION = "ALTER TABLE editorial_edition"
TIME = "editorial_edition_approved_has_its_time"
LIVE = "editorial_edition_one_live_per_document"
FOREIGN_KEY = "SELECT conname FROM pg_constraint WHERE conname LIKE 'editorial_event_review_id_%_fk_%'"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "statements"),
    [
        (TIME, [f"{EDITION} DROP CONSTRAINT {TIME}", f"{EDITION} ADD CONSTRAINT {TIME} CHECK (true)"]),
        (LIVE, [f"DROP INDEX {LIVE}", f"CREATE UNIQUE INDEX {LIVE} ON editorial_edition (document_id, id)"]),
    ],
)
def test_a_constraint_that_asks_less_under_the_same_name_is_found(name: str, statements: list[str]) -> None:
    run_as_owner(*statements)

    assert found() == [f"Constraint {name}: {NOT_DECLARED}"]


@pytest.mark.django_db
def test_keys_that_were_taken_away_are_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEY)
        ((name,),) = cursor.fetchall()
    for each in (name, "editorial_event_position_key", "editorial_event_position_check"):
        drop_constraint("editorial_event", each)

    no_column = "Constraint of position in editorial_event: it is not there."
    no_key = "Foreign key review_id of editorial_event: it is not there, or does not hold."
    assert found() == [no_column, no_column, no_key]


@pytest.mark.django_db
def test_a_trigger_that_nobody_declared_is_found() -> None:
    run_as_owner(
        "CREATE TRIGGER forging BEFORE INSERT ON editorial_publishedcopy FOR EACH ROW"
        " EXECUTE FUNCTION refuse_change_of_the_record()"
    )

    assert found() == ["Trigger forging of editorial_publishedcopy: nobody declared it."]


@pytest.mark.django_db
def test_a_unique_index_that_was_taken_away_is_found() -> None:
    run_as_owner("DROP INDEX editorial_edition_one_live_per_document")

    assert found() == ["Constraint editorial_edition_one_live_per_document: it is not there."]


@pytest.mark.django_db
@pytest.mark.breaks_the_record
def test_citations_and_relations_that_the_live_text_does_not_make_are_found(cast: Cast) -> None:
    published(cast, "term", slug="some-word")
    edition = published(cast, "article", body="Made up [@sample2001], see [some word](term:some-word).")
    rebuild()
    assert found() == []

    run("UPDATE editorial_citation SET key = 'other2002' WHERE revision_id = %s", edition.text.pk)
    run("DELETE FROM editorial_relation WHERE revision_id = %s", edition.text.pk)

    place = f"Revision {edition.text.pk}"
    assert {
        f"{place}: its citations are not those of its text.",
        f"{place}: its relations are not those of its text.",
    } <= (set(found()))


def publish_elsewhere(cast: Cast, edition: Edition) -> None:
    """Publish it by another connection."""

    def publish() -> None:
        made_live(cast, fresh(edition), at=NOW + 9 * STEP)
        connection.close()

    thread = threading.Thread(target=publish)
    thread.start()
    thread.join(timeout=30)


@pytest.mark.django_db(transaction=True)
def test_what_is_published_during_the_check_looks_like_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    edition = approved(cast)
    before = chain_head()

    def publish_halfway() -> Iterator[Fault]:
        publish_elsewhere(cast, edition)
        yield from ()

    checks = list(verification.CHECKS)
    halfway = checks.index(verification.record.chain) + 1
    monkeypatch.setattr(verification, "CHECKS", [*checks[:halfway], publish_halfway, *checks[halfway:]])
    out = StringIO()

    call_command("verify_record", stdout=out)

    assert chain_head()[0] == before[0] + 1
    assert out.getvalue() == f"Newest event: {before[0]}, digest {before[1]}\nThe record is whole.\n"


@pytest.mark.django_db(transaction=True)
def test_what_is_published_while_the_record_of_a_document_is_read_is_in_none_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = make_cast()
    edition = approved(cast)

    def rows_after_publication(documents: Sequence[int]) -> Iterator[Fault]:
        publish_elsewhere(cast, edition)
        return rows.rows_of(documents)

    monkeypatch.setattr(one_document, "rows_of", rows_after_publication)

    record = record_of(edition.document)

    assert fresh(edition).status == "published"
    assert record["check"] == []
    assert [event["verb"] for event in record["events"]] == ["start", "submit", "approve"]


@pytest.mark.django_db(transaction=True)
def test_the_check_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def look(**_: Any) -> Iterator[Fault]:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            seen.append(cursor.fetchone())
        yield from ()

    monkeypatch.setattr(verify_record, "faults", look)

    call_command("verify_record", stdout=StringIO())

    assert seen == [("on",)]
