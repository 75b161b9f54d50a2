"""What the database checks of reviews and events."""

from alstrom_site.immutability import Function

REVIEW_IS_OF_ITS_TEXT = Function(
    "editorial_review_is_of_its_text",
    """
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
)

EVENT_IS_OF_ITS_TEXT = Function(
    "editorial_event_is_of_its_text",
    """
DECLARE
    recorded RECORD;
BEGIN
    SELECT r.digest, r.edition_id, e.document_id INTO recorded
        FROM editorial_revision r JOIN editorial_edition e ON e.id = r.edition_id WHERE r.id = NEW.revision_id;
    IF recorded.edition_id IS DISTINCT FROM NEW.edition_id THEN
        RAISE EXCEPTION 'An event is about a text of its own edition.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_event_text_is_of_its_edition';
    END IF;
    IF recorded.document_id IS DISTINCT FROM NEW.document_id THEN
        RAISE EXCEPTION 'An event is about an edition of its own document.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_event_edition_is_of_its_document';
    END IF;
    IF recorded.digest IS DISTINCT FROM NEW.revision_digest THEN
        RAISE EXCEPTION 'An event names the digest of exactly its text.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_event_digest_is_of_its_text';
    END IF;
    IF NEW.review_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM editorial_review v WHERE v.id = NEW.review_id AND v.revision_id = NEW.revision_id
            AND v.reviewer_id = NEW.by_id AND v.verdict = NEW.verb
    ) THEN
        RAISE EXCEPTION 'An event records a review of its own text, as it was given and by the person who gave it.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_event_review_is_its_own';
    END IF;
    RETURN NEW;
END;
""",
)

EVENT_FOLLOWS_THE_NEWEST = Function(
    "editorial_event_follows_the_newest",
    """
BEGIN
    IF NEW.position = 1 AND NEW.previous = repeat('0', 64) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM editorial_event e WHERE e.position = NEW.position - 1 AND e.digest = NEW.previous
    ) THEN
        RAISE EXCEPTION 'An event follows the newest one: it stands one place after it and holds its digest.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_event_follows_the_newest';
    END IF;
    RETURN NEW;
END;
""",
)
