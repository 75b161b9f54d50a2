"""What the database checks of editions: what they keep, how they move, and that they are approved."""

from alstrom_site.immutability import Function

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
    IF NEW.is_urgent <> OLD.is_urgent THEN
        RAISE EXCEPTION 'An edition begins as an urgent fix or never is one.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_urgency';
    END IF;
    IF NEW.emergency_reason <> OLD.emergency_reason
        AND NOT (OLD.emergency_reason = '' AND NEW.status = 'published' AND OLD.status <> 'published') THEN
        RAISE EXCEPTION 'The reason of an emergency is given as the text goes live, and kept.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_emergency';
    END IF;
    IF OLD.approved_afterwards_at IS NOT NULL
        AND NEW.approved_afterwards_at IS DISTINCT FROM OLD.approved_afterwards_at THEN
        RAISE EXCEPTION 'An edition keeps when it was approved after its publication.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_late_approval';
    END IF;
    IF (NEW.policy, NEW.change, NEW.change_note) IS DISTINCT FROM (OLD.policy, OLD.change, OLD.change_note)
        AND NOT (NEW.status = 'in review' AND OLD.status IN ('draft', 'changes requested'))
        AND NOT (NEW.status = 'published' AND NEW.emergency_reason <> '' AND OLD.emergency_reason = '') THEN
        RAISE EXCEPTION 'What readers are told of a change, and who must sign it, is fixed when it is submitted.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_what_was_submitted';
    END IF;
    IF (NEW.submitted_at, NEW.submitted_by_id, NEW.review_due_on)
        IS DISTINCT FROM (OLD.submitted_at, OLD.submitted_by_id, OLD.review_due_on) AND NEW.round = OLD.round THEN
        RAISE EXCEPTION 'Who submitted an edition, when, and by when its review is wanted stands with its round.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_submission';
    END IF;
    IF (NEW.publish_at, NEW.publish_until, NEW.scheduled_by_id, NEW.failure)
        IS DISTINCT FROM (OLD.publish_at, OLD.publish_until, OLD.scheduled_by_id, OLD.failure)
        AND NEW.status = OLD.status AND NEW.status <> 'scheduled' THEN
        RAISE EXCEPTION 'When an edition is to go live, in whose name, and why it did not, changes with its state.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_schedule';
    END IF;
    IF (NEW.withdrawn_at, NEW.withdrawal_reason) IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawal_reason)
        AND NOT (NEW.status = 'withdrawn' AND OLD.status = 'published') THEN
        RAISE EXCEPTION 'When an edition was withdrawn and why is written as it is withdrawn, and kept.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_withdrawal';
    END IF;
    IF NEW.ended_at IS DISTINCT FROM OLD.ended_at AND (OLD.ended_at IS NOT NULL OR NEW.status = OLD.status) THEN
        RAISE EXCEPTION 'When an edition ended is written as it ends, and kept.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_its_end';
    END IF;
    IF NEW.based_on_id IS DISTINCT FROM OLD.based_on_id AND NEW.head_id IS NOT DISTINCT FROM OLD.head_id THEN
        RAISE EXCEPTION 'An edition is brought up to date with a new text.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_keeps_what_it_is_based_on';
    END IF;
    RETURN NEW;
END;
""",
)

# Looks at the row as it is when the transaction ends; its event is written after it.
EDITION_STATE_IS_RECORDED = Function(
    "editorial_edition_state_is_recorded",
    """
DECLARE
    current RECORD;
    recorded RECORD;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.status = OLD.status AND NEW.head_id IS NOT DISTINCT FROM OLD.head_id THEN
            RETURN NULL;
        END IF;
    END IF;
    SELECT e.status, e.head_id INTO current FROM editorial_edition e WHERE e.id = NEW.id;
    SELECT v.target, v.revision_id INTO recorded FROM editorial_event v WHERE v.edition_id = NEW.id
        ORDER BY v.position DESC LIMIT 1;
    IF (recorded.target, recorded.revision_id) IS DISTINCT FROM (current.status, current.head_id) THEN
        RAISE EXCEPTION 'An edition changes its state or its text with an event, in the same transaction.'
            USING ERRCODE = '23000', CONSTRAINT = 'editorial_edition_state_is_recorded';
    END IF;
    RETURN NULL;
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
        ('approved', 'scheduled'),
        ('changes requested', 'discarded'),
        ('changes requested', 'draft'),
        ('changes requested', 'in review'),
        ('changes requested', 'published'),
        ('draft', 'discarded'),
        ('draft', 'in review'),
        ('draft', 'published'),
        ('failed to publish', 'approved'),
        ('failed to publish', 'changes requested'),
        ('failed to publish', 'discarded'),
        ('failed to publish', 'draft'),
        ('failed to publish', 'published'),
        ('failed to publish', 'scheduled'),
        ('in review', 'approved'),
        ('in review', 'changes requested'),
        ('in review', 'discarded'),
        ('in review', 'draft'),
        ('in review', 'published'),
        ('published', 'superseded'),
        ('published', 'unpublished'),
        ('published', 'withdrawn'),
        ('scheduled', 'approved'),
        ('scheduled', 'changes requested'),
        ('scheduled', 'discarded'),
        ('scheduled', 'draft'),
        ('scheduled', 'failed to publish'),
        ('scheduled', 'published'),
        ('withdrawn', 'superseded'),
        ('withdrawn', 'unpublished')
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
)
