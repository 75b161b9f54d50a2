"""The only writers of the workflow's state. Each action is one transaction, and who and when come in as arguments."""

from alstrom_site.editorial.actions._transitions import CHANGED_MEANWHILE, patience
from alstrom_site.editorial.actions.asking import Wanted, ask, claim, decline
from alstrom_site.editorial.actions.commenting import Words, answer, comment, reopen, resolve
from alstrom_site.editorial.actions.drafting import Saved, bring_up_to_date, discard, open_edition, save, start
from alstrom_site.editorial.actions.emergency import Besides, approve_afterwards, publish_in_emergency
from alstrom_site.editorial.actions.flagging import flag_citing, raise_flag, settle_flags
from alstrom_site.editorial.actions.looking_again import ask_for_another_look, take_back_ask
from alstrom_site.editorial.actions.observing import Learned, note_standing
from alstrom_site.editorial.actions.owning import hand_over, hand_over_all
from alstrom_site.editorial.actions.publishing import publish
from alstrom_site.editorial.actions.reaffirming import reaffirm
from alstrom_site.editorial.actions.retiring import Retirement, propose, turn_down, unpublish, withdraw
from alstrom_site.editorial.actions.reviewing import approve, recommend, request_changes, submit
from alstrom_site.editorial.actions.scheduling import Window, cancel_schedule, publish_due, schedule
from alstrom_site.editorial.actions.setting_policy import OwnPolicy, own_policy, set_policy
from alstrom_site.editorial.actions.sharing import Invitation, advise, revoke, share
from alstrom_site.editorial.actions.signing import Said
from alstrom_site.editorial.actions.starting import start_many

__all__ = [
    "CHANGED_MEANWHILE",
    "Besides",
    "Invitation",
    "Learned",
    "OwnPolicy",
    "Retirement",
    "Said",
    "Saved",
    "Wanted",
    "Window",
    "Words",
    "advise",
    "answer",
    "approve",
    "approve_afterwards",
    "ask",
    "ask_for_another_look",
    "bring_up_to_date",
    "cancel_schedule",
    "claim",
    "comment",
    "decline",
    "discard",
    "flag_citing",
    "hand_over",
    "hand_over_all",
    "note_standing",
    "open_edition",
    "own_policy",
    "patience",
    "propose",
    "publish",
    "publish_due",
    "publish_in_emergency",
    "raise_flag",
    "reaffirm",
    "recommend",
    "reopen",
    "request_changes",
    "resolve",
    "revoke",
    "save",
    "schedule",
    "set_policy",
    "settle_flags",
    "share",
    "start",
    "start_many",
    "submit",
    "take_back_ask",
    "turn_down",
    "unpublish",
    "withdraw",
]
