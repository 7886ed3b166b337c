"""Counting attempts up to a limit, exactly, also when many processes count at the same moment.

A row is the tally of one limit, one value (a code, a phone, an address) and one stretch of time. The value stands in it
only as a keyed digest. Stretches follow real time, also in a demonstration: they hold off machines, not people's dates.
"""

import logging
import math
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_address, ip_network

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

# One statement locks, looks and counts, row after row; it returns nothing of those whose limit is reached.
COUNT = """
INSERT INTO initiatives_tally AS kept (digest, number, ends_at) VALUES {rows}
ON CONFLICT (digest) DO UPDATE SET number = kept.number + 1 WHERE kept.number < CASE kept.digest {limits} END
RETURNING digest, number
"""


class Tally(models.Model):
    digest = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "số lần thử"
        verbose_name_plural = "số lần thử"

    def __str__(self):
        return f"{self.number} lần thử tới {self.ends_at}"


def count(limit, value):
    """Count one more of `value` under a Limit; raises ValidationError `too_many` when there were as many as it allows.

    Call it inside the transaction of what is limited: others wait until that has ended, and a rollback takes it back.
    """
    count_each([(limit, value)])


def count_each(attempts):
    """Count several (Limit, value), all different, as `count` does one, in this order: nobody waits in a ring."""
    ends = [end_of_stretch(limit.within) for limit, _ in attempts]
    digests = [digest_of(limit, value, end) for (limit, value), end in zip(attempts, ends, strict=True)]
    rows = [part for digest, end in zip(digests, ends, strict=True) for part in (digest, in_database(end))]
    limits = [part for digest, (limit, _) in zip(digests, attempts, strict=True) for part in (digest, limit.most)]
    sql = COUNT.format(rows=", ".join(["(%s, 1, %s)"] * len(attempts)), limits="WHEN %s THEN %s " * len(attempts))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*rows, *limits])
        counted = dict(cursor.fetchall())
    for (limit, _), end, digest in zip(attempts, ends, digests, strict=True):
        if digest not in counted:
            minutes = math.ceil((end - timezone.now()).total_seconds() / 60)
            raise ValidationError(
                "Đã thử quá nhiều lần. Hãy thử lại sau %(minutes)d phút.", code="too_many", params={"minutes": minutes}
            )
        if limit.alarms and counted[digest] == limit.most:
            transaction.on_commit(partial(logger.warning, "Limit reached: %d %s until %s", limit.most, limit.name, end))


def digest_of(limit, value, ends_at):
    return salted_hmac(limit.name, f"{ends_at.timestamp()} {value}", algorithm="sha256").hexdigest()


def in_database(moment):
    return connection.ops.adapt_datetimefield_value(moment)


def end_of_stretch(length):
    """Return the end of the stretch of time that is running now; stretches of one length follow each other."""
    seconds = length.total_seconds()
    return datetime.fromtimestamp((timezone.now().timestamp() // seconds + 1) * seconds, UTC)


def network_of(address):
    """Return what stands for one sender: an IPv4 address, or the /64 of an IPv6 one, of which each home has plenty."""
    if ":" in address:
        return str(ip_network((ip_address(address).packed, 64), strict=False))
    return address


def forget_ended():
    """Delete the tallies of stretches that are over. Run by the queue each day; returns how many."""
    return Tally.objects.filter(ends_at__lt=timezone.now()).delete()[0]
