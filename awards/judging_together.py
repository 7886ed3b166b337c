"""Judge several filed dossiers at once: each only as it was seen, the others named with what hinders them (R13)."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.findings import STALE, Found, checked_reason, find, judge_valid, stands_of
from awards.limits import JUDGED_TOGETHER
from awards.models import Complaint, FiledDossier
from dossiers.models import Dossier, Filing, State
from initiatives.models import Initiative


@dataclass(frozen=True)
class Look:
    """A dossier as it stands: its last filing, the four conditions, and what hinders it ("" when nothing does)."""

    dossier: Dossier
    filing: Filing
    stand: list[Found]
    hindrance: str


def look_at(keys, *, by, seen=None):
    """Return the Looks at these dossiers that `by` judges, in the order of their unions' names.

    `seen` holds {key: number of the filing that was shown}; without it, whatever is filed last is what is shown.
    """
    if len(keys) > JUDGED_TOGETHER:
        raise ValidationError(f"Hãy chọn tối đa {JUDGED_TOGETHER} hồ sơ một lần.", code="too_many")
    dossiers = FiledDossier.objects.judged_by(by).filter(pk__in=keys).order_by("union__name", "pk")
    dossiers = dossiers.select_related("union", "plan__union", "plan__publication")
    filings = {filing.dossier_id: filing for filing in Filing.objects.filter(dossier__in=keys).order_by("number")}
    stands = stands_of(filings.values())
    held = keys_held(keys)

    def look(dossier):
        filing = filings[dossier.pk]
        stand = stands[filing.pk]
        is_stale = seen is not None and seen[dossier.pk] != filing.number
        return Look(dossier, filing, stand, hindrance_of(dossier, stand, is_stale, dossier.pk in held))

    return [look(dossier) for dossier in dossiers]


def keys_held(keys):
    """Return the keys of those dossiers of which an initiative is held by a complaint."""
    held = Complaint.objects.holding().filter(
        initiative__entries__dossier__in=keys, initiative__entries__removed_at=None
    )
    return set(held.values_list("initiative__entries__dossier", flat=True))


def hindrance_of(dossier, stand, is_stale, is_held):
    """Return in a sentence why a dossier cannot be judged with others."""
    if hasattr(dossier.plan, "publication"):
        return "Kết quả đã công bố, hồ sơ không thay đổi được nữa."
    if dossier.is_open:
        return f"Hồ sơ đang ở đơn vị, trạng thái “{dossier.get_state_display()}”."
    if dossier.state != State.FILED:
        return f"Hồ sơ đã được kết luận: {dossier.get_state_display().lower()}."
    if is_stale:
        return STALE
    failing = [found.condition.label.lower() for found in stand if found.holds is False]
    if failing:
        return f"Không đạt: {', '.join(failing)}. Hãy mở hồ sơ để kết luận riêng."
    if is_held:
        return "Có sáng kiến đang bị giữ lại vì có đơn. Hãy mở hồ sơ để kết luận riêng."
    return ""


@transaction.atomic
def judge_together(seen, reason, *, by):
    """Find valid, with one reason, those of the dossiers that nothing hinders; return the Looks at all of them.

    `seen` holds {key: number of the filing that was shown}. What somebody has found already stays as it was found.
    Raises `reason_missing`, `reason_too_long`, `too_many`.
    """
    reason = checked_reason(reason)
    lock_dossiers(seen)
    looks = look_at(seen, by=by, seen=seen)
    for look in looks:
        if not look.hindrance:
            judge_as_seen(look, reason, by=by)
    return looks


def lock_dossiers(keys):
    """Lock dossiers, then the initiatives in them: no taking back, filing or complaint slips in between."""
    list(Dossier.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    entries = Initiative.objects.filter(entries__dossier__in=keys, entries__removed_at=None)
    list(Initiative.objects.select_for_update(no_key=True).filter(pk__in=entries.values("pk")).order_by("pk"))


def judge_as_seen(look, reason, *, by):
    for found in look.stand:
        if found.holds is None:
            find(look.dossier, found.condition, True, reason, by=by, seen=look.filing.number)
    judge_valid(look.dossier, reason, by=by, seen=look.filing.number)
