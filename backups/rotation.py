"""Which backups of a folder are kept: the last one of each of the last days, weeks and months that have one."""

import re
from datetime import datetime

MADE = re.compile(r"sang-kien-(\d{8}-\d{6})\.age")
DAY, WEEK, MONTH = "%Y-%m-%d", "%G-%V", "%Y-%m"


def made_at(path):
    """Return when a backup was made, as its name tells; None where it is none of ours."""
    found = MADE.fullmatch(path.name)
    return datetime.strptime(found[1], "%Y%m%d-%H%M%S") if found else None


def surplus(moments, days, weeks, months):
    """Return those of the moments whose backups may go. The newest one never does."""
    newest_first = sorted(moments, reverse=True)
    kept = set(newest_first[:1])
    for period, most in ((DAY, days), (WEEK, weeks), (MONTH, months)):
        last_of = {}
        for moment in newest_first:
            last_of.setdefault(moment.strftime(period), moment)
        kept.update(list(last_of.values())[:most])
    return set(moments) - kept


def drop_surplus(folder, days, weeks, months):
    """Delete what need not be kept; return what was deleted. Other files of the folder stay."""
    backups = {made: path for path in folder.iterdir() if (made := made_at(path))}
    dropped = [backups[made] for made in sorted(surplus(backups, days, weeks, months))]
    for path in dropped:
        path.unlink()
    return dropped
