from datetime import timedelta
from decimal import Decimal

from initiatives.limits import Limit

REASON_LIMIT = 1000
COMPLAINT_LIMIT = 3000
CONTACT_LIMIT = 300
# So long the letters about a publication wait, and may be read, before they go out.
DECIDED_WAITS = timedelta(hours=1)
JOB_TITLE_LIMIT = 200
CONCLUSION_LIMIT = 5000

# Marking (R15).
LEAST_MARKS, MOST_MARKS = 2, 15
USUAL_GAP = Decimal(20)
MOST_POINTS = Decimal(100)
MOST_CRITERIA = 12
CRITERION_NAME_LIMIT = 200
GUIDANCE_LIMIT = 1000
COMMENT_LIMIT = 2000
HEARD_LIMIT = 200
HEARING_LIMIT = 3000
REPLY_LIMIT = 1000
COMPLAINT_MOST_FILES = 3
# How long a list lies open for objections; the board sets the days.
SHORTLIST_DAYS = 15
SHORTLIST_FEWEST_DAYS = 3
SHORTLIST_MOST_DAYS = 60
# From so many rows on, a list can be searched.
SEARCHED_FROM = 12
# The words of consent under the form for objections; a change of the words is a new version.
OBJECTION_CONSENT = "2021-05"
# Why these: docs/decisions/0012-objections.md
OBJECTIONS_OF_INITIATIVE_HERE = Limit("objections to one initiative from one address", 20, timedelta(days=1))
OBJECTIONS_OF_INITIATIVE = Limit("objections to one initiative", 400, timedelta(days=1))
OBJECTIONS_FROM_ADDRESS = Limit("objections from one address", 200, timedelta(hours=1))
OBJECTION_FILES_FROM_ADDRESS = Limit("files with objections from one address", 600, timedelta(hours=1))
LETTERS_TO_COMPLAINANT = Limit("letters to one complainant", 10, timedelta(days=1), alarms=False)
READ_AT_ONCE = 500
# As many as the list of filed dossiers has on a page.
JUDGED_TOGETHER = 50
ARCHIVE_KEPT = timedelta(days=1)
