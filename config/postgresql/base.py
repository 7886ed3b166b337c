"""Django's PostgreSQL, which asks a kept connection for its health only when there is a reason to.

Django sends `SELECT 1` at each request, a tenth of a quick one. A server that ended a connection said so, or closed it:
then there is something to read, which is seen without asking.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def close_if_health_check_failed(self):
        if self.connection is not None and is_silent(self.connection):
            return
        super().close_if_health_check_failed()

    def rollback(self):
        """Django takes it for a sign of health; a primary that has become a standby does it as well."""
        had_errors = self.errors_occurred
        super().rollback()
        self.errors_occurred = had_errors

    def is_usable(self):
        """Asked after an error: a server that writes no more is a standby by now, and somebody else is the primary."""
        return super().is_usable() and not is_read_only(self.connection)


def is_read_only(connection):
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return cursor.fetchone() == ("on",)


def is_silent(connection):
    """Whether the server said nothing since the last answer was read."""
    if connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLPRI)
    return not poll.poll(0)
