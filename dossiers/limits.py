"""The numbers of what a union may file; those of one plan are data, on the Plan."""

from datetime import timedelta

SUMMARY_LIMIT = 1000
EFFECT_LIMIT = 1000
AUTHORS_LIMIT = 1300
LINE_LIMIT = 300
REASON_LIMIT = 1000
LETTER_LIMIT_MB = 10
LETTER_LIMIT = LETTER_LIMIT_MB * 1024 * 1024
LETTER_MOST_PAGES = 200
LETTER_MOST_FILES = 20
LETTER_MOST_MB_AT_ONCE = 60
REMARK_LIMIT = 500
MAIL_FILES_LIMIT = 20 * 1024 * 1024
IMAGE_MOST_PIXELS = 80_000_000
MOST_QUOTA = 1000
TEMPLATE_LIMIT_MB = 2
TEMPLATE_LIMIT = TEMPLATE_LIMIT_MB * 1024 * 1024
PAPER_LINE_LIMIT = 250
ABBREVIATION_LIMIT = 20
PLACE_LIMIT = 60
SIGNER_LIMIT = 100
# A union that has not filed is written to so long before its deadline; a reminder later than that is dropped.
REMIND_BEFORE = [timedelta(days=7), timedelta(days=3), timedelta(days=1), timedelta(hours=3)]
REMIND_AT_MOST_LATE = timedelta(hours=12)
