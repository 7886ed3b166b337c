from datetime import timedelta

REASON_LIMIT = 1000
COMPLAINT_LIMIT = 3000
CONTACT_LIMIT = 300
# So long the letters about a publication wait, and may be read, before they go out.
DECIDED_WAITS = timedelta(hours=1)
