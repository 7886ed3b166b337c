"""Put initiatives forward within the quota (R10, R14)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from config import clock
from config.text import dotted
from dossiers.limits import EFFECT_LIMIT
from dossiers.models import Dossier, DossierEntry
from initiatives.changing import locked as locked_initiative
from initiatives.changing import refuse_forgotten
from initiatives.models import Status, practice_error
from record.writing import write

FALLEN = {
    Status.WITHDRAWN: "Tác giả đã rút sáng kiến.",
    Status.REJECTED: "Sáng kiến không đạt khi rà soát.",
}
STALE = "Một người khác vừa thay đổi hồ sơ này. Hãy xem lại rồi bấm lưu lần nữa."


def refuse_unless_branch(plan, union):
    """Refuse a union that is not right below the plan's: only those put initiatives forward."""
    if union.parent_id != plan.union_id:
        raise ValidationError(
            f"{union} gửi đề xuất qua công đoàn cấp trên, không lập hồ sơ riêng.", code="not_a_branch"
        )


@transaction.atomic
def open_dossier(plan, union, *, by):
    """Return the union's dossier for a plan, opening it the first time."""
    refuse_unless_branch(plan, union)
    dossier, is_new = Dossier.objects.get_or_create(plan=plan, union=union, defaults={"opened_at": clock.now()})
    if is_new:
        write(dossier, "opened", by=by, after={"plan": plan.pk, "union": union.code}, is_first=True)
    return dossier


def lock(dossier):
    """Return the dossier afresh, its row locked: whoever counts or changes its entries holds it."""
    locked = Dossier.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("plan__campaign", "plan__union", "union__parent").get(pk=dossier.pk)


def refuse_unless_open(dossier):
    if not dossier.is_open:
        raise ValidationError(
            f"Hồ sơ ở trạng thái “{dossier.get_state_display()}”, không sửa được nữa.", code="dossier_closed"
        )


def refuse_unless_eligible(initiative, dossier):
    """Refuse what may not enter this dossier (R14): not of this union, not accepted, outside the period."""
    refuse_forgotten(initiative)
    plan = dossier.plan
    if initiative.campaign_id != plan.campaign_id or initiative.branch_id != dossier.union_id:
        raise ValidationError("Sáng kiến này không thuộc công đoàn của hồ sơ.", code="not_of_this_union")
    if initiative.status != Status.ACCEPTED:
        raise ValidationError(
            f"Sáng kiến {initiative.shown_code} chưa được chấp nhận khi rà soát.", code="not_accepted"
        )
    if refusal := practice_error(plan.campaign, initiative.started_on):
        raise refusal


def release_fallen(dossier, *, by=None):
    """Free the places of entries whose initiative was withdrawn or rejected since (R10). Needs the lock."""
    fallen = dossier.entries.standing().filter(initiative__status__in=FALLEN).select_related("initiative")
    for entry in fallen.order_by("-rank"):  # the last first: taking one out moves up those behind it
        take_out_of(dossier, entry, FALLEN[entry.initiative.status], by=by)


def take_out_of(dossier, entry, reason, *, by):
    """Free an entry's place and close the ranks behind it."""
    freed = entry.rank
    entry.rank, entry.removed_at, entry.removal_reason = None, clock.now(), reason
    entry.save(update_fields=["rank", "removed_at", "removal_reason"])
    for later in dossier.entries.standing().filter(rank__gt=freed):
        later.rank -= 1
        later.save(update_fields=["rank"])
    write(dossier, "entry_removed", by=by, before={"entry": entry.pk, "rank": freed}, reason=reason)


@transaction.atomic
def put_forward(dossier, initiative, *, by):
    """Add an initiative to a dossier that is still being prepared.

    Raises ValidationError: `dossier_closed`, `not_of_this_union`, `not_accepted`, `outside_practice_period`,
    `already_entered`, `quota_reached`.
    """
    dossier = lock(dossier)
    refuse_unless_open(dossier)
    initiative = locked_initiative(initiative)
    refuse_unless_eligible(initiative, dossier)
    release_fallen(dossier, by=by)
    if dossier.entries.standing().filter(initiative=initiative).exists():
        raise ValidationError("Sáng kiến này đã có trong hồ sơ.", code="already_entered")
    quota = dossier.plan.quota_of(dossier.union)
    taken = dossier.entries.standing().count()
    if taken >= quota:
        raise ValidationError(
            f"{dossier.union} đã dùng hết {quota} chỉ tiêu. Hãy bỏ bớt một sáng kiến trước khi thêm.",
            code="quota_reached",
        )
    try:
        with transaction.atomic():
            entry = DossierEntry.objects.create(
                dossier=dossier,
                plan=dossier.plan,
                initiative=initiative,
                rank=taken + 1,
                added_by=by,
                added_at=clock.now(),
                **summary_of(initiative),
            )
    except IntegrityError as error:
        raise ValidationError("Sáng kiến này đã có trong một hồ sơ khác.", code="already_entered") from error
    touch(dossier)
    write(dossier, "entry_added", by=by, after={"entry": entry.pk, "initiative": initiative.code, "rank": entry.rank})
    return entry


@transaction.atomic
def take_out(entry, *, by, reason="Công đoàn bỏ khỏi hồ sơ."):
    """Take an entry out of a dossier that is still being prepared; its place is free again."""
    dossier = lock(entry.dossier)
    refuse_unless_open(dossier)
    entry = dossier.entries.standing().filter(pk=entry.pk).first()
    if entry:
        take_out_of(dossier, entry, reason, by=by)
        touch(dossier)


@transaction.atomic
def move(entry, step, *, by):
    """Exchange an entry with its neighbour above (`step=-1`) or below (`step=1`)."""
    dossier = lock(entry.dossier)
    refuse_unless_open(dossier)
    entry = dossier.entries.standing().filter(pk=entry.pk).first()
    other = entry and dossier.entries.standing().filter(rank=entry.rank + step).first()
    if not other:
        return
    old, new = entry.rank, other.rank
    give_ranks(dossier, {entry: new, other: old})
    touch(dossier)
    write(dossier, "entry_moved", by=by, before={"entry": entry.pk, "rank": old}, after={"rank": new})


def give_ranks(dossier, ranks):
    """Give entries the ranks of each other, as {entry: rank}. Needs the lock."""
    if max(ranks.values(), default=0) > (quota := dossier.plan.quota_of(dossier.union)):
        raise ValidationError(
            f"Hồ sơ đang vượt chỉ tiêu {quota}. Hãy bỏ bớt sáng kiến trước khi sắp xếp lại.", code="quota_exceeded"
        )
    # No rank may stand twice, even for a moment: all step out, and in again.
    changed = dossier.entries.filter(pk__in=[entry.pk for entry in ranks])
    changed.update(rank=None, removed_at=clock.now())
    for entry, rank in ranks.items():
        changed.filter(pk=entry.pk).update(rank=rank, removed_at=None)


@transaction.atomic
def reorder(dossier, keys, *, by, version):
    """Put all entries into this order of their keys; `stale` when they are not those that the page showed."""
    dossier = lock(dossier)
    refuse_unless_open(dossier)
    entries = {entry.pk: entry for entry in dossier.entries.standing()}
    if dossier.version != version or sorted(keys) != sorted(entries):
        raise ValidationError(STALE, code="stale")
    ranks = {entries[key]: rank for rank, key in enumerate(keys, start=1) if entries[key].rank != rank}
    if ranks:
        give_ranks(dossier, ranks)
        touch(dossier)
        write(dossier, "entries_reordered", by=by, before={"entries": list(entries)}, after={"entries": keys})
    return dossier


def touch(dossier):
    """Count one change of the dossier, so that a stale page is noticed."""
    dossier.version += 1
    dossier.save(update_fields=["version"])


def summary_of(initiative):
    """Return the summary table's texts as copied from an initiative; the union may edit them."""
    description = initiative.description
    if not description and initiative.is_secret:
        description = "Bí mật công nghệ"
    authors = [initiative.collective, *map(str, initiative.authors)]
    return {
        "authors": "\n".join(filter(None, authors)),
        "birth_years": str(initiative.birth_year or ""),
        "position": f"{initiative.job_title}, {initiative.workplace}",
        "block": initiative.block,
        "title": initiative.title,
        "field": initiative.field,
        "summary": description,
        "practised": f"Từ {initiative.started_on:%d/%m/%Y}",
        "effect": effect_of(initiative),
    }


def effect_of(initiative):
    """Return the effect with the benefit in đồng behind it where both fit."""
    if initiative.benefit is None:
        return initiative.effect
    text = f"{initiative.effect}\nGiá trị làm lợi: {dotted(initiative.benefit)} đồng."
    return text if len(text) <= EFFECT_LIMIT else initiative.effect
