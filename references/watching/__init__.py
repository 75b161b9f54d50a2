"""What happens to works after their entries were written: observed from outside, told at once, never silently."""

from references.standing import Notice
from references.watching.observing import new_standing, observe
from references.watching.statements import statements_resting_on
from references.watching.taking_back import note_again, take_back
from references.watching.taking_in import learned_by_taking_in

__all__ = [
    "Notice",
    "learned_by_taking_in",
    "new_standing",
    "note_again",
    "observe",
    "statements_resting_on",
    "take_back",
]
