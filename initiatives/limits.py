"""The numbers of what a worker may send. Change them here; a migration follows for those the database keeps."""

from datetime import timedelta
from typing import NamedTuple

DESCRIPTION_LIMIT = 1000
EFFECT_LIMIT = 1000
TITLE_LIMIT = 200
NAME_LIMIT = 100
JOB_TITLE_LIMIT = 100
WORKPLACE_LIMIT = 200
CO_AUTHORS_LIMIT = 500
# Written one way, "A: 1" takes three characters more a line.
CO_AUTHORS_STORED = 900
REASON_LIMIT = 500
OLDEST_BIRTH_YEAR = 1930
YOUNGEST_AGE = 15
MOST_BENEFIT = 10**15
# Letters in which people write an amount; reading more takes the square of the time.
AMOUNT_LIMIT = 100
CODE_LENGTH = 12
SEARCH_SHORTEST = 2


class Limit(NamedTuple):
    """At most so many within so much time. When one that alarms is used up, the log says so under its name."""

    name: str
    most: int
    within: timedelta
    alarms: bool = True


# Why these: docs/decisions/0006-limits-against-guessing.md
GUESSES_OF_CODE = Limit("guesses of one code", 6, timedelta(hours=1))
GUESSES_OF_PHONE_HERE = Limit("guesses at one phone from one address", 10, timedelta(minutes=15))
GUESSES_OF_PHONE = Limit("guesses at one phone", 100, timedelta(hours=1))
GUESSES_FROM_ADDRESS = Limit("guesses from one address", 3000, timedelta(hours=1))
LOST_CODES_FROM_ADDRESS = Limit("lost codes from one address", 1000, timedelta(hours=1))
LOST_CODES_OF_PHONE = Limit("lost codes of one phone", 1, timedelta(minutes=10), alarms=False)
LOST_CODES_OF_PHONE_A_DAY = Limit("lost codes of one phone a day", 3, timedelta(days=1), alarms=False)
LOST_CODES_TO_MAILBOX = Limit("lost codes to one mailbox", 20, timedelta(days=1))
# Why these: docs/abuse.md
SENT_OF_PHONE_HERE = Limit("initiatives of one phone from one address", 30, timedelta(hours=1))
SENT_OF_TEXT_HERE = Limit("initiatives of one text from one address", 30, timedelta(hours=1))
SENT_FROM_ADDRESS = Limit("initiatives from one address", 3000, timedelta(hours=1))
MOST_LINKS_IN_A_LETTER = 50
MOST_MAILBOXES_OF_ONE = 5
# Mapping typed units: names on a page, units compared with them, initiatives moved by one request and by one statement.
NAMES_A_PAGE = 20
MOST_UNITS = 1000
MOST_MOVED = 5000
MOVED_TOGETHER = 500
# Posters in one file for union staff: a hundred take a second and 30 MB.
POSTERS_A_FILE = 100
# A request for removal is answered within this time. The number is ours, after Vietnam's Decree 13/2023, article 16.
REMOVAL_HOURS = 72
# Who answers is reminded once a day from so long before on.
REMOVAL_REMIND_BEFORE = timedelta(hours=24)
# When a campaign keeps personal data no longer: keys looked at in one transaction, seconds that the queue goes on at it
# before letters come first, and how long before administrators are warned: a date is set no nearer than that.
RETENTION_PORTION = 1000
RETENTION_SECONDS = 20
RETENTION_WARNING = timedelta(days=30)

# Imports from paper; what the child that reads a file may use is in import_reading.py and xlsx_check.py.
IMPORT_LIMIT_MB = 10
IMPORT_KEPT = timedelta(days=7)
IMPORT_TRIES = 3
IMPORTS_OF_PERSON = Limit("imports of one person", 60, timedelta(hours=1))
MOST_PROBLEMS = 5000
# Screening together: initiatives in one go. Union lists that are picked from; longer ones are searched.
SCREENED_TOGETHER = 100
UNITS_TO_PICK = 100
UNITS_TO_NAME = 20
# So long the letter that tells an author the outcome waits: a slip of the hand is taken back before anybody reads it.
OUTCOME_WAITS = timedelta(minutes=10)
# Exports: rows written while one waits, rows read together. The queue writes some ten thousand rows of Excel a second
# and does nothing else meanwhile: letters must not wait longer than two minutes.
EXPORTED_AT_ONCE = 2000
EXPORT_CHUNK = 2000
MOST_IN_XLSX = 1_000_000
EXPORT_TRIES = 3
EXPORT_KEPT = timedelta(days=1)
# Unions below one's own that the desk names, those with the most of this week first.
UNIONS_ON_DESK = 10
# Changes that a page adds to the stored figures by itself: two milliseconds. More are left to the queue.
UNCOUNTED_READ = 500
