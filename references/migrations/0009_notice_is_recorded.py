from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FUNCTION = """
BEGIN
    IF NOT EXISTS (
        SELECT FROM editorial_event v WHERE v.document_id IN (NEW.document_id, (
            SELECT f.document_id FROM editorial_document d JOIN editorial_formeraddress f USING (kind, address)
                WHERE d.id = NEW.document_id
        ))
            AND v.at = coalesce(NEW.taken_back_at, NEW.seen_at)
            AND v.by_id = coalesce(NEW.taken_back_by_id, NEW.seen_by_id)
            AND CASE WHEN NEW.taken_back_at IS NULL
                THEN v.details::jsonb -> 'noted' @> jsonb_build_array(jsonb_build_object('id', NEW.id))
                ELSE v.details::jsonb -> 'taken_back' = to_jsonb(NEW.id) END
    ) THEN
        RAISE EXCEPTION 'A notice is noted, and taken back, with an event that names it, in the same transaction.'
            USING ERRCODE = '23000', CONSTRAINT = 'references_notice_is_recorded';
    END IF;
    RETURN NULL;
END;
"""
created_and_pinned = import_module("alstrom_site.editorial.migrations.0003_guards").created_and_pinned


class Migration(migrations.Migration):
    """A notice is noted, and taken back, with an event that names it; those of before stay as they are."""

    dependencies = [
        ('editorial', '0010_merges'),
        ('references', '0008_notice_is_taken_back_once'),
    ]

    operations = [
        migrations.RunSQL(*created_and_pinned("references_notice_is_recorded", FUNCTION)),
        pgtrigger.migrations.AddTrigger(
            model_name='observednotice',
            trigger=pgtrigger.compiler.Trigger(name='is_recorded', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', execute='references_notice_is_recorded()', func='RETURN NULL;', hash='9bd432dbf929ce9948cfeb2d6c088f71260ffbb8', operation='INSERT OR UPDATE', pgid='pgtrigger_is_recorded_78d4c', table='references_observednotice', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
