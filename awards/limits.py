from datetime import timedelta
from decimal import Decimal

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
