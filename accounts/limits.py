from datetime import timedelta

UNION_NAME_LIMIT = 200
PERSON_NAME_LIMIT = 100
INVITATION_LASTS = timedelta(days=7)
# Letters with a way to a new password: to one account in a day, and asked for from one address in an hour.
RESET_LETTERS_A_DAY = 3
RESETS_FROM_ADDRESS = 100
RESETS_FROM_ADDRESS_WITHIN = timedelta(hours=1)
# Between the password and the code of the second step.
CODE_WAITS = timedelta(minutes=10)
RECOVERY_CODES = 10
# As long as Django lets the name of an app and of a permission be.
LABEL_LIMIT = 200
# A sign-in lasts one working day, ends when nobody was there for so long (a lunch break is shorter), and a visit is
# noted this often at most.
SESSION_LASTS = timedelta(hours=10)
SESSION_IDLE = timedelta(hours=2)
SESSION_NOTED = timedelta(minutes=5)
# Wrong passwords of one name from anywhere, within the time that django-axes keeps them (AXES_COOLOFF_TIME); from a
# place where the name signed in not longer ago than this they hold nobody back.
WRONG_FROM_ANYWHERE = 30
WRONG_WITHIN = timedelta(minutes=15)
KNOWN_PLACE = timedelta(days=90)
# Longer ones are no passwords but an attempt to keep the site busy.
PASSWORD_LIMIT = 256
