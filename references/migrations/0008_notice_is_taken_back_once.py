from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FUNCTION = """
DECLARE
    ending text[] := ARRAY['taken_back_at', 'taken_back_by_id', 'taken_back_because'];
BEGIN
    IF (to_jsonb(NEW) - ending) IS DISTINCT FROM (to_jsonb(OLD) - ending) OR OLD.taken_back_at IS NOT NULL THEN
        RAISE EXCEPTION 'A notice keeps what it says; it is taken back, once, and noted again by another one.'
            USING ERRCODE = '23000', CONSTRAINT = 'references_notice_is_taken_back_once';
    END IF;
    RETURN NEW;
END;
"""
created_and_pinned = import_module("alstrom_site.editorial.migrations.0003_guards").created_and_pinned


class Migration(migrations.Migration):
    """A notice keeps what it says, and is taken back once; those of before stay as they are."""

    dependencies = [
        ('references', '0007_no_closed_abstracts'),
    ]

    operations = [
        migrations.RunSQL(*created_and_pinned("references_notice_is_taken_back_once", FUNCTION)),
        pgtrigger.migrations.AddTrigger(
            model_name='observednotice',
            trigger=pgtrigger.compiler.Trigger(name='is_taken_back_once', sql=pgtrigger.compiler.UpsertTriggerSql(execute='references_notice_is_taken_back_once()', func='RETURN NULL;', hash='9e8a6361bbaf7e8a505ed07bc3b31336324c6da7', operation='UPDATE', pgid='pgtrigger_is_taken_back_once_f028f', table='references_observednotice', when='BEFORE')),
        ),
    ]
