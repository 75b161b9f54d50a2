"""What the database checks of documents, of what they point to, and of what points to them."""

from alstrom_site.immutability import Function

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

# Looks at the document and its events as they are when the transaction ends. Of these columns a change that was undone
# would be seen by nobody, and what was done meanwhile under another policy would stand. The others are compared by the
# check of the record alone: they follow from texts, reviews and other documents, which a trigger does not read.
DOCUMENT_OWNER_AND_POLICY_ARE_RECORDED = Function(
    "editorial_document_owner_and_policy_are_recorded",
    """
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

# A row may stand for the address at which its document stands again: a merge leads that one on first, and by it the
# database knows, as by a new row, which document took the other in.
FORMER_ADDRESS_MOVES_WITH_A_MERGE = Function(
    "editorial_former_address_moves_with_a_merge",
    """
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
""",
)
