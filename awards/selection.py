"""Choose at most 30 awards and, among them, 4 nominations (R14, R15)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.candidates import eligible, limit_of, lock_plan
from awards.findings import checked_reason
from awards.line import WANTED, line_of
from awards.models import Award, Kind
from config import clock
from config.text import says_something
from dossiers.quota import lock as lock_dossier
from initiatives.changing import locked as locked_initiative
from record.writing import write


@transaction.atomic
def choose(plan, entry, kind, *, by, reason="", line=None):
    """Give an entry a place of this kind and return the Award.

    Where the marks alone do not give it a place, above all in a tie across the line, people decide, with a written
    reason. `line` is the one that this person may know, or spares asking for it again. Raises ValidationError:
    `published`, `not_eligible`, `already_chosen`, `not_awarded`, `no_place_left`, `tie_reason_missing`,
    `rank_reason_missing`, `unseen_reason_missing`, `reason_too_long`.
    """
    plan = lock_plan(plan)
    award = give_place(plan, entry, kind, by=by, reason=fitting(plan, entry, kind, reason, line))
    after = {"kind": kind, "entry": entry.pk, "place": award.place}
    write(plan, "chosen", by=by, after=after, reason=award.reason)
    return award


def fitting(plan, entry, kind, reason, line=None):
    """Return the cleaned reason for choosing an entry; none where the marks are reason enough."""
    line, is_given = line or line_of(plan, kind), says_something(reason)
    reason = checked_reason(reason) if is_given else ""
    wanted = line.wants_reason(entry)
    if wanted and not is_given:
        raise ValidationError(WANTED[wanted], code=f"{wanted}_reason_missing")
    # What was written for one of the tie says nothing about those whose rank is reason enough.
    return reason if wanted or not line.is_drawn else ""


def give_place(plan, entry, kind, *, by, reason=""):
    """Store and return the Award on the first free place of a locked plan, or refuse as `choose` does."""
    standing = set(Award.objects.standing().filter(plan=plan).values_list("kind", "entry", "place"))
    entries = {of_kind: {key for its_kind, key, _ in standing if its_kind == of_kind} for of_kind in Kind}
    taken = {place for its_kind, _, place in standing if its_kind == kind}
    if entry.pk in entries[kind]:
        raise ValidationError("Sáng kiến này đã được chọn rồi.", code="already_chosen")
    limit = limit_of(plan, kind)
    if len(taken) >= limit:
        raise ValidationError(
            f"Đã đủ {limit}/{limit} suất “{Kind(kind).label}”. Hãy bỏ chọn một sáng kiến trước.", code="no_place_left"
        )
    # With both locked, neither a judgement nor a complaint nor the author's withdrawal can slip in between.
    lock_dossier(entry.dossier)
    locked_initiative(entry.initiative)
    if not eligible(plan).filter(pk=entry.pk).exists():
        raise ValidationError(
            "Sáng kiến này không đủ điều kiện chọn: hồ sơ chưa hợp lệ, tác giả đã rút, hoặc đang có đơn.",
            code="not_eligible",
        )
    if kind == Kind.NATIONAL and entry.pk not in entries[Kind.PROVINCE]:
        raise ValidationError("Chỉ đề nghị biểu dương sáng kiến đã được chọn khen thưởng.", code="not_awarded")
    place = min(set(range(1, limit + 1)) - taken)
    values = {"chosen_by": by, "chosen_at": clock.now(), "reason": reason}
    return Award.objects.create(plan=plan, kind=kind, entry=entry, place=place, **values)


@transaction.atomic
def choose_all(plan, entries, kind, *, by, reason="", line=None):
    """Give each of the entries a place, or none of them (R15). Raises what `choose` raises, naming the entry."""
    plan = lock_plan(plan)
    left = limit_of(plan, kind) - Award.objects.standing().filter(plan=plan, kind=kind).count()
    if len(entries) > left:
        raise ValidationError(
            f"Đã đánh dấu {len(entries)} sáng kiến nhưng chỉ còn {left} suất “{Kind(kind).label}”. Chưa chọn dòng nào.",
            code="no_place_left",
        )
    line = line or line_of(plan, kind)
    for entry in sorted(entries, key=lambda entry: (entry.dossier_id, entry.initiative_id)):  # one order of locking
        try:
            choose(plan, entry, kind, by=by, reason=reason, line=line)
        except ValidationError as refusal:
            raise ValidationError(
                f"{entry.title}: {refusal.messages[0]} Chưa chọn dòng nào.", code=refusal.code
            ) from refusal


@transaction.atomic
def take_back(plan, entry, kind, reason, *, by):
    """Free the place of an entry, with a reason; a nomination goes before the award it stands on (`nominated`)."""
    plan, reason = lock_plan(plan), checked_reason(reason)
    place = free_place(plan, entry, kind)
    if place is not None:
        write(plan, "taken_back", by=by, before={"kind": kind, "entry": entry.pk, "place": place}, reason=reason)


def free_place(plan, entry, kind):
    """Take an entry off its place in a locked plan and return the place; None where it stands on none."""
    standing = Award.objects.standing().filter(plan=plan, entry=entry)
    award = standing.filter(kind=kind).first()
    if award is None:
        return None
    if kind == Kind.PROVINCE and standing.filter(kind=Kind.NATIONAL).exists():
        raise ValidationError("Hãy bỏ đề nghị biểu dương trước khi bỏ khen thưởng.", code="nominated")
    place = award.place
    award.place, award.taken_back_at = None, clock.now()
    award.save(update_fields=["place", "taken_back_at"])
    return place


def places(plan):
    """Return [(kind, taken, limit)] of a plan, for "27/30" and "3/4"."""
    kinds = list(Award.objects.standing().filter(plan=plan).values_list("kind", flat=True))
    return [(kind, kinds.count(kind.value), limit_of(plan, kind)) for kind in Kind]
