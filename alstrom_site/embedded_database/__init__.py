"""The PostgreSQL that starts by itself when no DATABASE_URL is set: nothing to install, no account, no port.

It starts at the first connection, not when the settings are read, so that commands without a database stay quick.
"""

from pathlib import Path
from typing import Any

from alstrom_site.embedded_database.sockets import socket_folder

FOLDER = Path(__file__).resolve().parents[2] / "var" / "postgres"
NAME = "alstrom"
# Not a superuser: the embedded database allows the site no more than a production database does.
USER = "alstrom"
SITE_URL_FILE = "site-url"
USUAL_SITE_URL = "http://127.0.0.1:8000"


def database(folder: Path = FOLDER, *, durable: bool = True) -> dict[str, Any]:
    """Return the entry for settings.DATABASES; `folder` holds everything the server keeps.

    Without `durable` the server does not wait for the disk: for tests, whose content nobody will miss.
    """
    return {
        "ENGINE": "alstrom_site.embedded_database",
        "NAME": NAME,
        "USER": USER,
        "PASSWORD": "",
        "HOST": str(socket_folder(folder)),
        "PORT": "5432",
        "OPTIONS": {},
        "FOLDER": str(folder),
        "DURABLE": durable,
    }


def keep_site_url(url: str, folder: Path = FOLDER) -> None:
    """Remember, beside the database, under which address its pages are made."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SITE_URL_FILE).write_text(url, encoding="utf-8")


def kept_site_url(folder: Path = FOLDER) -> str:
    """Return the address remembered last, else the usual one."""
    try:
        return (folder / SITE_URL_FILE).read_text(encoding="utf-8").strip() or USUAL_SITE_URL
    except FileNotFoundError:
        return USUAL_SITE_URL
