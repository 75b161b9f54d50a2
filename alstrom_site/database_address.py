"""Reads a postgres:// address with the standard library alone: it is checked before anything is installed."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

EXAMPLE = "postgres://user:password@host:5432/name"
SCHEMES = frozenset({"postgres", "postgresql"})
# The libpq settings (PostgreSQL manual, "Parameter Key Words") that may stand after the "?" of the address.
CONNECTION_SETTINGS = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "host",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "options",
        "port",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)


def parse_database_address(url: str) -> dict[str, Any]:
    """Return the entry for settings.DATABASES that `url` stands for.

    The form is the connection URI of libpq: postgres://user:password@host:port/name?sslmode=require.
    Raises ValueError with a sentence for the operator; the password is never repeated in it.
    """
    if url.partition(":")[0].lower() not in SCHEMES:
        raise ValueError(f"must be the address of a PostgreSQL database, such as {EXAMPLE}; {_start_of(url)}")
    parts, port = _split(url)
    settings = _connection_settings(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _name(parts),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": settings.pop("host", unquote(parts.hostname or "")),
        "PORT": settings.pop("port", port),
        "OPTIONS": settings,
    }


def _start_of(url: str) -> str:
    scheme, separator, _ = url.partition("://")
    return f'it starts with "{scheme}://".' if separator else "it has no scheme."


def _split(url: str) -> tuple[SplitResult, str]:
    # The messages of urlsplit repeat a part of the address, which may be the password; so they are not passed on.
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError("cannot be read: its host is not a valid address.") from None
    try:
        return parts, str(parts.port or "")
    except ValueError:
        raise ValueError(
            "cannot be read: its port is not a number from 0 to 65535 "
            '(a "/", "#" or "?" in the password must be written as %2F, %23 or %3F).'
        ) from None


def _name(parts: SplitResult) -> str:
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name or parts.fragment:
        raise ValueError(f"must end with the name of the database, as in {EXAMPLE}.")
    return name


def _connection_settings(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError:
        raise ValueError('has settings after the "?" that are not name=value pairs.') from None
    unknown = sorted({name for name, _ in pairs} - CONNECTION_SETTINGS)
    if unknown:
        raise ValueError(f"has a setting that is not known here: {', '.join(unknown)}.")
    return dict(pairs)
