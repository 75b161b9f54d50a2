"""EMAIL_URL: where mail is sent to, as one address that is read strictly."""

from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

CONSOLE = {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
# Scheme -> usual port, encrypted from the first byte, encrypted before the password is sent (RFC 3207, RFC 8314).
SCHEMES = {"smtp": (25, False, False), "smtp+starttls": (587, False, True), "smtps": (465, True, False)}
FORM = "must look like smtp+starttls://name:password@mail.example:587"
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
# In seconds: a server that does not answer must not keep the worker from other work.
PATIENCE = 20


def parse_mail_address(url: str) -> dict[str, Any]:
    """Return the settings of Django that the address stands for; "console:" prints mail instead of sending it.

    Raises ValueError with the rest of a sentence that begins with the variable's name; a password is never repeated.
    """
    if url == "console:":
        return dict(CONSOLE)
    parts = _split(url)
    usual_port, implicit, starttls = SCHEMES[parts.scheme]
    if parts.password and parts.scheme == "smtp" and parts.hostname not in THIS_MACHINE:
        raise ValueError("would send the password where others can read it; use smtp+starttls:// or smtps://.")
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or usual_port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": starttls,
        "EMAIL_TIMEOUT": PATIENCE,
    }


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port_is_fit = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError(f"{FORM}, which it does not.") from None
    if parts.scheme not in SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        raise ValueError(f"must begin with console: or one of {known}.")
    if not parts.hostname or not port_is_fit or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"{FORM}, with nothing after the port.")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("must name both user and password, or neither.")
    return parts
