from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

# In the place of those that stand in the database.
REPLACED = {
    "editorial_review_is_of_its_text": """
DECLARE
    signed RECORD;
    current RECORD;
BEGIN
    SELECT r.edition_id, r.digest INTO signed FROM editorial_revision r WHERE r.id = NEW.revision_id;
    IF signed.edition_id IS DISTINCT FROM NEW.edition_id THEN
        RAISE EXCEPTION 'A verdict is given on a text of its own edition.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_text_is_of_its_edition';
    END IF;
    IF signed.digest IS DISTINCT FROM NEW.revision_digest THEN
        RAISE EXCEPTION 'A verdict names the digest of exactly its text.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_digest_is_of_its_text';
    END IF;
    SELECT e.head_id, e.round INTO current FROM editorial_edition e WHERE e.id = NEW.edition_id;
    IF current.head_id IS DISTINCT FROM NEW.revision_id OR current.round IS DISTINCT FROM NEW.round THEN
        RAISE EXCEPTION 'A verdict is given on the latest text of its edition, in the round that runs.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_is_of_the_latest_text';
    END IF;
    IF EXISTS (
        SELECT FROM editorial_revision r WHERE r.edition_id = NEW.edition_id AND r.author_id = NEW.reviewer_id
    ) THEN
        RAISE EXCEPTION 'Nobody gives a verdict on an edition in which they wrote.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_is_by_somebody_else';
    END IF;
    IF NEW.is_demonstration IS DISTINCT FROM (
        SELECT u.is_demonstration FROM accounts_user u WHERE u.id = NEW.reviewer_id
    ) THEN
        RAISE EXCEPTION 'A verdict says whether it is of a demonstration account, as the account does.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_is_of_its_account';
    END IF;
    IF NEW.verdict IN ('approve', 'reaffirm') AND NEW.signed_with = '' AND NOT NEW.is_demonstration THEN
        RAISE EXCEPTION 'Whoever signs a whole text proves at that moment who they are.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_is_signed';
    END IF;
    RETURN NEW;
END;
""",
    "editorial_edition_keeps_what_it_is": """
BEGIN
    IF (NEW.document_id, NEW.number, NEW.created_by_id, NEW.created_at)
        IS DISTINCT FROM (OLD.document_id, OLD.number, OLD.created_by_id, OLD.created_at) THEN
        RAISE EXCEPTION 'An edition keeps its document, its number, and who began it and when.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_document_and_number';
    END IF;
    IF (OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)
        OR (OLD.published_by_id IS NOT NULL AND NEW.published_by_id IS DISTINCT FROM OLD.published_by_id) THEN
        RAISE EXCEPTION 'An edition keeps when it was published and by whom.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_publication';
    END IF;
    IF NEW.is_urgent <> OLD.is_urgent THEN
        RAISE EXCEPTION 'An edition begins as an urgent fix or never is one.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_urgency';
    END IF;
    IF NEW.emergency_reason <> OLD.emergency_reason
        AND NOT (OLD.emergency_reason = '' AND NEW.status = 'published' AND OLD.status <> 'published') THEN
        RAISE EXCEPTION 'The reason of an emergency is given as the text goes live, and kept.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_emergency';
    END IF;
    IF OLD.approved_afterwards_at IS NOT NULL
        AND NEW.approved_afterwards_at IS DISTINCT FROM OLD.approved_afterwards_at THEN
        RAISE EXCEPTION 'An edition keeps when it was approved after its publication.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_late_approval';
    END IF;
    IF (NEW.policy, NEW.change, NEW.change_note) IS DISTINCT FROM (OLD.policy, OLD.change, OLD.change_note)
        AND NOT (NEW.status = 'in review' AND OLD.status IN ('draft', 'changes requested'))
        AND NOT (NEW.status = 'published' AND NEW.emergency_reason <> '' AND OLD.emergency_reason = '') THEN
        RAISE EXCEPTION 'What readers are told of a change, and who must sign it, is fixed when it is submitted.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_what_was_submitted';
    END IF;
    IF (NEW.submitted_at, NEW.submitted_by_id, NEW.review_due_on)
        IS DISTINCT FROM (OLD.submitted_at, OLD.submitted_by_id, OLD.review_due_on) AND NEW.round = OLD.round THEN
        RAISE EXCEPTION 'Who submitted an edition, when, and by when its review is wanted stands with its round.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_submission';
    END IF;
    IF (NEW.publish_at, NEW.publish_until, NEW.scheduled_by_id, NEW.failure)
        IS DISTINCT FROM (OLD.publish_at, OLD.publish_until, OLD.scheduled_by_id, OLD.failure)
        AND NEW.status = OLD.status AND NEW.status <> 'scheduled' THEN
        RAISE EXCEPTION 'When an edition is to go live, in whose name, and why it did not, changes with its state.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_schedule';
    END IF;
    IF (NEW.withdrawn_at, NEW.withdrawal_reason) IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawal_reason)
        AND NOT (NEW.status = 'withdrawn' AND OLD.status = 'published') THEN
        RAISE EXCEPTION 'When an edition was withdrawn and why is written as it is withdrawn, and kept.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_withdrawal';
    END IF;
    IF NEW.ended_at IS DISTINCT FROM OLD.ended_at AND (OLD.ended_at IS NOT NULL OR NEW.status = OLD.status) THEN
        RAISE EXCEPTION 'When an edition ended is written as it ends, and kept.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_end';
    END IF;
    IF NEW.based_on_id IS DISTINCT FROM OLD.based_on_id AND NEW.head_id IS NOT DISTINCT FROM OLD.head_id THEN
        RAISE EXCEPTION 'An edition is brought up to date with a new text.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_what_it_is_based_on';
    END IF;
    RETURN NEW;
END;
""",
}
# As they stand from this migration on; one that changes later is replaced by a later migration.
NEW = {
    "editorial_edition_state_is_recorded": """
DECLARE
    current RECORD;
    recorded RECORD;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.status = OLD.status AND NEW.head_id IS NOT DISTINCT FROM OLD.head_id THEN
            RETURN NULL;
        END IF;
    END IF;
    SELECT e.status, e.head_id INTO current FROM editorial_edition e WHERE e.id = NEW.id;
    SELECT v.target, v.revision_id INTO recorded FROM editorial_event v WHERE v.edition_id = NEW.id
        ORDER BY v.position DESC LIMIT 1;
    IF (recorded.target, recorded.revision_id) IS DISTINCT FROM (current.status, current.head_id) THEN
        RAISE EXCEPTION 'An edition changes its state or its text with an event, in the same transaction.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_state_is_recorded';
    END IF;
    RETURN NULL;
END;
""",
    "editorial_shared_link_keeps_what_it_is": """
DECLARE
    ending text[] := ARRAY['revoked_at', 'revoked_by_id'];
BEGIN
    IF (to_jsonb(NEW) - ending) IS DISTINCT FROM (to_jsonb(OLD) - ending) OR OLD.revoked_at IS NOT NULL THEN
        RAISE EXCEPTION 'A shared link keeps what it was made for; it is revoked, once.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_shared_link_keeps_what_it_is';
    END IF;
    RETURN NEW;
END;
""",
    "editorial_review_request_keeps_its_person": """
BEGIN
    IF (NEW.edition_id, NEW.round, NEW.reviewer_id) IS DISTINCT FROM (OLD.edition_id, OLD.round, OLD.reviewer_id) THEN
        RAISE EXCEPTION 'A request keeps its edition, its round, and whom it asks.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_request_keeps_its_person';
    END IF;
    IF OLD.answer = 'given' THEN
        RAISE EXCEPTION 'A request that a verdict answered stays as it is.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_request_keeps_its_answer';
    END IF;
    RETURN NEW;
END;
""",
    "editorial_proposal_is_decided_once": """
DECLARE
    decision text[] := ARRAY['decided_by_id', 'decided_at', 'was_taken', 'answer'];
BEGIN
    IF (to_jsonb(NEW) - decision) IS DISTINCT FROM (to_jsonb(OLD) - decision) OR OLD.decided_at IS NOT NULL THEN
        RAISE EXCEPTION 'A proposal keeps what it proposes, and is decided once.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_proposal_is_decided_once';
    END IF;
    RETURN NEW;
END;
""",
    "editorial_flag_keeps_what_it_says": """
DECLARE
    grows text[] := ARRAY['statement', 'raised_at', 'settled_at', 'settled_by_id'];
BEGIN
    IF (to_jsonb(NEW) - grows) IS DISTINCT FROM (to_jsonb(OLD) - grows) OR OLD.settled_at IS NOT NULL
        OR left(NEW.statement, length(OLD.statement)) <> OLD.statement THEN
        RAISE EXCEPTION 'A flag keeps what it says; more is added to it until it is settled, once.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_flag_keeps_what_it_says';
    END IF;
    RETURN NEW;
END;
""",
}
FIRST = import_module("alstrom_site.editorial.migrations.0003_guards")
WORKFLOW = import_module("alstrom_site.editorial.migrations.0004_whole_workflow")
BEFORE = {**FIRST.FUNCTIONS, **WORKFLOW.NEW, **WORKFLOW.REPLACED}


def replaced(name, body):
    """Return the SQL that puts a function in the place of the one before, and the SQL that puts that one back."""
    return FIRST.created_and_pinned(name, body)[0], FIRST.created_and_pinned(name, BEFORE[name])[0]


def trigger(model_name, name, pgid, hash, function, **options):
    """Return the trigger that calls a function of ours."""
    options = {"operation": "UPDATE", "when": "BEFORE", **options}
    sql = pgtrigger.compiler.UpsertTriggerSql(
        execute=f"{function}()", func="RETURN NULL;", hash=hash, pgid=pgid, table=f"editorial_{model_name}", **options
    )
    compiled = pgtrigger.compiler.Trigger(name=name, sql=sql)
    return pgtrigger.migrations.AddTrigger(model_name=model_name, trigger=compiled)


AT_COMMIT = {
    "constraint": "CONSTRAINT",
    "operation": "INSERT OR UPDATE",
    "timing": "DEFERRABLE INITIALLY DEFERRED",
    "when": "AFTER",
}


class Migration(migrations.Migration):
    """What stands beside a text keeps what it says, a whole text is signed with proof, and states have their events."""

    dependencies = [("editorial", "0015_found_while_typing")]

    operations = [
        # Before any trigger that calls it.
        *(migrations.RunSQL(*FIRST.created_and_pinned(name, body)) for name, body in NEW.items()),
        *(migrations.RunSQL(*replaced(name, body)) for name, body in REPLACED.items()),
        trigger(
            "edition",
            "state_is_recorded",
            "pgtrigger_state_is_recorded_b2fb6",
            "e52745c4171055ef10d8b733ceef02f059b3004c",
            "editorial_edition_state_is_recorded",
            **AT_COMMIT,
        ),
        trigger(
            "flag",
            "keeps_what_it_says",
            "pgtrigger_keeps_what_it_says_7cc99",
            "e96a75b268678e8bd9f29989e3b5dab807bac611",
            "editorial_flag_keeps_what_it_says",
        ),
        trigger(
            "proposal",
            "is_decided_once",
            "pgtrigger_is_decided_once_b7ea7",
            "2e043000da75908180d10f99e97b1bd2e605f13c",
            "editorial_proposal_is_decided_once",
        ),
        trigger(
            "reviewrequest",
            "keeps_its_person",
            "pgtrigger_keeps_its_person_e33d2",
            "c33a6643ec6e3e5741358bf41a021fc0d50174d0",
            "editorial_review_request_keeps_its_person",
        ),
        trigger(
            "sharedlink",
            "keeps_what_it_is",
            "pgtrigger_keeps_what_it_is_a0655",
            "6bd92d8431e7a7b29dfb1f9d1d48c1cf7007fb14",
            "editorial_shared_link_keeps_what_it_is",
        ),
    ]
