from importlib import import_module

from django.db import migrations

NAME = "editorial_edition_is_approved"
BODY = """
DECLARE
    voided bigint;
BEGIN
    IF NEW.head_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM editorial_revision r WHERE r.id = NEW.head_id AND r.edition_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'The text of an edition is one of its own.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_text_is_its_own';
    END IF;
    IF NEW.status NOT IN ('approved', 'scheduled', 'failed to publish', 'published', 'withdrawn') THEN
        RETURN NEW;
    END IF;
    IF NEW.emergency_reason = '' AND NEW.status = 'published'
        AND OLD.status IN ('changes requested', 'draft', 'in review') THEN
        RAISE EXCEPTION 'What is not approved goes live in an emergency only, with its reason.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_published_as_approved';
    END IF;
    IF NEW.emergency_reason <> '' AND NEW.approved_afterwards_at IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT max(v.id) INTO voided FROM editorial_review v
        WHERE v.edition_id = NEW.id AND v.round = NEW.round AND v.verdict = 'request changes';
    IF NOT EXISTS (
        SELECT FROM editorial_review v JOIN editorial_revision r ON r.id = v.revision_id
            WHERE v.edition_id = NEW.id AND v.round = NEW.round AND v.verdict = 'approve'
                AND v.revision_id = NEW.head_id AND v.revision_digest = r.digest AND v.id > coalesce(voided, 0)
    ) THEN
        RAISE EXCEPTION 'Nobody has approved exactly this text in this round.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_approved';
    END IF;
    IF NEW.emergency_reason = '' AND EXISTS (
        SELECT FROM jsonb_array_elements(NEW.policy) WITH ORDINALITY AS asked(step, number) WHERE (
            SELECT count(*) FROM editorial_review v WHERE v.edition_id = NEW.id AND v.round = NEW.round
                AND v.verdict = 'approve' AND v.revision_id = NEW.head_id AND v.id > coalesce(voided, 0)
                AND v.step = asked.number AND v.role = asked.step ->> 'role'
        ) < GREATEST(1, (asked.step ->> 'needed')::integer)
    ) THEN
        RAISE EXCEPTION 'Not everybody whom the review policy asks for has approved exactly this text.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_approved_by_policy';
    END IF;
    IF EXISTS (
        SELECT FROM editorial_review v WHERE v.edition_id = NEW.id AND v.round = NEW.round AND v.verdict = 'approve'
            AND v.reviewer_id = NEW.published_by_id
    ) THEN
        RAISE EXCEPTION 'Who approved a text does not publish it.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_published_by_somebody_else';
    END IF;
    RETURN NEW;
END;
"""
created_and_pinned = import_module("alstrom_site.editorial.migrations.0003_guards").created_and_pinned
BEFORE = import_module("alstrom_site.editorial.migrations.0004_whole_workflow").REPLACED[NAME]


class Migration(migrations.Migration):
    """What was sent back is not approved any more: its approvals do not count, and it goes live in an emergency only."""

    dependencies = [("editorial", "0018_old_key_leads_on")]

    operations = [
        migrations.RunSQL(created_and_pinned(NAME, BODY)[0], created_and_pinned(NAME, BEFORE)[0]),
    ]
