"""The numbers of what a worker may send. Change them here; a migration follows for those the database keeps."""

DESCRIPTION_LIMIT = 1000
EFFECT_LIMIT = 1000
TITLE_LIMIT = 200
NAME_LIMIT = 100
JOB_TITLE_LIMIT = 100
WORKPLACE_LIMIT = 200
CO_AUTHORS_LIMIT = 500
REASON_LIMIT = 500
OLDEST_BIRTH_YEAR = 1930
YOUNGEST_AGE = 15
MOST_BENEFIT = 10**15
CODE_LENGTH = 12
SEARCH_SHORTEST = 2
# A request for removal is answered within this time. The number is ours, after Vietnam's Decree 13/2023, article 16.
REMOVAL_HOURS = 72
