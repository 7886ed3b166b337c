"""Choose at most 30 awards and, among them, 4 nominations (R14, R15)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef

from awards.models import Award, Complaint, Kind, Publication
from config import clock
from dossiers.models import DossierEntry, Plan, State
from dossiers.quota import lock as lock_dossier
from initiatives.changing import locked as locked_initiative
from initiatives.models import Status
from record.writing import write


def limit_of(plan, kind):
    return plan.nomination_limit if kind == Kind.NATIONAL else plan.award_limit


def candidates(plan):
    """Return the entries of a plan's valid dossiers, each with `is_held` (a complaint is open or was upheld)."""
    held = Complaint.objects.holding().filter(initiative=OuterRef("initiative"))
    return (
        DossierEntry.objects.filter(plan=plan, dossier__state=State.VALID, removed_at=None)
        .exclude(initiative__status__in=[Status.WITHDRAWN, Status.REJECTED])
        .annotate(is_held=Exists(held))
    )


def eligible(plan):
    """Return the entries that may be chosen (R14): of valid dossiers, with nothing holding them."""
    return candidates(plan).filter(is_held=False)


def considered(plan):
    """Return the entries about which a publication decides: all of the valid dossiers."""
    entries = DossierEntry.objects.filter(plan=plan, dossier__state=State.VALID, removed_at=None)
    return entries.select_related("initiative").order_by("initiative_id")


def locked(plan):
    """Return the plan afresh with its row locked: whoever counts or takes its places holds it."""
    return Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)


def lock_plan(plan):
    """Return the plan locked; refuse one whose decisions are published."""
    plan = locked(plan)
    if Publication.objects.filter(plan=plan).exists():
        raise ValidationError("Kết quả đã công bố, không thay đổi được nữa.", code="published")
    return plan


@transaction.atomic
def choose(plan, entry, kind, *, by):
    """Give an entry a place of this kind and return the Award.

    Raises ValidationError: `published`, `not_eligible`, `already_chosen`, `not_awarded`, `no_place_left`.
    """
    plan = lock_plan(plan)
    award = give_place(plan, entry, kind, by=by)
    write(plan, "chosen", by=by, after={"kind": kind, "entry": entry.pk, "place": award.place})
    return award


def give_place(plan, entry, kind, *, by):
    """Store and return the Award on the first free place of a locked plan, or refuse as `choose` does."""
    # With both locked, neither a judgement nor a complaint nor the author's withdrawal can slip in between.
    lock_dossier(entry.dossier)
    locked_initiative(entry.initiative)
    if not eligible(plan).filter(pk=entry.pk).exists():
        raise ValidationError(
            "Sáng kiến này không đủ điều kiện chọn: hồ sơ chưa hợp lệ, tác giả đã rút, hoặc đang có đơn.",
            code="not_eligible",
        )
    standing = Award.objects.standing().filter(plan=plan)
    if standing.filter(entry=entry, kind=kind).exists():
        raise ValidationError("Sáng kiến này đã được chọn rồi.", code="already_chosen")
    if kind == Kind.NATIONAL and not standing.filter(entry=entry, kind=Kind.PROVINCE).exists():
        raise ValidationError("Chỉ đề nghị biểu dương sáng kiến đã được chọn khen thưởng.", code="not_awarded")
    taken = set(standing.filter(kind=kind).values_list("place", flat=True))
    limit = limit_of(plan, kind)
    if len(taken) >= limit:
        raise ValidationError(
            f"Đã đủ {limit}/{limit} suất “{Kind(kind).label}”. Hãy bỏ chọn một sáng kiến trước.", code="no_place_left"
        )
    place = min(set(range(1, limit + 1)) - taken)
    return Award.objects.create(plan=plan, kind=kind, entry=entry, place=place, chosen_by=by, chosen_at=clock.now())


@transaction.atomic
def choose_all(plan, entries, kind, *, by):
    """Give each of the entries a place, or none of them (R15). Raises what `choose` raises, naming the entry."""
    lock_plan(plan)
    left = limit_of(plan, kind) - Award.objects.standing().filter(plan=plan, kind=kind).count()
    if len(entries) > left:
        raise ValidationError(
            f"Đã đánh dấu {len(entries)} sáng kiến nhưng chỉ còn {left} suất “{Kind(kind).label}”. Chưa chọn dòng nào.",
            code="no_place_left",
        )
    for entry in sorted(entries, key=lambda entry: (entry.dossier_id, entry.initiative_id)):  # one order of locking
        try:
            choose(plan, entry, kind, by=by)
        except ValidationError as refusal:
            raise ValidationError(
                f"{entry.title}: {refusal.messages[0]} Chưa chọn dòng nào.", code=refusal.code
            ) from refusal


@transaction.atomic
def take_back(plan, entry, kind, *, by):
    """Free the place of an entry; a nomination is taken back before the award it stands on (`nominated`)."""
    plan = lock_plan(plan)
    place = free_place(plan, entry, kind)
    if place is not None:
        write(plan, "taken_back", by=by, before={"kind": kind, "entry": entry.pk, "place": place})


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
