"""What the database checks of every row of the record before it takes it: functions of triggers, in PL/pgSQL.

They stand in the database as a migration wrote them; a body that changes here needs a migration that replaces it, and
`verify_record` tells where the two differ. The words of the workflow stand in them as literals, as in a migration: a
test compares them with the table of steps. Each refusal is a sentence and carries the name of its rule.
"""

from alstrom_site.editorial.models.guards.beside import (
    COMMENT_KEEPS_WHAT_IT_SAYS,
    FLAG_KEEPS_WHAT_IT_SAYS,
    PROPOSAL_IS_DECIDED_ONCE,
    REVIEW_REQUEST_KEEPS_ITS_PERSON,
    SHARED_LINK_KEEPS_WHAT_IT_IS,
)
from alstrom_site.editorial.models.guards.documents import (
    DOCUMENT_KEEPS_ITS_KIND,
    DOCUMENT_OWNER_AND_POLICY_ARE_RECORDED,
    DOCUMENT_POINTS_TO_ITS_LIVE_EDITION,
    FORMER_ADDRESS_MOVES_WITH_A_MERGE,
)
from alstrom_site.editorial.models.guards.editions import (
    EDITION_IS_APPROVED,
    EDITION_KEEPS_WHAT_IT_IS,
    EDITION_MOVES_BY_THE_WORKFLOW,
    EDITION_STATE_IS_RECORDED,
)
from alstrom_site.editorial.models.guards.record import (
    EVENT_FOLLOWS_THE_NEWEST,
    EVENT_IS_OF_ITS_TEXT,
    REVIEW_IS_OF_ITS_TEXT,
)

FUNCTIONS = (
    REVIEW_IS_OF_ITS_TEXT,
    EVENT_IS_OF_ITS_TEXT,
    EVENT_FOLLOWS_THE_NEWEST,
    COMMENT_KEEPS_WHAT_IT_SAYS,
    EDITION_KEEPS_WHAT_IT_IS,
    EDITION_MOVES_BY_THE_WORKFLOW,
    EDITION_IS_APPROVED,
    EDITION_STATE_IS_RECORDED,
    SHARED_LINK_KEEPS_WHAT_IT_IS,
    REVIEW_REQUEST_KEEPS_ITS_PERSON,
    PROPOSAL_IS_DECIDED_ONCE,
    FLAG_KEEPS_WHAT_IT_SAYS,
    DOCUMENT_KEEPS_ITS_KIND,
    DOCUMENT_OWNER_AND_POLICY_ARE_RECORDED,
    DOCUMENT_POINTS_TO_ITS_LIVE_EDITION,
    FORMER_ADDRESS_MOVES_WITH_A_MERGE,
)

__all__ = [
    "COMMENT_KEEPS_WHAT_IT_SAYS",
    "DOCUMENT_KEEPS_ITS_KIND",
    "DOCUMENT_OWNER_AND_POLICY_ARE_RECORDED",
    "DOCUMENT_POINTS_TO_ITS_LIVE_EDITION",
    "EDITION_IS_APPROVED",
    "EDITION_KEEPS_WHAT_IT_IS",
    "EDITION_MOVES_BY_THE_WORKFLOW",
    "EDITION_STATE_IS_RECORDED",
    "EVENT_FOLLOWS_THE_NEWEST",
    "EVENT_IS_OF_ITS_TEXT",
    "FLAG_KEEPS_WHAT_IT_SAYS",
    "FORMER_ADDRESS_MOVES_WITH_A_MERGE",
    "FUNCTIONS",
    "PROPOSAL_IS_DECIDED_ONCE",
    "REVIEW_IS_OF_ITS_TEXT",
    "REVIEW_REQUEST_KEEPS_ITS_PERSON",
    "SHARED_LINK_KEEPS_WHAT_IT_IS",
]
