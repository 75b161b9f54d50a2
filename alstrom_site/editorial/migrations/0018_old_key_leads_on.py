from importlib import import_module

from django.db import migrations

NAME = "editorial_former_address_moves_with_a_merge"
BODY = """
BEGIN
    IF (NEW.kind, NEW.address, NEW.since) IS DISTINCT FROM (OLD.kind, OLD.address, OLD.since) OR NOT EXISTS (
        SELECT FROM editorial_document d LEFT JOIN editorial_formeraddress f
            ON f.kind = d.kind AND f.address = d.address AND f.document_id = NEW.document_id
            WHERE d.id = OLD.document_id AND (f.id IS NOT NULL OR (d.kind, d.address) = (OLD.kind, OLD.address))
    ) THEN
        RAISE EXCEPTION 'A former address leads to its document for good, and to another one only when that took it in.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_former_address_moves_with_a_merge';
    END IF;
    RETURN NEW;
END;
"""
created_and_pinned = import_module("alstrom_site.editorial.migrations.0003_guards").created_and_pinned
BEFORE = import_module("alstrom_site.editorial.migrations.0010_merges").FUNCTION


class Migration(migrations.Migration):
    """The address at which a document stands again leads on too, when another one takes the document in."""

    dependencies = [("editorial", "0017_requests_are_signed")]

    operations = [
        migrations.RunSQL(created_and_pinned(NAME, BODY)[0], created_and_pinned(NAME, BEFORE)[0]),
    ]
