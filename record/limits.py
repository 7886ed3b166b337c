"""How the record is read and sealed."""

from datetime import timedelta

READ_AT_ONCE = 2000
# Younger events wait for the next seal: a transaction that is still open may hold a number before them.
SEALED_AFTER = timedelta(hours=1)
