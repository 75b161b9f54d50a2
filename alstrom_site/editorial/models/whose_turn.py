"""Which editions in review wait for a signature of which role: `editorial.rounds`, for whole lists in one query."""

from collections.abc import Iterable

from django.db.models.expressions import RawSQL

from alstrom_site.accounts.roles import Role

# A step is open while signatures are missing; where all who are asked must sign, also while one of them can. Where
# nobody is left to sign but nobody completed the round either, somebody of any signing role does. In groups, because
# PostgreSQL then expects many editions and not a handful, and joins them as many.
_OPEN_STEPS = """
WITH round AS (
    SELECT e.id, e.round, e.head_id, CASE WHEN jsonb_array_length(e.policy) > 0 THEN e.policy
        ELSE '[{"place": 1, "role": "medical reviewer", "needed": 1}]' END AS policy
    FROM editorial_edition e WHERE e.status = 'in review'
), asked AS (
    SELECT r.id, (a.step ->> 'place')::integer AS place, a.step ->> 'role' AS role, a.number,
        (a.step ->> 'needed')::integer AS needed, r.round, (
            SELECT count(*) FROM editorial_review v WHERE v.edition_id = r.id AND v.round = r.round
                AND v.revision_id = r.head_id AND v.verdict = 'approve' AND v.step = a.number
        ) AS signed
    FROM round r CROSS JOIN LATERAL jsonb_array_elements(r.policy) WITH ORDINALITY AS a(step, number)
), open_step AS (
    SELECT s.id, s.place, s.role, min(s.place) OVER (PARTITION BY s.id) AS turn FROM asked s
    WHERE s.signed < GREATEST(1, s.needed) OR s.needed = 0 AND EXISTS (
        SELECT FROM editorial_reviewrequest q JOIN accounts_user u ON u.id = q.reviewer_id AND u.is_active
            JOIN accounts_user_groups m ON m.user_id = u.id JOIN auth_group g ON g.id = m.group_id AND g.name = s.role
        WHERE q.edition_id = s.id AND q.round = s.round AND q.step = s.number AND q.answer = 'waiting'
    )
)
SELECT o.id FROM open_step o GROUP BY o.id HAVING bool_or(o.role = ANY(%s) AND o.place = o.turn)
UNION ALL
SELECT s.id FROM asked s
    WHERE s.role = ANY(%s) AND s.needed = 0 AND NOT EXISTS (SELECT FROM open_step p WHERE p.id = s.id)
"""


def waiting_for_a_signature(roles: Iterable[Role]) -> RawSQL:
    """Return the ids of the editions in which it is the turn of one of these roles to sign, as a query to be within."""
    names = [role.name for role in roles]
    return RawSQL(_OPEN_STEPS, [names, names])  # noqa: S611 a constant query; the names go in as parameters
