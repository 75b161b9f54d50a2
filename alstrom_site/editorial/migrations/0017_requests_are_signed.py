from importlib import import_module

from django.db import migrations

NAME = "editorial_review_is_of_its_text"
BODY = """
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
    IF NEW.verdict <> 'recommend' AND NEW.signed_with = '' AND NOT NEW.is_demonstration THEN
        RAISE EXCEPTION 'Whoever gives a verdict proves at that moment who they are.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_is_signed';
    END IF;
    RETURN NEW;
END;
"""
created_and_pinned = import_module("alstrom_site.editorial.migrations.0003_guards").created_and_pinned
BEFORE = import_module("alstrom_site.editorial.migrations.0016_beside_the_text").REPLACED[NAME]


class Migration(migrations.Migration):
    """A request for changes is signed with proof, as an approval is; those of before stay as they are."""

    dependencies = [("editorial", "0016_beside_the_text")]

    operations = [
        migrations.RunSQL(created_and_pinned(NAME, BODY)[0], created_and_pinned(NAME, BEFORE)[0]),
    ]
