"""Django's PostgreSQL backend, starting the embedded server at the first connection; Django asks for this name."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from alstrom_site.embedded_database.server import Server


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections to the embedded PostgreSQL."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection; raise EmbeddedDatabaseProblem when the server cannot be started."""
        Server.join(Path(self.settings_dict["FOLDER"]), durable=self.settings_dict["DURABLE"])
        return super().get_new_connection(conn_params)
