"""A member marks an entry: kept as a draft, handed in whole, then changed by recorded corrections only (R15, R20)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.candidates import in_the_running, lock_plan
from awards.criteria import criteria_of, rules_of
from awards.findings import checked_reason
from awards.models import Correction, CouncilMember, Recusal, Score, ScoreSheet
from awards.points import shown
from awards.scoring import has_conflict, seat_of, with_branches
from config import clock
from dossiers.quota import lock as lock_dossier
from record.writing import write


@transaction.atomic
def keep(entry, member, marks, comment, *, by, version, is_from_paper=False, hand_in=False):
    """Keep what a member gives an entry, as a draft or handed in, and return the ScoreSheet.

    `marks` is {criterion's key: (band's key or None, points or None)}; `version` that of the sheet as it was shown, 0
    for none. Raises ValidationError: `published`, `not_eligible`, `left`, `recused`, `conflict`, `own_first`,
    `marking_closed`, `no_criteria`, `stale`, `handed_in`, `outside_band`, `incomplete`.
    """
    plan, member = locked(entry, member)
    refuse_unless_may_mark(plan, entry, member)
    refuse_while_own_is_missing(entry, member, by)
    sheet = ScoreSheet.objects.filter(entry=entry, member=member).first()
    refuse_stale(sheet, version)
    if sheet and sheet.submitted_at:
        raise ValidationError("Phiếu này đã nộp. Muốn sửa, hãy ghi lý do.", code="handed_in")
    sheet = sheet or begin(plan, entry, member, by, is_from_paper)
    before = told(sheet)
    sheet.comment, sheet.version = comment, sheet.version + 1
    store_scores(sheet, plan, marks)
    if hand_in:
        refuse_incomplete(sheet, plan)
        sheet.submitted_at, sheet.total, sheet.entered_by = clock.now(), sum_of(sheet), by
    sheet.save()
    deed = "sheet_handed_in" if hand_in else "sheet_kept"
    write(sheet, deed, by=by, before=before, after=told(sheet) | whose(sheet))
    return sheet


@transaction.atomic
def correct(sheet, marks, comment, reason, *, by, version):
    """Change a handed-in sheet, with a reason that stays on the record; refused (`published`) after publication."""
    reason = checked_reason(reason)
    plan, _ = locked(sheet.entry, sheet.member)
    sheet = ScoreSheet.objects.select_related("entry", "member").get(pk=sheet.pk)
    refuse_stale(sheet, version)
    refuse_while_own_is_missing(sheet.entry, sheet.member, by)
    if not sheet.submitted_at:
        raise ValidationError("Phiếu này chưa nộp, sửa trực tiếp được.", code="not_handed_in")
    before = told(sheet)
    Correction.objects.create(sheet=sheet, version=sheet.version, reason=reason, by=by, at=clock.now())
    store_scores(sheet, plan, marks)
    refuse_incomplete(sheet, plan)
    sheet.comment, sheet.total, sheet.version = comment, sum_of(sheet), sheet.version + 1
    sheet.save()
    write(sheet, "score_corrected", by=by, before=before, after=told(sheet) | whose(sheet), reason=reason)
    return sheet


@transaction.atomic
def recuse(member, entry, reason, *, by):
    """Note that a member steps aside from an entry; what was marked no longer counts."""
    reason = checked_reason(reason)
    locked(entry, member)
    recusal, is_new = Recusal.objects.get_or_create(
        member=member, entry=entry, defaults={"reason": reason, "by": by, "at": clock.now()}
    )
    if is_new:
        write(member, "recused", by=by, after={"entry": entry.pk}, reason=reason)
    return recusal


@transaction.atomic
def close(plan, *, by, aware=True):
    """End the marking: what has enough marks is shown to the whole board and takes no further one.

    An entry with fewer than two marks, or two too far apart, can still be marked. Raises `published`,
    `already_closed`, `not_begun`.
    """
    plan = lock_plan(plan)
    rules = rules_of(plan)
    if not rules.begun_at:
        raise ValidationError("Chưa có phiếu chấm nào.", code="not_begun")
    if rules.closed_at:
        raise ValidationError("Việc chấm điểm đã kết thúc.", code="already_closed")
    if not aware:
        raise ValidationError("Chưa kết thúc. Hãy đánh dấu “Tôi đã biết”.", code="not_aware")
    rules.closed_at = clock.now()
    rules.save(update_fields=["closed_at"])
    write(plan, "marking_closed", by=by)
    return rules


def locked(entry, member):
    """Return the plan and the member afresh. Marking, rules and publication wait for each other at the plan's lock."""
    plan = lock_plan(entry.plan)
    lock_dossier(entry.dossier)
    return plan, with_branches(CouncilMember.objects.filter(plan=plan)).get(pk=member.pk)


def refuse_unless_may_mark(plan, entry, member):
    if not in_the_running(plan).filter(pk=entry.pk).exists():
        raise ValidationError(
            "Chỉ chấm sáng kiến còn được xét: hồ sơ hợp lệ, tác giả không rút, không có đơn có căn cứ.",
            code="not_eligible",
        )
    if member.left_at:
        raise ValidationError(f"{member} đã thôi tham gia hội đồng.", code="left")
    if Recusal.objects.filter(member=member, entry=entry).exists():
        raise ValidationError(f"{member} không chấm sáng kiến này.", code="recused")
    if has_conflict(member, entry):
        raise ValidationError(
            "Sáng kiến do công đoàn của người chấm đề nghị, nên người này không chấm.", code="conflict"
        )
    if rules_of(plan).closed_at and ScoreSheet.objects.enough_for(entry).exists():
        raise ValidationError("Việc chấm điểm sáng kiến này đã kết thúc.", code="marking_closed")


def refuse_while_own_is_missing(entry, member, by):
    """Who still has to mark an entry must not read another's paper about it first."""
    seat = seat_of(by, entry.plan)
    if seat is None or seat == member or has_conflict(seat, entry):
        return
    if Recusal.objects.filter(member=seat, entry=entry).exists():
        return
    if not ScoreSheet.objects.handed_in().filter(member=seat, entry=entry).exists():
        raise ValidationError("Hãy nộp phiếu của mình trước, rồi nhập phiếu giấy của người khác.", code="own_first")


def refuse_stale(sheet, version):
    if (sheet.version if sheet else 0) != version:
        raise ValidationError(
            "Phiếu này vừa được lưu ở nơi khác. Hãy xem lại nội dung bên dưới rồi lưu lần nữa.", code="stale"
        )


def begin(plan, entry, member, by, is_from_paper):
    rules = rules_of(plan)
    if not criteria_of(plan).exists():
        raise ValidationError("Hội đồng chưa đặt tiêu chí chấm điểm.", code="no_criteria")
    if not rules.begun_at:
        rules.begun_at = clock.now()
        rules.save(update_fields=["begun_at"])
        write(plan, "marking_begun", by=by)
    values = {"started_at": clock.now(), "entered_by": by, "is_from_paper": is_from_paper, "version": 0}
    return ScoreSheet.objects.create(entry=entry, member=member, **values)


def store_scores(sheet, plan, marks):
    stored = {score.criterion_id: score for score in sheet.scores.all()}
    for criterion in criteria_of(plan):
        band, points = marked(criterion, *marks.get(criterion.pk, (None, None)))
        score = stored.get(criterion.pk) or Score(sheet=sheet, criterion=criterion)
        if score.pk is None or (score.band_id, score.points) != (band and band.pk, points):
            score.band, score.points = band, points
            score.save()


def marked(criterion, band_key, points):
    """Return the band and the points that were meant: points alone tell their band; refuses what does not fit."""
    bands = {band.pk: band for band in criterion.bands.all()}
    band = bands.get(band_key)
    if points is None:
        return band, band.from_points if band and band.from_points == band.to_points else None
    band = band or next((band for band in bands.values() if band.from_points <= points <= band.to_points), None)
    if band is None or not band.from_points <= points <= band.to_points:
        where = f"mức “{band}” ({shown(band.from_points)}–{shown(band.to_points)})" if band else "mức nào"
        raise ValidationError(f"{criterion}: {shown(points)} điểm không thuộc {where}.", code="outside_band")
    return band, points


def refuse_incomplete(sheet, plan):
    missing = [score.criterion.name for score in scores_of(sheet) if score.points is None or score.band_id is None]
    if missing:
        raise ValidationError(f"Chưa nộp được, còn thiếu điểm: {'; '.join(missing)}.", code="incomplete")


def scores_of(sheet):
    return sheet.scores.select_related("criterion").order_by("criterion__position")


def sum_of(sheet):
    return sum(score.points for score in scores_of(sheet))


def told(sheet):
    """Return what the record keeps of a sheet."""
    scores = {score.criterion.name: shown(score.points) for score in scores_of(sheet) if score.points is not None}
    return {"scores": scores, "total": sheet.total and shown(sheet.total), "comment": sheet.comment}


def whose(sheet):
    return {"entry": sheet.entry_id, "member": sheet.member_id, "is_from_paper": sheet.is_from_paper}
