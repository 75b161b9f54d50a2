from importlib import import_module

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


FUNCTION = """
BEGIN
    IF (NEW.kind, NEW.address, NEW.since) IS DISTINCT FROM (OLD.kind, OLD.address, OLD.since) OR NOT EXISTS (
        SELECT FROM editorial_formeraddress f JOIN editorial_document d ON d.kind = f.kind AND d.address = f.address
            WHERE d.id = OLD.document_id AND f.document_id = NEW.document_id
    ) THEN
        RAISE EXCEPTION 'A former address leads to its document for good, and to another one only when that took it in.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_former_address_moves_with_a_merge';
    END IF;
    RETURN NEW;
END;
"""
created_and_pinned = import_module("alstrom_site.editorial.migrations.0003_guards").created_and_pinned


class Migration(migrations.Migration):
    """One document takes another one of the same thing in, and what looks alike is told apart for good."""

    dependencies = [
        ('editorial', '0009_traits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(*created_and_pinned("editorial_former_address_moves_with_a_merge", FUNCTION)),
        migrations.CreateModel(
            name='Distinction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(help_text='As it was then.', max_length=200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='formeraddress',
            name='refuse_update',
        ),
        migrations.AddField(
            model_name='proposal',
            name='into',
            field=models.ForeignKey(blank=True, help_text='The document of the same thing, which is to take this one in.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='editorial.document'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formeraddress',
            trigger=pgtrigger.compiler.Trigger(name='moves_with_a_merge', sql=pgtrigger.compiler.UpsertTriggerSql(execute='editorial_former_address_moves_with_a_merge()', func='RETURN NULL;', hash='e3301a683d7084f92b923838b1caeb245766261f', operation='UPDATE', pgid='pgtrigger_moves_with_a_merge_c2d3e', table='editorial_formeraddress', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='distinction',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='distinction',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='editorial.document'),
        ),
        migrations.AddField(
            model_name='distinction',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='editorial.document'),
        ),
        migrations.AddConstraint(
            model_name='distinction',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='editorial_distinction_once'),
        ),
        migrations.AddConstraint(
            model_name='distinction',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='editorial_distinction_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distinction',
            trigger=pgtrigger.compiler.Trigger(name='refuse_update', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='69581b1bd6d42113e2a70fc50703e25af424077a', operation='UPDATE', pgid='pgtrigger_refuse_update_ca35d', table='editorial_distinction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distinction',
            trigger=pgtrigger.compiler.Trigger(name='refuse_delete', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='6c746ac526f69003a2bc18136d1032cd757e4b83', operation='DELETE', pgid='pgtrigger_refuse_delete_01171', table='editorial_distinction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distinction',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change_of_the_record()', func='RETURN NULL;', hash='03857310687d0bd1b682a4f452853bf0aad61eec', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_1c97a', table='editorial_distinction', when='BEFORE')),
        ),
    ]
