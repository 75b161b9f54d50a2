"""What the database checks of every row of the record before it takes it: functions of triggers, in PL/pgSQL.

They stand in the database as a migration wrote them; a body that changes here needs a migration that replaces it, and
`verify_record` tells where the two differ. The words of the workflow stand in them as literals, as in a migration: a
test compares them with the table of steps. Each refusal is a sentence and carries the name of its rule.
"""

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

EDITION_KEEPS_WHAT_IT_IS = Function(
    "editorial_edition_keeps_what_it_is",
    """
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
    RETURN NEW;
END;
""",
)

EDITION_MOVES_BY_THE_WORKFLOW = Function(
    "editorial_edition_moves_by_the_workflow",
    """
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' OR NEW.round <> 0 THEN
            RAISE EXCEPTION 'An edition begins as a draft that was never submitted.'
                USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_begins_as_a_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('approved', 'changes requested'),
        ('approved', 'discarded'),
        ('approved', 'draft'),
        ('approved', 'published'),
        ('changes requested', 'discarded'),
        ('changes requested', 'draft'),
        ('changes requested', 'in review'),
        ('draft', 'discarded'),
        ('draft', 'in review'),
        ('in review', 'approved'),
        ('in review', 'changes requested'),
        ('in review', 'discarded'),
        ('in review', 'draft'),
        ('published', 'superseded'),
        ('withdrawn', 'superseded')
    ) THEN
        RAISE EXCEPTION 'No step leads an edition from “%” to “%”.', OLD.status, NEW.status
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_moves_by_the_workflow';
    END IF;
    IF NEW.round - OLD.round <> (NEW.status = 'in review' AND OLD.status <> 'in review')::integer THEN
        RAISE EXCEPTION 'A new round begins each time an edition is submitted, and at no other time.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_counts_its_rounds';
    END IF;
    IF NEW.head_id IS DISTINCT FROM OLD.head_id AND (NEW.head_id IS NULL OR NEW.status <> 'draft') THEN
        RAISE EXCEPTION 'An edition keeps its text, and gets another one in a draft only.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_written_as_a_draft';
    END IF;
    RETURN NEW;
END;
""",
)

EDITION_IS_APPROVED = Function(
    "editorial_edition_is_approved",
    """
BEGIN
    IF NEW.head_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM editorial_revision r WHERE r.id = NEW.head_id AND r.edition_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'The text of an edition is one of its own.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_text_is_its_own';
    END IF;
    IF NEW.status NOT IN ('approved', 'scheduled', 'published', 'withdrawn') THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM editorial_review v JOIN editorial_revision r ON r.id = v.revision_id
            WHERE v.edition_id = NEW.id AND v.round = NEW.round AND v.verdict = 'approve'
                AND v.revision_id = NEW.head_id AND v.revision_digest = r.digest
    ) THEN
        RAISE EXCEPTION 'Nobody has approved exactly this text in this round.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_is_approved';
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
""",
)

DOCUMENT_KEEPS_ITS_KIND = Function(
    "editorial_document_keeps_its_kind",
    """
BEGIN
    IF (NEW.kind, NEW.created_at) IS DISTINCT FROM (OLD.kind, OLD.created_at) THEN
        RAISE EXCEPTION 'A document keeps its kind and the time when it was begun.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_document_keeps_its_kind';
    END IF;
    RETURN NEW;
END;
""",
)

# Looks at the rows as they are when the transaction ends, not at the row that called it, which may be written again
# by then. The lock lets two transactions that write of one document look one after the other.
DOCUMENT_POINTS_TO_ITS_LIVE_EDITION = Function(
    "editorial_document_points_to_its_live_edition",
    """
DECLARE
    document bigint;
    pointed bigint;
BEGIN
    IF TG_TABLE_NAME = 'editorial_document' THEN
        document := NEW.id;
    ELSE
        document := NEW.document_id;
    END IF;
    SELECT d.live_edition_id INTO pointed FROM editorial_document d WHERE d.id = document FOR NO KEY UPDATE;
    IF pointed IS NOT NULL AND NOT EXISTS (
        SELECT FROM editorial_edition e WHERE e.id = pointed AND e.document_id = document
            AND e.status IN ('published', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'A document points to a live edition of its own, or to none.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_document_points_to_its_live_edition';
    END IF;
    IF EXISTS (
        SELECT FROM editorial_edition e WHERE e.document_id = document AND e.status IN ('published', 'withdrawn')
            AND e.id IS DISTINCT FROM pointed
    ) THEN
        RAISE EXCEPTION 'A live edition is the one that its document points to.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_live_is_pointed_to';
    END IF;
    RETURN NULL;
END;
""",
)

FUNCTIONS = (
    REVIEW_IS_OF_ITS_TEXT,
    EVENT_IS_OF_ITS_TEXT,
    EVENT_FOLLOWS_THE_NEWEST,
    EDITION_KEEPS_WHAT_IT_IS,
    EDITION_MOVES_BY_THE_WORKFLOW,
    EDITION_IS_APPROVED,
    DOCUMENT_KEEPS_ITS_KIND,
    DOCUMENT_POINTS_TO_ITS_LIVE_EDITION,
)
