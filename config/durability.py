"""What a receipt rests on when the power is cut: that the database has written it to its disk before it says so.

PostgreSQL and SQLite do so with the settings that the site and a new server have. Who turned one off to be quicker is
told by `manage.py check --database default`, which `migrate` runs, too.
"""

from django.core import checks
from django.db import connections

SERVER = ["fsync", "full_page_writes", "synchronous_commit"]
FULL = 2


def weak_points(connection):
    """Return the settings of a database under which it may forget what it has confirmed."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            (level,) = cursor.execute("PRAGMA synchronous").fetchone()
            return [] if level >= FULL else ["synchronous"]
        cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off' ORDER BY name", [SERVER])
        return [name for (name,) in cursor.fetchall()]


def check_durability(app_configs, databases, **more):
    return [
        checks.Warning(
            f"The database {alias} may forget receipts when the power is cut: {', '.join(weak)} is off.",
            hint="Turn it on again: it is on in every new server.",
            id="config.W001",
        )
        for alias in databases or []
        if (weak := weak_points(connections[alias]))
    ]
