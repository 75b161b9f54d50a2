"""Strict readers of the environment: a value nobody expected stops the start with one clear sentence.

An empty variable counts as a variable that is not set, as in most shells and process supervisors.
"""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from alstrom_site.database_address import parse_database_address
from alstrom_site.mail_address import parse_mail_address

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


class EnvironmentProblem(ImproperlyConfigured):
    """The environment holds a value the site cannot start with; the text is one sentence for the operator."""


def env_text(name: str, default: str | None = None) -> str:
    """Return the value of `name`, or the default; raise EnvironmentProblem when there is neither."""
    found = os.environ.get(name, "").strip()
    if found:
        return found
    if default is None:
        raise EnvironmentProblem(f"{name} is not set, and the site cannot start without it.")
    return default


def env_bool(name: str, default: bool) -> bool:
    """Return true or false; accepts 1/0, true/false, yes/no, on/off in any case."""
    found = env_text(name, "").lower()
    if not found:
        return default
    if found in TRUE_WORDS:
        return True
    if found in FALSE_WORDS:
        return False
    raise EnvironmentProblem(f'{name} must be "true" or "false", not "{found}".')


def env_int(name: str, default: int, *, minimum: int | None = None, maximum: int | None = None) -> int:
    """Return a whole number between the bounds, both included."""
    found = env_text(name, "")
    if not found:
        return default
    try:
        number = int(found)
    except ValueError:
        raise EnvironmentProblem(f'{name} must be a whole number, not "{found}".') from None
    if (minimum is not None and number < minimum) or (maximum is not None and number > maximum):
        raise EnvironmentProblem(f"{name} must be {_bounds(minimum, maximum)}, not {number}.")
    return number


def env_list(name: str, default: list[str]) -> list[str]:
    """Return the parts between commas, without the space around them."""
    found = env_text(name, "")
    if not found:
        return list(default)
    parts = [part.strip() for part in found.split(",")]
    if not all(parts):
        raise EnvironmentProblem(f'{name} is a list separated by commas; "{found}" has an empty place in it.')
    return parts


def env_secret(name: str, default: str | None = None, *, minimum_length: int = 50) -> str:
    """Return a secret from `name`, or from the file that `name`_FILE points to (as container secrets do).

    A secret that is too short to be safe is refused; its text is never repeated in the message.
    """
    found = os.environ.get(name, "").strip() or _secret_file(name)
    if not found:
        return env_text(name, default)
    if len(found) < minimum_length:
        raise EnvironmentProblem(f"{name} must have at least {minimum_length} characters; it has {len(found)}.")
    return found


def database(url: str) -> dict[str, Any]:
    """Return the entry for settings.DATABASES that DATABASE_URL stands for; only PostgreSQL is accepted."""
    try:
        return parse_database_address(url)
    except ValueError as problem:
        raise EnvironmentProblem(f"DATABASE_URL {problem}") from None


def mail(url: str) -> dict[str, Any]:
    """Return the settings that EMAIL_URL stands for."""
    try:
        return parse_mail_address(url)
    except ValueError as problem:
        raise EnvironmentProblem(f"EMAIL_URL {problem}") from None


def refuse_known_key(hosts: list[str]) -> None:
    """Raise EnvironmentProblem when a site whose key everybody can read answers to more than this machine."""
    beyond = [host for host in hosts if not _is_loopback(host)]
    if beyond:
        raise EnvironmentProblem(
            f"SECRET_KEY must be set before the site answers to {', '.join(beyond)}: "
            "the key that goes with the embedded database is known to everybody, and safe on this machine alone."
        )


def patient_within_bounds(entry: dict[str, Any], *, lock: str, idle: str) -> dict[str, Any]:
    """Return an entry for settings.DATABASES whose sessions give up a lock and an idle transaction after so long.

    In PostgreSQL's words for times, such as "10s". They compile no queries: for ours, of many parts and few rows, that
    takes longer than the answer. What the operator gave as `options` stands after it and wins.
    """
    bounds = f"-c lock_timeout={lock} -c idle_in_transaction_session_timeout={idle} -c jit=off"
    options = f"{bounds} {entry['OPTIONS'].get('options', '')}".strip()
    return {**entry, "OPTIONS": {**entry["OPTIONS"], "options": options}}


def _is_loopback(host: str) -> bool:
    bare = host.strip("[].").lower()
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return bare == "localhost" or bare.endswith(".localhost")


def _bounds(minimum: int | None, maximum: int | None) -> str:
    if minimum is not None and maximum is not None:
        return f"from {minimum} to {maximum}"
    return f"at least {minimum}" if minimum is not None else f"at most {maximum}"


def _secret_file(name: str) -> str:
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise EnvironmentProblem(f"{name}_FILE names a file that cannot be read: {path}.") from None
