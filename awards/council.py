"""The board names the members of its plan's council, describes them anew, and lets them go; nobody is deleted."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Role, User
from awards.models import CouncilMember, Duty, Recusal, ScoreSheet
from awards.scoring import branches_of, with_branches
from awards.selection import lock_plan
from config import clock
from record.writing import changes, write

FIELDS = ["full_name", "job_title", "duty", "user", "home_union"]


def accounts_for(plan):
    """Return the accounts that can take a seat: those of the plan's board."""
    seats = {"memberships__union": plan.union, "memberships__role": Role.BOARD}
    return User.objects.filter(**seats, is_active=True).order_by("full_name", "pk")


@transaction.atomic
def name_member(plan, values, *, by):
    """Give somebody a seat (values by FIELDS). Raises `published`, `seated`, `chair_taken`, `no_account`."""
    plan = lock_plan(plan)
    refuse_unless_fitting(plan, None, values)
    member = CouncilMember.objects.create(plan=plan, **values)
    write(member, "created", by=by, after=plain(values))
    return member


@transaction.atomic
def describe_member(member, values, *, by, version):
    """Change what is said of a member. Raises also `stale`, `has_marked`, `conflict`."""
    plan = lock_plan(member.plan)
    member = CouncilMember.objects.select_related("plan").get(pk=member.pk)
    if member.version != version:
        raise ValidationError("Một người khác vừa sửa mục này. Hãy xem lại rồi lưu lần nữa.", code="stale")
    refuse_unless_fitting(plan, member, values)
    before, after = changes(member, values)
    if after:
        refuse_other_person(member, after)
        for name in after:
            setattr(member, name, values[name])
        refuse_marked_for_own(member)
        member.version += 1
        member.save()
        write(member, "changed", by=by, before=before, after=after)
    return member


@transaction.atomic
def let_go(member, *, by):
    """A member takes no further part; what was handed in stays and counts."""
    lock_plan(member.plan)
    member = CouncilMember.objects.get(pk=member.pk)
    if not member.left_at:
        member.left_at, member.version = clock.now(), member.version + 1
        member.save(update_fields=["left_at", "version"])
        write(member, "left", by=by)
    return member


@transaction.atomic
def seat_again(member, *, by):
    """A member who left takes part again."""
    plan = lock_plan(member.plan)
    member = CouncilMember.objects.get(pk=member.pk)
    if member.left_at:
        refuse_unless_fitting(plan, member, {name: getattr(member, name) for name in FIELDS})
        member.left_at, member.version = None, member.version + 1
        member.save(update_fields=["left_at", "version"])
        write(member, "seated_again", by=by)
    return member


def refuse_unless_fitting(plan, member, values):
    others = CouncilMember.objects.filter(plan=plan).exclude(pk=member and member.pk)
    if values["duty"] == Duty.CHAIR and others.sitting().filter(duty=Duty.CHAIR).exists():
        raise ValidationError("Hội đồng đã có Chủ tịch.", code="chair_taken")
    user = values["user"]
    if user is None or (member and member.user_id == user.pk):
        return
    if others.filter(user=user).exists():
        raise ValidationError("Tài khoản này đã là của một thành viên khác.", code="seated")
    if not accounts_for(plan).filter(pk=user.pk).exists():
        raise ValidationError("Chỉ giao cho tài khoản của hội đồng kế hoạch này.", code="no_account")


def refuse_other_person(member, after):
    if member.user_id and "user" in after and ScoreSheet.objects.filter(member=member).exists():
        raise ValidationError(
            "Thành viên này đã chấm nên không đổi sang tài khoản khác được. Hãy cho thôi tham gia và thêm người mới.",
            code="has_marked",
        )


def refuse_marked_for_own(member):
    """Refuse a union whose entries this member has marked, unless the member stepped aside from them."""
    aside = Recusal.objects.filter(member=member).values("entry")
    marked = ScoreSheet.objects.filter(member=member, entry__dossier__union__in=own_branches(member))
    if marked.exclude(entry__in=aside).exists():
        raise ValidationError(
            "Thành viên này đã chấm sáng kiến của công đoàn đó. Hãy ghi “không chấm” cho các sáng kiến ấy trước.",
            code="conflict",
        )


def own_branches(member):
    fresh = with_branches(CouncilMember.objects).get(pk=member.pk)
    fresh.home_union, fresh.user = member.home_union, member.user
    return branches_of(fresh)


def plain(values):
    return {name: getattr(value, "pk", value) for name, value in values.items()}
