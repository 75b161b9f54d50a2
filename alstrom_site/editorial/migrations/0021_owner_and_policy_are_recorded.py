from importlib import import_module

from django.db import migrations

NAME = "editorial_document_owner_and_policy_are_recorded"
BODY = """
DECLARE
    document RECORD;
    said jsonb;
BEGIN
    SELECT * INTO document FROM editorial_document d WHERE d.id = NEW.id;
    IF NEW.owner_id <> OLD.owner_id THEN
        SELECT v.details::jsonb INTO said FROM editorial_event v
            WHERE v.document_id = NEW.id AND v.verb = 'hand over' ORDER BY v.position DESC LIMIT 1;
        IF (said ->> 'to_id')::bigint IS DISTINCT FROM document.owner_id THEN
            RAISE EXCEPTION 'A document changes hands with an event that names its new owner.'
                USING ERRCODE = '23000', CONSTRAINT = 'editorial_document_owner_is_recorded';
        END IF;
    END IF;
    IF (NEW.review_policy, NEW.review_months) IS DISTINCT FROM (OLD.review_policy, OLD.review_months) THEN
        SELECT v.details::jsonb -> 'now' INTO said FROM editorial_event v
            WHERE v.document_id = NEW.id AND v.verb = 'set policy' ORDER BY v.position DESC LIMIT 1;
        IF said -> 'steps' IS DISTINCT FROM COALESCE(document.review_policy, '[]'::jsonb)
            OR (said ->> 'months')::integer IS DISTINCT FROM document.review_months THEN
            RAISE EXCEPTION 'Who must sign a document, and how often, changes with an event that says so.'
                USING ERRCODE = '23000', CONSTRAINT = 'editorial_document_policy_is_recorded';
        END IF;
    END IF;
    IF OLD.first_published_at IS NOT NULL AND NEW.first_published_at IS DISTINCT FROM OLD.first_published_at THEN
        RAISE EXCEPTION 'A document keeps the time when it was first published.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_document_keeps_its_first_publication';
    END IF;
    RETURN NULL;
END;
"""
created_and_pinned = import_module("alstrom_site.editorial.migrations.0003_guards").created_and_pinned
beside = import_module("alstrom_site.editorial.migrations.0016_beside_the_text")


class Migration(migrations.Migration):
    """Owner and review policy of a document change with an event that says so; its first publication stays."""

    dependencies = [("editorial", "0020_no_review_claimed_in_an_emergency")]

    operations = [
        # Before the trigger that calls it.
        migrations.RunSQL(*created_and_pinned(NAME, BODY)),
        beside.trigger(
            "document",
            "owner_and_policy_are_recorded",
            "pgtrigger_owner_and_policy_are_recorded_3dc1b",
            "3ab95ce3e4287e24c2198f7bf1612603bf5c0316",
            NAME,
            **{**beside.AT_COMMIT, "operation": "UPDATE"},
        ),
    ]
