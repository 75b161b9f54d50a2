"""The only writers of the workflow's state. Each action is one transaction, and who and when come in as arguments."""

from alstrom_site.editorial.actions.drafting import Saved, bring_up_to_date, discard, open_edition, save, start
from alstrom_site.editorial.actions.owning import hand_over
from alstrom_site.editorial.actions.publishing import publish
from alstrom_site.editorial.actions.reaffirming import reaffirm
from alstrom_site.editorial.actions.reviewing import approve, recommend, request_changes, submit
from alstrom_site.editorial.actions.signing import Said

__all__ = [
    "Said",
    "Saved",
    "approve",
    "bring_up_to_date",
    "discard",
    "hand_over",
    "open_edition",
    "publish",
    "reaffirm",
    "recommend",
    "request_changes",
    "save",
    "start",
    "submit",
]
