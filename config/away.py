"""What is away for a moment, rather than wrong: the database, or the store for files. Who asks again is served."""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError

AWAY = (OperationalError, InterfaceError)
# A server that is a standby, or has just become one, refuses to write.
READ_ONLY = "25006"
SERVER_FAULT = 500


def is_away(error):
    """Whether an error says that a part of the site cannot be reached now."""
    return isinstance(error, AWAY) or writes_to_standby(error) or is_broken_off(error) or is_store_away(error)


def writes_to_standby(error):
    return isinstance(error, DatabaseError) and getattr(error.__cause__, "pgcode", None) == READ_ONLY


def is_broken_off(error):
    """Whether a connection ended in the middle of an answer: the driver has no kind of its own for that."""
    return type(error) is DatabaseError and getattr(error.__cause__, "pgcode", "") is None


def is_store_away(error):
    """Whether a store for files does not answer or cannot now; nothing of it is loaded where none is used."""
    if not (botocore := sys.modules.get("botocore.exceptions")):
        return False
    if isinstance(error, botocore.ClientError):
        return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= SERVER_FAULT
    return isinstance(error, botocore.ConnectionError | botocore.HTTPClientError)
