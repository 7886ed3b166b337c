"""Numbers of backups."""

FORMAT = 1
# A piece of the database, and of what is read at once: memory stays a few of these, whatever the site's size.
PIECE_BYTES = 8 * 2**20
READ_BYTES = 2**20
# Letters written after a restore take numbers this far on, so that none has the Message-ID of one that was lost.
LETTERS_SKIPPED = 1_000_000
