"""By what a plan's council marks: criteria with bands, the number of marks, the gap; until the first sheet is begun."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.limits import MOST_CRITERIA, MOST_POINTS
from awards.models import Band, Criterion, ScoringRules
from awards.points import shown
from awards.selection import lock_plan
from record.writing import write


@dataclass(frozen=True)
class BandDraft:
    label: str
    from_points: Decimal
    to_points: Decimal

    def __str__(self):
        return f"{self.label}: {shown(self.from_points)}–{shown(self.to_points)}"


@dataclass(frozen=True)
class CriterionDraft:
    """A criterion as the board lays it down."""

    name: str
    max_points: Decimal
    bands: tuple
    guidance: str = ""


def levels(*levels):
    return tuple(BandDraft(label, Decimal(low), Decimal(high)) for label, low, high in levels)


READY = [
    CriterionDraft(
        "Tính mới, tính sáng tạo",
        Decimal(30),
        levels(
            ("Hoàn toàn mới, lần đầu được áp dụng", "25", "30"),
            ("Cải tiến nhiều so với giải pháp đã có", "16", "24.9"),
            ("Cải tiến một phần", "6", "15.9"),
            ("Ít điểm mới", "0", "5.9"),
        ),
        "So với giải pháp đang dùng tại đơn vị, trong ngành hoặc trong tỉnh.",
    ),
    CriterionDraft(
        "Hiệu quả",
        Decimal(30),
        levels(
            ("Rất cao, có số liệu hoặc xác nhận rõ ràng", "25", "30"),
            ("Cao", "16", "24.9"),
            ("Trung bình", "6", "15.9"),
            ("Thấp hoặc chưa rõ", "0", "5.9"),
        ),
        "Giá trị làm lợi, năng suất, chất lượng, an toàn, môi trường, lợi ích xã hội.",
    ),
    CriterionDraft(
        "Khả năng áp dụng, nhân rộng",
        Decimal(25),
        levels(
            ("Áp dụng được trong toàn tỉnh, toàn ngành", "20", "25"),
            ("Áp dụng được ở nhiều đơn vị", "12", "19.9"),
            ("Áp dụng được trong đơn vị", "5", "11.9"),
            ("Khó áp dụng nơi khác", "0", "4.9"),
        ),
    ),
    CriterionDraft(
        "Ý nghĩa với đoàn viên, người lao động",
        Decimal(15),
        levels(("Rõ rệt, nhiều người được hưởng", "11", "15"), ("Khá", "6", "10.9"), ("Ít", "0", "5.9")),
        "Cải thiện điều kiện làm việc, thu nhập, phong trào thi đua.",
    ),
]


def rules_of(plan):
    """Return a plan's ScoringRules: as laid down, else the usual ones (not stored, version 0)."""
    return ScoringRules.objects.filter(plan=plan).first() or ScoringRules(plan=plan, version=0)


def criteria_of(plan):
    return Criterion.objects.filter(plan=plan).order_by("position").prefetch_related("bands")


def drafts_of(plan):
    """Return a plan's criteria as CriterionDrafts, to be edited."""
    return [
        CriterionDraft(
            criterion.name,
            criterion.max_points,
            tuple(BandDraft(band.label, band.from_points, band.to_points) for band in criterion.bands.all()),
            criterion.guidance,
        )
        for criterion in criteria_of(plan)
    ]


@transaction.atomic
def lay_down(plan, drafts, marks_wanted, gap, *, by, version):
    """Put these criteria (CriterionDrafts, in order) and rules in the place of what there was.

    Raises ValidationError: `published`, `marking_begun`, `stale`, `no_criteria`, `too_many`, and what `check` raises.
    """
    lock_plan(plan)
    rules = rules_of(plan)
    if rules.begun_at:
        raise ValidationError(
            "Đã có phiếu chấm đầu tiên nên tiêu chí, thang điểm và quy định chấm không sửa được nữa.",
            code="marking_begun",
        )
    if rules.version != version:
        raise ValidationError("Một người khác vừa sửa tiêu chí. Hãy xem lại rồi lưu lần nữa.", code="stale")
    if not drafts:
        raise ValidationError("Hãy ghi ít nhất một tiêu chí.", code="no_criteria")
    if len(drafts) > MOST_CRITERIA:
        raise ValidationError(f"Nhiều nhất {MOST_CRITERIA} tiêu chí.", code="too_many")
    for draft in drafts:
        check(draft)
    before = told(drafts_of(plan), rules)
    rules.marks_wanted, rules.gap, rules.version = marks_wanted, gap, rules.version + 1
    rules.save()
    replace(plan, drafts)
    write(plan, "criteria_laid_down", by=by, before=before, after=told(drafts, rules))
    return rules


def check(draft):
    """Refuse a criterion whose bands are none, overlap or leave 0..maximum: `no_bands`, `bands_overlap`, …"""
    if not 0 < draft.max_points <= MOST_POINTS:
        raise ValidationError(
            f"“{draft.name}”: điểm tối đa phải lớn hơn 0 và không quá {shown(MOST_POINTS)}.", code="wrong_maximum"
        )
    if not draft.bands:
        raise ValidationError(f"“{draft.name}”: hãy ghi các mức điểm.", code="no_bands")
    for band in draft.bands:
        if band.from_points > band.to_points:
            raise ValidationError(f"“{band}”: hãy ghi điểm thấp trước, điểm cao sau.", code="wrong_order")
        if band.to_points > draft.max_points:
            raise ValidationError(
                f"“{band}” vượt điểm tối đa {shown(draft.max_points)} của “{draft.name}”.", code="beyond_maximum"
            )
    for lower, upper in pairwise(sorted(draft.bands, key=lambda band: band.from_points)):
        if lower.to_points >= upper.from_points:
            raise ValidationError(f"Hai mức chồng lên nhau: “{upper}” và “{lower}”.", code="bands_overlap")
    if max(band.to_points for band in draft.bands) != draft.max_points:
        raise ValidationError(
            f"“{draft.name}”: mức cao nhất phải đến đúng điểm tối đa {shown(draft.max_points)}.",
            code="short_of_maximum",
        )


def replace(plan, drafts):
    Band.objects.filter(criterion__plan=plan).delete()
    Criterion.objects.filter(plan=plan).delete()
    for position, draft in enumerate(drafts, start=1):
        criterion = Criterion.objects.create(
            plan=plan, position=position, name=draft.name, guidance=draft.guidance, max_points=draft.max_points
        )
        Band.objects.bulk_create(
            Band(criterion=criterion, label=band.label, from_points=band.from_points, to_points=band.to_points)
            for band in draft.bands
        )


def told(drafts, rules):
    """Return what the record keeps of criteria and rules."""
    return {
        "criteria": [f"{d.name} ({shown(d.max_points)}): {'; '.join(map(str, d.bands))}" for d in drafts],
        "marks_wanted": rules.marks_wanted,
        "gap": shown(rules.gap),
    }
