from datetime import timedelta

REASON_LIMIT = 1000
COMPLAINT_LIMIT = 3000
CONTACT_LIMIT = 300
READ_AT_ONCE = 500
ARCHIVE_KEPT = timedelta(days=1)
