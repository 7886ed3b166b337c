from datetime import timedelta

MOST_IN_ONE_RUN = 200
MOST_TRIES = 30
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
