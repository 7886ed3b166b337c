"""Sign the texts of initiatives, and keep the pairs that are alike: the work of the queue, never of a request.

`sweep` follows the record, on which every change of an initiative stands (R20); `sign_missed` finds what was missed.
"""

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from itertools import takewhile
from struct import pack, unpack

from django.db import connection, transaction
from django.db.models import F, Max, Q

from config import clock
from initiatives.copies import COMMON, METHOD, Runs, Words, likeness
from initiatives.copies_models import Fingerprint, Resemblance, Said, Signature, Sweep
from initiatives.models import Initiative, Status
from record.models import Event
from record.writing import write

NEAREST = 10
COMPARED = 20
# SQLite takes 500 parts in a statement.
ASKED_TOGETHER = 200
# On SQLite who sends waits for as long as these take: less than a fifth of a second.
SIGNED_TOGETHER = 20
EVENTS_TOGETHER = 500
WALKED_TOGETHER = 2000
# A deed that began before this is over: its events are on the record, and none with a smaller key will follow.
DEEDS_LAST = timedelta(seconds=30)
# Letters wait as long in the same queue.
SWEEP_SECONDS = 20
MISSED_SECONDS = 60
EARLIEST = (
    "SELECT number, initiative_id FROM (SELECT number, initiative_id FROM initiatives_fingerprint "
    "WHERE number = %s ORDER BY initiative_id LIMIT %s) AS one"
)
OF_TEXT = ["campaign_id", "description", "effect", "status", "anonymised_at", "version", "arrived_at"]


def text_of(initiative):
    """Return what is compared. What was withdrawn or whose author was forgotten is compared with nothing."""
    if initiative.status == Status.WITHDRAWN or initiative.anonymised_at:
        return ""
    return f"{initiative.description}\n{initiative.effect}"


# --- Finding ------------------------------------------------------------------------------------


def holders(prints):
    """Return {print: keys of the initiatives that have it}, of each print the earliest COMMON + 1."""
    found, prints = defaultdict(list), sorted(prints)
    with connection.cursor() as cursor:
        for start in range(0, len(prints), ASKED_TOGETHER):
            asked = prints[start : start + ASKED_TOGETHER]
            values = [value for number in asked for value in (number, COMMON + 1)]
            cursor.execute(" UNION ALL ".join([EARLIEST] * len(asked)), values)
            for number, key in cursor.fetchall():
                found[number].append(key)
    return found


def nearest(initiative, words=None, *, most=NEAREST, also=()):
    """Return [(percent, other)] of the texts most like an initiative's, those `also` named among them, best first.

    The others are compared as they were signed last: who changes is signed, and looked for, anew.
    """
    words = words or Words(text_of(initiative))
    found = holders(words.prints)
    weights = Counter()
    for keys in found.values():
        for key in keys:
            weights[key] += len(keys) ** -0.5  # what few have says more
    del weights[initiative.pk]
    common = frozenset(number for number, keys in found.items() if len(keys) > COMMON)
    keys = {key for key, _ in weights.most_common(COMPARED)} | set(also)
    signed = Signature.objects.filter(pk__in=keys, method=METHOD).values_list("pk", "runs")
    alike = [(likeness(words, Runs(unpacked(runs)), common), key) for key, runs in signed]
    alike.sort(key=lambda pair: (-pair[0], pair[1]))
    kept = [pair for place, pair in enumerate(alike) if pair[0] and (place < most or pair[1] in also)]
    others = Initiative.objects.only(*OF_TEXT).in_bulk([key for _, key in kept])
    return [(percent, others[key]) for percent, key in kept]


# --- Signing ------------------------------------------------------------------------------------


def stale(initiatives):
    """Return those of a queryset whose text may have changed since it was signed, or that never was."""
    other = ~Q(signature__method=METHOD) | ~Q(signature__version=F("version"))
    return initiatives.filter(Q(signature=None) | other)


def locked_sweep():
    """Return the one Sweep, locked: who signs waits for who signs."""
    Sweep.objects.get_or_create(pk=1)
    return Sweep.objects.select_for_update(no_key=True).get(pk=1)


@transaction.atomic
def sign_some(keys, *, last_event=None):
    """Sign the initiatives with these keys that need it, one signer at a time; return how many did."""
    sweep = locked_sweep()
    rows = list(stale(Initiative.objects.filter(pk__in=keys)).only(*OF_TEXT).order_by("pk"))
    signatures = Signature.objects.in_bulk([row.pk for row in rows])
    signed = [sign(initiative, signatures.get(initiative.pk)) for initiative in rows]
    Signature.objects.bulk_create(
        [one.signature for one in signed],
        update_conflicts=True,
        unique_fields=["initiative"],
        update_fields=["version", "method", "digest", "runs"],
    )
    for initiative, one in zip(rows, signed, strict=True):
        if one.is_to_be_paired:
            keep_pairs(initiative, one.words, one.is_changed)
    if last_event:
        sweep.last_event = last_event
        sweep.save(update_fields=["last_event"])
    return len(rows)


@dataclass(frozen=True)
class Signed:
    """What became of one initiative: its Signature to be stored, and whether its pairs are to be looked for."""

    signature: Signature
    words: Words
    is_changed: bool
    is_to_be_paired: bool


def sign(initiative, signature):
    """Bring the prints of one initiative up to its text; `signature` is the one that is stored, or None."""
    words = Words(text_of(initiative))
    digest = digest_of(words)
    before = Runs(unpacked(signature.runs)).prints if signature else frozenset()
    is_changed = signature is None or bytes(signature.digest) != digest
    is_new = is_changed or signature.method != METHOD
    if is_new:
        if gone := before - words.prints:
            Fingerprint.objects.filter(number__in=gone, initiative_id=initiative.pk).delete()
        new = [Fingerprint(number=number, initiative_id=initiative.pk) for number in sorted(words.prints - before)]
        Fingerprint.objects.bulk_create(new, ignore_conflicts=True)
    new = Signature(pk=initiative.pk, version=initiative.version, method=METHOD, digest=digest, runs=packed(words.runs))
    return Signed(new, words, is_changed, is_new or signature.version == Signature.UNPAIRED)


def digest_of(words):
    return blake2b(words.shown.encode(), digest_size=16).digest()


def packed(runs):
    return pack(f">{len(runs)}i", *runs)


def unpacked(runs):
    return unpack(f">{len(runs) // 4}i", runs)


def keep_pairs(initiative, words, is_changed):
    """Store the pairs of an initiative as its text is now; of those that people spoke about, none goes."""
    pairs = Resemblance.objects.about(initiative).select_for_update(no_key=True).order_by("pk")
    pairs = {pair.earlier_id + pair.later_id - initiative.pk: pair for pair in pairs}
    found = {other.pk: (percent, other) for percent, other in nearest(initiative, words, also=pairs)}
    for key, pair in pairs.items():
        settle(pair, found.pop(key, (0, None))[0], is_changed)
    Resemblance.objects.bulk_create(pair_of(initiative, other, percent) for percent, other in found.values())


def settle(pair, percent, is_changed):
    """Write the present figure of a pair; what people said holds for the texts that they saw."""
    if not percent and pair.version == 1:
        pair.delete()
        return
    pair.percent = percent
    if is_changed and percent and pair.said:
        before = {"said": pair.said}
        pair.said, pair.reason, pair.said_by, pair.said_at = Said.NOTHING, "", None, None
        pair.version += 1
        write(pair, "resemblance_reopened", before=before, after={"said": "", "percent": percent})
    pair.save()


def pair_of(one, other, percent):
    earlier, later = sorted([one, other], key=lambda initiative: (initiative.arrived_at, initiative.pk))
    return Resemblance(earlier=earlier, later=later, percent=percent, found_at=clock.now())


# --- Keeping up ---------------------------------------------------------------------------------


def sweep():
    """Sign what the record says is new or changed. Run by the queue each minute; returns how many were signed."""
    ends_at, until, signed = time.monotonic() + SWEEP_SECONDS, clock.now() - DEEDS_LAST, 0
    while time.monotonic() < ends_at:
        last = Sweep.objects.filter(pk=1).values_list("last_event", flat=True).first() or 0
        new = Event.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "subject_kind", "subject_id", "at")
        events = list(takewhile(lambda event: event[3] < until, new[:EVENTS_TOGETHER]))
        if not events:
            break
        signed += follow(events, ends_at)
    return signed


def follow(events, ends_at):
    """Sign what a stretch of the record is about, a few at a time; what time does not allow is left for the next."""
    signed = 0
    for start in range(0, len(events), SIGNED_TOGETHER):
        some = events[start : start + SIGNED_TOGETHER]
        keys = {key for _, kind, key, _ in some if kind == "initiative"}
        signed += sign_some(keys, last_event=some[-1][0])
        if time.monotonic() > ends_at:
            break
    return signed


def sign_missed(*, told=lambda key, last, signed: None, seconds=float("inf")):
    """Walk over all initiatives by key and sign those that need it; stopped at any moment, the next walk goes on.

    `told` is called after each stretch with the key reached, the last key, and how many were signed.
    """
    last, key, signed = Initiative.objects.aggregate(last=Max("pk"))["last"] or 0, 0, 0
    ends_at = time.monotonic() + seconds
    while key < last and time.monotonic() < ends_at:
        reached = min(key + WALKED_TOGETHER, last)
        keys = list(
            stale(Initiative.objects.filter(pk__gt=key, pk__lte=reached)).order_by("pk").values_list("pk", flat=True)
        )
        for start in range(0, len(keys), SIGNED_TOGETHER):
            signed += sign_some(keys[start : start + SIGNED_TOGETHER])
            told(keys[start], last, signed)
        key = reached
        told(key, last, signed)
    return signed


def look_for_missed():
    """What the sweep overlooked, should it ever. Run by the queue each day."""
    return sign_missed(seconds=MISSED_SECONDS)
