"""The board names its council and lays down by what it marks. These pages belong to scoring_admin.py."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from awards.council import describe_member, let_go, name_member, seat_again
from awards.criteria import READY, criteria_of, drafts_of, lay_down, rules_of
from awards.models import CouncilMember
from awards.scoring_forms import CriterionForm, MemberForm, RulesForm, criterion_forms

CRITERIA, COUNCIL = "admin:awards_criteria", "admin:awards_council"
NOT_SAVED = "Chưa lưu được. Hãy xem chỗ báo lỗi bên dưới."
# The last part of the address → the deed, and what is said when it is done.
SEATS = {"thoi": (let_go, "đã thôi tham gia hội đồng."), "tro-lai": (seat_again, "đã trở lại hội đồng.")}


def criteria_page(request, site, pk):
    """Show the criteria; lay them down as long as nobody has begun to mark."""
    if request.method == "POST":
        return lay_down_typed(request, site, site.decided(request, pk))
    plan = site.visible(request, pk)
    rules = rules_of(plan)
    initial = {"version": rules.version, "marks_wanted": rules.marks_wanted, "gap": rules.gap}
    return show_criteria(request, site, plan, RulesForm(initial=initial), criterion_forms(drafts=drafts_of(plan)))


def show_criteria(request, site, plan, rules_form, forms, status=200):
    rules, criteria = rules_of(plan), list(criteria_of(plan))
    return site.page(
        request,
        "admin/awards/criteria.html",
        plan,
        status=status,
        title="Tiêu chí chấm điểm",
        plan=plan,
        rules=rules,
        criteria=criteria,
        most=sum(criterion.max_points for criterion in criteria),
        editing=site.may_decide(request, plan) and not rules.begun_at,
        rules_form=rules_form,
        forms=forms,
    )


def lay_down_typed(request, site, plan):
    rules_form, forms = RulesForm(request.POST), criterion_forms(request.POST)
    try:
        if rules_form.is_valid() & all(list(map(CriterionForm.is_valid, forms))):
            drafts = [form.draft() for form in forms if form.cleaned_data["name"]]
            lay_down(plan, drafts, **rules_form.cleaned_data, by=request.user)
            messages.success(request, "Đã lưu tiêu chí và quy định chấm điểm.")
            return redirect(CRITERIA, plan.pk)
        messages.error(request, NOT_SAVED)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        if refusal.code == "stale":  # now that it was told, the form stands for what is laid down
            rules_form.data = rules_form.data.copy() | {"version": rules_of(plan).version}
    return show_criteria(request, site, plan, rules_form, forms, status=422)


def lay_down_ready(request, site, pk):
    """Lay down the ready criteria, to be edited, where there are none."""
    plan = site.decided(request, pk)
    rules = rules_of(plan)
    try:
        lay_down(plan, READY, rules.marks_wanted, rules.gap, by=request.user, version=0)
        messages.success(request, "Đã đặt bộ tiêu chí có sẵn. Hãy sửa cho hợp với kế hoạch của mình.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(CRITERIA, plan.pk)


def council_page(request, site, pk):
    """List the members; name another."""
    plan = site.decided(request, pk) if request.method == "POST" else site.visible(request, pk)
    form = MemberForm(request.POST or None, plan=plan, instance=CouncilMember(plan=plan))
    if request.method == "GET" or request.method == "HEAD":
        return show_council(request, site, plan, form)
    try:
        if form.is_valid():
            member = name_member(plan, form.values(), by=request.user)
            messages.success(request, f"Đã thêm {member} vào hội đồng.")
            return redirect(COUNCIL, plan.pk)
        messages.error(request, NOT_SAVED)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return show_council(request, site, plan, form, status=422)


def show_council(request, site, plan, form, status=200):
    members = CouncilMember.objects.visible_to(request.user).filter(plan=plan).in_order()
    return site.page(
        request,
        "admin/awards/council.html",
        plan,
        status=status,
        title="Hội đồng",
        plan=plan,
        members=list(members.select_related("user", "home_union")),
        form=form if site.may_decide(request, plan) else None,
    )


def member_of(site, request, plan, member_pk):
    return get_object_or_404(CouncilMember.objects.visible_to(request.user).filter(plan=plan), pk=member_pk)


def member_page(request, site, pk, member_pk):
    """Change what is said of one member."""
    plan = site.decided(request, pk)
    member = member_of(site, request, plan, member_pk)
    form = MemberForm(request.POST or None, plan=plan, instance=member)
    if request.method != "POST":
        return show_member(request, site, plan, member, form)
    try:
        if form.is_valid():
            version = form.cleaned_data["version"]
            describe_member(member, form.values(), by=request.user, version=version)
            messages.success(request, "Đã lưu.")
            return redirect(COUNCIL, plan.pk)
        messages.error(request, NOT_SAVED)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        if refusal.code == "stale":
            member.refresh_from_db()
            form.data = form.data.copy() | {"version": member.version}
    return show_member(request, site, plan, member, form, status=422)


def show_member(request, site, plan, member, form, status=200):
    return site.page(
        request,
        "admin/awards/member.html",
        plan,
        status=status,
        title=str(member),
        plan=plan,
        member=member,
        form=form,
        steps=site.steps_of(member),
    )


def change_seat(request, site, pk, member_pk, deed):
    plan = site.decided(request, pk)
    member = member_of(site, request, plan, member_pk)
    if deed not in SEATS:
        raise Http404
    do, done = SEATS[deed]
    try:
        do(member, by=request.user)
        messages.success(request, f"{member} {done}")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(COUNCIL, plan.pk)
