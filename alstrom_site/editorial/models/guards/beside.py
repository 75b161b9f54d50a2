"""What the database checks of what stands beside the text: comments, links, requests, proposals and flags."""

from alstrom_site.immutability import Function

COMMENT_KEEPS_WHAT_IT_SAYS = Function(
    "editorial_comment_keeps_what_it_says",
    """
BEGIN
    IF (to_jsonb(NEW) - 'resolved_at' - 'resolved_by_id')
        IS DISTINCT FROM (to_jsonb(OLD) - 'resolved_at' - 'resolved_by_id') THEN
        RAISE EXCEPTION 'A comment keeps what it says; it is resolved and reopened, and answered by another one.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_comment_keeps_what_it_says';
    END IF;
    RETURN NEW;
END;
""",
)

SHARED_LINK_KEEPS_WHAT_IT_IS = Function(
    "editorial_shared_link_keeps_what_it_is",
    """
DECLARE
    ending text[] := ARRAY['revoked_at', 'revoked_by_id'];
BEGIN
    IF (to_jsonb(NEW) - ending) IS DISTINCT FROM (to_jsonb(OLD) - ending) OR OLD.revoked_at IS NOT NULL THEN
        RAISE EXCEPTION 'A shared link keeps what it was made for; it is revoked, once.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_shared_link_keeps_what_it_is';
    END IF;
    RETURN NEW;
END;
""",
)

REVIEW_REQUEST_KEEPS_ITS_PERSON = Function(
    "editorial_review_request_keeps_its_person",
    """
BEGIN
    IF (NEW.edition_id, NEW.round, NEW.reviewer_id) IS DISTINCT FROM (OLD.edition_id, OLD.round, OLD.reviewer_id) THEN
        RAISE EXCEPTION 'A request keeps its edition, its round, and whom it asks.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_request_keeps_its_person';
    END IF;
    IF OLD.answer = 'given' THEN
        RAISE EXCEPTION 'A request that a verdict answered stays as it is.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_review_request_keeps_its_answer';
    END IF;
    RETURN NEW;
END;
""",
)

PROPOSAL_IS_DECIDED_ONCE = Function(
    "editorial_proposal_is_decided_once",
    """
DECLARE
    decision text[] := ARRAY['decided_by_id', 'decided_at', 'was_taken', 'answer'];
BEGIN
    IF (to_jsonb(NEW) - decision) IS DISTINCT FROM (to_jsonb(OLD) - decision) OR OLD.decided_at IS NOT NULL THEN
        RAISE EXCEPTION 'A proposal keeps what it proposes, and is decided once.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_proposal_is_decided_once';
    END IF;
    RETURN NEW;
END;
""",
)

FLAG_KEEPS_WHAT_IT_SAYS = Function(
    "editorial_flag_keeps_what_it_says",
    """
DECLARE
    grows text[] := ARRAY['statement', 'raised_at', 'settled_at', 'settled_by_id'];
BEGIN
    IF (to_jsonb(NEW) - grows) IS DISTINCT FROM (to_jsonb(OLD) - grows) OR OLD.settled_at IS NOT NULL
        OR left(NEW.statement, length(OLD.statement)) <> OLD.statement THEN
        RAISE EXCEPTION 'A flag keeps what it says; more is added to it until it is settled, once.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_flag_keeps_what_it_says';
    END IF;
    RETURN NEW;
END;
""",
)
