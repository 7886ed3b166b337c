"""Sending without end, from one address: what a script does and a factory does not.

Counted in the cache, which costs the last minute little: where it is away or forgets, everybody is let in. Stretches of
time follow the real clock, like those of `tallies.py`. Numbers and reasons: docs/abuse.md.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_address

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from redis.exceptions import RedisError

from config import clock
from config.text import fold
from initiatives.limits import SENT_FROM_ADDRESS, SENT_OF_PHONE_HERE, SENT_OF_TEXT_HERE
from initiatives.tallies import digest_of, end_of_stretch, network_of

logger = logging.getLogger(__name__)
TEXTS = ("title", "description", "effect")


def refuse_flood(campaign, answers, *, address):
    """Count one more sending of clean `answers`; raises ValidationError `too_many` beyond a limit."""
    if is_of_this_machine(address):
        return
    sender = network_of(address)
    text = fold(" ".join(answers[name] for name in TEXTS))
    refuse_more(SENT_OF_PHONE_HERE, f"{sender} {answers['phone']}")
    refuse_more(SENT_OF_TEXT_HERE, f"{sender} {text}")
    # Who is refused must have time to try again: in the last hour nobody is (R1).
    if clock.now() + SENT_FROM_ADDRESS.within < campaign.closes_at:
        refuse_more(SENT_FROM_ADDRESS, sender)


def is_of_this_machine(address):
    """Then it is a front server that is not trusted to say whose request it hands on: it stands for everybody."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return True


def refuse_more(limit, value):
    end = end_of_stretch(limit.within)
    number = counted(f"sent-{digest_of(limit, value, end)}", limit.within)
    if number == limit.most + 1:
        logger.warning("Limit reached: %d %s until %s", limit.most, limit.name, end)
    if number > limit.most:
        minutes = (end - timezone.now()) // timedelta(minutes=1) + 1
        raise ValidationError(
            "Vừa có quá nhiều sáng kiến gửi từ mạng này: cùng số điện thoại, cùng nội dung hoặc trong cùng một giờ. "
            "Những gì bạn gõ vẫn còn ở đây: hãy bấm gửi lại sau %(minutes)d phút.",
            code="too_many",
            params={"minutes": minutes},
        )


def counted(key, within):
    """Count one more under a key of the cache; 0 when the cache is away."""
    with suppress(RedisError):
        if cache.add(key, 1, timeout=2 * within.total_seconds()):
            return 1
        with suppress(ValueError):  # gone between both
            return cache.incr(key)
    return 0
