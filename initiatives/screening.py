"""A union checks that an initiative meets the rules: accepts it, or rejects it with a reason its author sees.

One verdict on one initiative, or on many at once. What was decided by mistake is put back by a correction on record.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from config.text import clean, dotted, says_something
from initiatives.changing import locked, refuse_once_decided
from initiatives.letters_to_authors import take_back_outcomes, tell_outcome
from initiatives.limits import REASON_LIMIT, SCREENED_TOGETHER
from initiatives.models import Initiative, Status
from record.writing import write_many


@dataclass(frozen=True)
class Verdict:
    """What is found about an initiative, and what that makes of it."""

    status: str
    deed: str
    needs_reason: bool


ACCEPT = Verdict(Status.ACCEPTED, "accepted", needs_reason=False)
REJECT = Verdict(Status.REJECTED, "rejected", needs_reason=True)
UNDO = Verdict(Status.SENT, "screening_undone", needs_reason=True)


def accept(initiative, *, by, version):
    """Let an initiative enter a dossier (R14)."""
    return screen(initiative, ACCEPT, "", by=by, version=version)


def reject(initiative, reason, *, by, version):
    """Refuse an initiative; `reason_missing` and `reason_too_long` tell what the reason lacks."""
    return screen(initiative, REJECT, reason, by=by, version=version)


def undo_screening(initiative, reason, *, by, version):
    """Let an initiative wait to be screened again. Also raises `in_a_dossier`."""
    return screen(initiative, UNDO, reason, by=by, version=version)


@transaction.atomic
def screen(initiative, verdict, reason, *, by, version):
    reason = fitting(verdict, reason)
    initiative = locked(initiative)
    in_dossiers = keys_in_dossiers([initiative]) if verdict is UNDO else set()
    refuse_screening(initiative, verdict, version, in_dossiers)
    store([initiative], verdict, reason, by=by)
    return initiative


@dataclass
class Sorted:
    """Initiatives on which a verdict can be passed, and (initiative, why not) of the others."""

    fit: list = field(default_factory=list)
    unfit: list = field(default_factory=list)


@transaction.atomic
def screen_many(seen, verdict, reason, *, by):
    """Pass a verdict on each initiative that still is as it was seen; return which were, and why others were not.

    `seen` holds {key: version shown}; what this person may not screen is left out. Raises `reason_missing`,
    `reason_too_long`, `too_many`.
    """
    reason = fitting(verdict, reason)
    found = sort_out(seen, verdict, by=by, lock=True)
    store(found.fit, verdict, reason, by=by)
    return found


def sort_out(seen, verdict, *, by, lock=False):
    """Return the initiatives of `seen` Sorted by whether this verdict can be passed on them, in the order of keys."""
    if len(seen) > SCREENED_TOGETHER:
        raise ValidationError(f"Hãy chọn tối đa {SCREENED_TOGETHER} sáng kiến một lần.", code="too_many")
    rows = Initiative.objects.screenable_by(by).filter(pk__in=seen).order_by("pk").select_related("campaign")
    rows = list(rows.select_for_update(of=("self",), no_key=True) if lock else rows)
    in_dossiers = set() if verdict is ACCEPT else keys_in_dossiers(rows)
    found = Sorted()
    for initiative in rows:
        try:
            refuse_screening(initiative, verdict, seen[initiative.pk], in_dossiers)
        except ValidationError as refusal:
            found.unfit.append((initiative, " ".join(refusal.messages)))
        else:
            found.fit.append(initiative)
    return found


def fitting(verdict, reason):
    """Return the reason as it is stored; refuse one that is missing or too long."""
    reason = clean(reason)
    if not verdict.needs_reason:
        return ""
    if not says_something(reason):
        raise ValidationError("Hãy ghi lý do: tác giả sẽ đọc được.", code="reason_missing")
    if len(reason) > REASON_LIMIT:
        raise ValidationError(
            f"Lý do dài {dotted(len(reason))}/{REASON_LIMIT} ký tự. Hãy viết ngắn hơn.", code="reason_too_long"
        )
    return reason


def keys_in_dossiers(initiatives):
    keys = [initiative.pk for initiative in initiatives]
    return set(Initiative.objects.filter(pk__in=keys).in_a_dossier().order_by().values_list("pk", flat=True))


def refuse_screening(initiative, verdict, version, in_dossiers):
    """Refuse a verdict on an initiative that is not as it was seen, or beyond screening."""
    if initiative.status == Status.WITHDRAWN:
        raise ValidationError("Tác giả đã rút sáng kiến này.", code="withdrawn")
    refuse_once_decided(initiative)
    if initiative.version != version:
        raise ValidationError(
            "Sáng kiến vừa được tác giả hoặc người khác thay đổi. Hãy đọc lại rồi quyết định.", code="stale"
        )
    if initiative.status == verdict.status:
        raise ValidationError(f"Sáng kiến này đã là “{initiative.get_status_display()}” từ trước.", code="already_so")
    if initiative.pk in in_dossiers:
        raise ValidationError("Sáng kiến đang ở trong một hồ sơ. Hãy bỏ khỏi hồ sơ trước.", code="in_a_dossier")


def store(initiatives, verdict, reason, *, by):
    """Write a verdict on locked initiatives: the rows, their records, and the letters to their authors."""
    shown = reason if verdict is REJECT else ""
    entries = []
    for initiative in initiatives:
        before = {"status": initiative.status, "status_reason": initiative.status_reason}
        initiative.status, initiative.status_reason = verdict.status, shown
        initiative.version += 1
        entries.append((initiative, before, {"status": verdict.status}, reason))
    Initiative.objects.filter(pk__in=[initiative.pk for initiative in initiatives]).update(
        status=verdict.status, status_reason=shown, version=F("version") + 1
    )
    write_many(verdict.deed, entries, by=by)
    take_back_outcomes(initiatives)
    if verdict is not UNDO:
        tell_outcome(initiatives)
