from django.db import connection

from backups import on_postgresql, on_sqlite


def engine():
    """Return the module that backs up and restores the kind of database that the site has."""
    return {"postgresql": on_postgresql, "sqlite": on_sqlite}[connection.vendor]
