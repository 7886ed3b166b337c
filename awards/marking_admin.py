"""A member marks an entry, or somebody types a paper in. These pages belong to scoring_admin.py."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from awards.candidates import in_the_running
from awards.criteria import criteria_of, rules_of
from awards.filed_entries import filed_entry
from awards.marking import correct, keep, recuse, refuse_unless_may_mark
from awards.models import CouncilMember, Publication, ScoreSheet
from awards.scoring import entries_to_mark, keeps_order, with_branches
from awards.scoring_forms import RecusalForm, SheetForm
from dossiers.models import DossierEntry, Plan

HOME, SHEET = "admin:awards_scoring_change", "admin:awards_sheet"


@dataclass(frozen=True)
class Place:
    """An entry and a member, as one person stands before them: the sheet that is seen, and what may be done."""

    plan: Plan
    entry: DossierEntry
    member: CouncilMember
    sheet: ScoreSheet | None
    is_own: bool
    may_write: bool


def place_of(request, site, pk, entry_pk, member_pk):
    """Return the Place, or answer 404 where a sheet must not be seen, or none can be written."""
    plan = site.visible(request, pk)
    members = with_branches(CouncilMember.objects.visible_to(request.user).filter(plan=plan))
    member = get_object_or_404(members, pk=member_pk)
    entries = DossierEntry.objects.filter(plan=plan).select_related("dossier__union", "initiative", "plan__union")
    entry = get_object_or_404(entries, pk=entry_pk, dossier__state="VALID", removed_at=None)
    stored = ScoreSheet.objects.filter(entry=entry, member=member)
    sheet = site.sheets_seen(request, plan).filter(pk__in=stored).select_related("entered_by").first()
    is_own = member.user_id == request.user.pk
    from_paper = not is_own and (sheet is None or sheet.is_from_paper)
    may_write = site.may_decide(request, plan) and (is_own or (from_paper and keeps_order(request.user, plan)))
    if (sheet is None and stored.exists()) or (sheet is None and not may_write):
        raise Http404
    return Place(plan, entry, member, sheet, is_own, may_write)


def sheet_page(request, site, pk, entry_pk, member_pk):
    """Show a sheet; keep it, hand it in, or correct it."""
    place = place_of(request, site, pk, entry_pk, member_pk)
    if request.method != "POST":
        return show_sheet(request, site, place, form_of(place))
    if not place.may_write:
        raise PermissionDenied
    form = form_of(place, request.POST)
    try:
        if form.is_valid():
            return done(request, place, write_down(request, place, form))
        messages.error(request, "Chưa lưu được. Hãy xem chỗ báo lỗi bên dưới.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        place = place_of(request, site, pk, entry_pk, member_pk)
        if refusal.code == "stale" and place.sheet:  # now that it was told, the form stands for what is stored
            form = form_of(place, request.POST.copy() | {"version": str(place.sheet.version)})
            form.is_valid()
    return show_sheet(request, site, place, form, status=422)


def form_of(place, data=None):
    is_correction = bool(place.sheet and place.sheet.submitted_at)
    return SheetForm(data, criteria=criteria_of(place.plan), sheet=place.sheet, is_correction=is_correction)


def write_down(request, place, form):
    """Do what the form asks and return the sheet."""
    given = form.cleaned_data
    by, version = request.user, given["version"]
    if "reason" in given:
        return correct(place.sheet, form.marks(), given["comment"], given["reason"], by=by, version=version)
    paper, hand_in = not place.is_own, "hand_in" in request.POST
    return keep(
        place.entry,
        place.member,
        form.marks(),
        given["comment"],
        by=by,
        version=version,
        is_from_paper=paper,
        hand_in=hand_in,
    )


def done(request, place, sheet):
    """Say what was done, and lead on: a draft to itself, what was handed in to the next entry."""
    if sheet.submitted_at is None:
        messages.success(request, "Đã lưu. Phiếu chưa nộp.")
        return redirect(SHEET, place.plan.pk, place.entry.pk, place.member.pk)
    if place.sheet and place.sheet.submitted_at:
        messages.success(request, "Đã sửa phiếu.")
        return redirect(SHEET, place.plan.pk, place.entry.pk, place.member.pk)
    messages.success(request, f"Đã nộp phiếu: {place.entry.title}")
    following = entries_to_mark(place.member).first()
    if following is None:
        return redirect(HOME, place.plan.pk)
    return redirect(reverse(SHEET, args=[place.plan.pk, following.pk, place.member.pk]))


def show_sheet(request, site, place, form, status=200, recusal_form=None):
    plan, sheet = place.plan, place.sheet
    others = site.sheets_seen(request, plan).handed_in().filter(entry=place.entry).exclude(member=place.member)
    hindrance = why_not(place)
    return site.page(
        request,
        "admin/awards/sheet.html",
        plan,
        status=status,
        title=place.entry.title if place.is_own else f"{place.member}: {place.entry.title}",
        plan=plan,
        place=place,
        sheet=sheet,
        filed=filed_entry(place.entry),
        is_held=in_the_running(plan).filter(pk=place.entry.pk, is_held=True).exists(),
        hindrance=hindrance,
        form=form if place.may_write and not hindrance else None,
        scores=sheet.scores.select_related("criterion", "band").order_by("criterion__position") if sheet else [],
        recusal_form=(recusal_form or RecusalForm(auto_id="recusal_%s")) if place.may_write else None,
        others=list(others.select_related("member").order_by("member")),
        steps=site.steps_of(sheet) if sheet else [],
    )


def why_not(place):
    """Return why nothing is written here, or an empty text."""
    if Publication.objects.filter(plan=place.plan).exists():
        return "Kết quả đã công bố, phiếu không thay đổi được nữa."
    if not rules_of(place.plan).pk:
        return "Hội đồng chưa đặt tiêu chí chấm điểm."
    if place.sheet and place.sheet.submitted_at:
        return ""
    try:
        refuse_unless_may_mark(place.plan, place.entry, place.member)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def step_aside(request, site, pk, entry_pk, member_pk):
    place = place_of(request, site, pk, entry_pk, member_pk)
    if not place.may_write:
        raise PermissionDenied
    form = RecusalForm(request.POST, auto_id="recusal_%s")
    try:
        if form.is_valid():
            recuse(place.member, place.entry, form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"Đã ghi: {place.member} không chấm “{place.entry.title}”.")
            return redirect(HOME, place.plan.pk)
        messages.error(request, "Chưa ghi được. Hãy ghi lý do.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return show_sheet(request, site, place, form_of(place), status=422, recusal_form=form)
