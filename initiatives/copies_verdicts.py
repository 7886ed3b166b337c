"""People say of two initiatives that are alike that neither is a copy, or want it looked at again; all on record (R20).

The machine says only how much text is the same. Staff of either union may speak, and the board of either top union,
whose word a union does not take back: a board goes on seeing what only a union has said.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from config import clock
from config.text import clean, dotted, says_something
from initiatives.copies_models import Resemblance, Said
from initiatives.limits import REASON_LIMIT
from initiatives.models import Initiative
from record.writing import write


def voices_of(user, pairs):
    """Return {key of a pair: as whom this person speaks about it}; pairs that are none of its business are left out."""
    boards = {union.pk for union in user.unions_as("BOARD")}
    keys = {key for pair in pairs for key in (pair.earlier_id, pair.later_id)}
    own = set(Initiative.objects.screenable_by(user).filter(pk__in=keys).order_by().values_list("pk", flat=True))
    voices = {}
    for pair in pairs:
        if boards & {pair.earlier.top_id, pair.later.top_id}:
            voices[pair.pk] = Said.BY_BOARD
        elif own & {pair.earlier_id, pair.later_id}:
            voices[pair.pk] = Said.BY_UNION
    return voices


@transaction.atomic
def say_no_copy(pair, reason, *, by, version):
    """Say that neither initiative is a copy of the other, and why.

    Raises ValidationError: `reason_missing`, `reason_too_long`, `stale`, `not_yours`, `said_by_board`, `already_said`.
    """
    reason = fitting(reason)
    pair, voice = heard(pair, by, version)
    if pair.said == voice:
        raise ValidationError("Đã có kết luận này từ trước.", code="already_said")
    return settle(pair, voice, reason, by=by)


@transaction.atomic
def look_again(pair, reason, *, by, version):
    """Take back what was said of two initiatives. Raises as `say_no_copy` does, or `nothing_said`."""
    reason = fitting(reason)
    pair, _ = heard(pair, by, version)
    if pair.said == Said.NOTHING:
        raise ValidationError("Chưa có kết luận nào để lấy lại.", code="nothing_said")
    return settle(pair, Said.NOTHING, reason, by=by)


def fitting(reason):
    reason = clean(reason)
    if not says_something(reason):
        raise ValidationError("Hãy ghi lý do.", code="reason_missing")
    if len(reason) > REASON_LIMIT:
        raise ValidationError(
            f"Lý do dài {dotted(len(reason))}/{REASON_LIMIT} ký tự. Hãy viết ngắn hơn.", code="reason_too_long"
        )
    return reason


def heard(pair, by, version):
    """Return the pair afresh, locked, and as whom this person speaks; refuse who may not, or saw another state."""
    pair = locked(pair)
    voice = voices_of(by, [pair]).get(pair.pk)
    if voice is None:
        raise ValidationError("Việc này do công đoàn hoặc hội đồng của một trong hai sáng kiến làm.", code="not_yours")
    if pair.version != version:
        raise ValidationError("Người khác vừa kết luận về hai sáng kiến này. Hãy xem lại.", code="stale")
    if pair.said == Said.BY_BOARD and voice != Said.BY_BOARD:
        raise ValidationError("Hội đồng đã kết luận về hai sáng kiến này.", code="said_by_board")
    return pair, voice


def locked(pair):
    rows = Resemblance.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("earlier", "later").get(pk=pair.pk)


def settle(pair, said, reason, *, by):
    before = {"said": pair.said}
    pair.said, pair.version = said, pair.version + 1
    pair.reason, pair.said_by, pair.said_at = (reason, by, clock.now()) if said else ("", None, None)
    pair.save(update_fields=["said", "reason", "said_by", "said_at", "version"])
    after = {"said": said, "percent": pair.percent, "earlier": pair.earlier_id, "later": pair.later_id}
    write(pair, "no_copy" if said else "no_copy_taken_back", by=by, before=before, after=after, reason=reason)
    return pair
