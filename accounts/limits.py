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
