"""What a fault of the database means for a text that should go live by itself: try again soon, or tell a person."""

from django.db import Error, InterfaceError, OperationalError
from psycopg import errors

PASSING = (
    *(errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure),
    *(errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow, errors.IdleSessionTimeout),
    errors.TooManyConnections,
)
"""They say nothing of a text: somebody else was at work, or the server was on its way down or up."""
CONNECTION = "08"
"""The class of SQLSTATE that is about the connection; without any state, the connection broke."""
IN_WORDS: dict[type[Exception], str] = {
    errors.QueryCanceled: "The database took longer over it than it may.",
    errors.DiskFull: "The disk of the database is full.",
    errors.OutOfMemory: "The database has too little memory for it.",
}
BUSY = "The database was busy or away."
UNEXPECTED = "Something went wrong that nobody expected ({name}). The log of the site says more."


def is_passing(error: Exception) -> bool:
    """Whether the next run may well do what this error kept from being done, and nobody needs to look at it."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error.__cause__, PASSING) or state is None or state.startswith(CONNECTION)


def in_words(error: Exception) -> str:
    """Return why a text did not go live, for those who are mailed about it."""
    cause = error.__cause__ if isinstance(error, Error) else None
    found = next((words for kind, words in IN_WORDS.items() if isinstance(cause, kind)), "")
    return found or (BUSY if is_passing(error) else UNEXPECTED.format(name=type(error).__name__))
