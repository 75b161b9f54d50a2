from importlib import import_module

from django.db import migrations

BODIES = {
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
    IF NEW.verdict <> 'recommend' AND NEW.signed_with = '' AND NOT NEW.is_demonstration THEN
        RAISE EXCEPTION 'Whoever gives a verdict proves at that moment who they are.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_is_signed';
    END IF;
    IF NEW.verdict = 'approve' AND EXISTS (
        SELECT FROM editorial_review v WHERE v.edition_id = NEW.edition_id AND v.round = NEW.round
            AND v.verdict = 'approve' AND v.revision_id = NEW.revision_id AND v.reviewer_id = NEW.reviewer_id
            AND NOT EXISTS (
                SELECT FROM editorial_review later WHERE later.edition_id = v.edition_id AND later.round = v.round
                    AND later.verdict = 'request changes' AND later.id > v.id
            )
    ) THEN
        RAISE EXCEPTION 'Nobody approves a text twice.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_one_approval_each_of_a_text';
    END IF;
    RETURN NEW;
END;
""",
    "editorial_edition_is_approved": """
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
            AND v.revision_id = NEW.head_id AND v.id > coalesce(voided, 0) AND v.reviewer_id = NEW.published_by_id
    ) THEN
        RAISE EXCEPTION 'Who approved a text does not publish it.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_published_by_somebody_else';
    END IF;
    RETURN NEW;
END;
""",
}
created_and_pinned = import_module("alstrom_site.editorial.migrations.0003_guards").created_and_pinned
BEFORE = {
    "editorial_review_is_of_its_text": import_module("alstrom_site.editorial.migrations.0017_requests_are_signed").BODY,
    "editorial_edition_is_approved": import_module(
        "alstrom_site.editorial.migrations.0019_what_was_sent_back_is_not_approved"
    ).BODY,
}


def replaced(name, body):
    return created_and_pinned(name, body)[0], created_and_pinned(name, BEFORE[name])[0]


class Migration(migrations.Migration):
    """Who approved an earlier text of a round may approve the one of now, or publish it in an emergency."""

    dependencies = [("editorial", "0027_asked_to_look_again")]

    operations = [
        migrations.RemoveConstraint("review", "editorial_review_one_approval_each_in_a_round"),
        *(migrations.RunSQL(*replaced(name, body)) for name, body in BODIES.items()),
    ]
