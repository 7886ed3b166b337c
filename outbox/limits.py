from datetime import timedelta

MOST_IN_ONE_RUN = 200
# The queue sends for so long at a time, however slow the mail server is: other tasks wait meanwhile.
LONGEST_RUN_SECONDS = 40
MOST_TRIES = 30
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
# Letters that are due for so long are told as a fault.
LATE = timedelta(minutes=30)
MOST_COUNTED = 10_000
