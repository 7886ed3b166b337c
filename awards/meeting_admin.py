"""The board keeps the minutes of the council's meetings: on pages of their own below the selection."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from accounts.file_names import file_name
from accounts.visible_admin import Step
from awards import council_papers
from awards.candidates import candidates
from awards.meeting_forms import AttendanceForm, CorrectionForm, MeetingForm, VoteForm, shown_details
from awards.meetings import close_minutes, correct_minutes, keep_minutes, open_minutes
from awards.models import CouncilMember, Duty, Meeting
from awards.papers_admin import DOCX, handed_out, put_on_record
from config.unavailable import typed_text
from dossiers.models import DossierEntry
from record.models import Event

ONE = "<int:pk>/hop/<int:meeting_pk>/"
DEED_WORDS = {
    "created": "Mở biên bản",
    "changed": "Lưu biên bản",
    "minutes_closed": "Chốt biên bản",
    "minutes_corrected": "Đính chính",
}
NOT_KEPT = "Chưa lưu được. Hãy xem chỗ báo lỗi bên dưới."


class MeetingPages:
    """Pages of SelectionAdmin; seen by whom its plans are seen, filled in by their boards."""

    def meeting_urls(self):
        own, both = self.admin_site.admin_view, require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("<int:pk>/hop/moi/", own(both(self.new_meeting)), name="awards_new_meeting"),
            path(ONE, own(both(self.meeting)), name="awards_meeting"),
            path(f"{ONE}chot/", own(require_POST(self.close_meeting)), name="awards_close_meeting"),
            path(f"{ONE}dinh-chinh/", own(require_POST(self.correct_meeting)), name="awards_correct_meeting"),
            path(f"{ONE}bien-ban/", own(require_POST(self.take_minutes)), name="awards_take_minutes"),
        ]

    def meeting_of(self, plan, meeting_pk):
        return get_object_or_404(Meeting.objects.select_related("chaired_by"), plan=plan, pk=meeting_pk)

    def new_meeting(self, request, pk):
        plan = self.decided(request, pk)
        sitting = CouncilMember.objects.sitting().filter(plan=plan).in_order()
        if request.method == "POST":
            form = MeetingForm(request.POST, members=sitting)
            if form.is_valid():
                meeting = open_minutes(plan, form.details(), by=request.user)
                messages.success(request, "Đã mở biên bản. Hãy ghi thành viên có mặt và kết luận.")
                return redirect("admin:awards_meeting", plan.pk, meeting.pk)
            messages.error(request, NOT_KEPT)
        else:
            form = MeetingForm(members=sitting, initial=usual(sitting))
        status = 422 if form.is_bound else 200
        context = {"title": "Cuộc họp mới", "plan": plan, "form": form, "members": sitting}
        return self.page(request, "admin/awards/new_meeting.html", plan, status=status, **context)

    def meeting(self, request, pk, meeting_pk):
        plan = self.visible(request, pk)
        meeting = self.meeting_of(plan, meeting_pk)
        if request.method != "POST":
            return self.meeting_page(request, plan, meeting)
        self.decided(request, pk)
        forms = bound_forms(meeting, request.POST)
        try:
            if keep_sent(meeting, *forms, by=request.user):
                messages.success(request, "Đã lưu biên bản.")
                return redirect("admin:awards_meeting", plan.pk, meeting.pk)
            messages.error(request, NOT_KEPT)
        except ValidationError as refusal:
            meeting.refresh_from_db()
            messages.error(request, " ".join(refusal.messages))
            if refusal.code == "stale":  # now that it was told, the form stands for what is kept
                forms[0].data = forms[0].data.dict() | {"version": meeting.version}
        return self.meeting_page(request, plan, meeting, forms, status=422)

    def meeting_page(self, request, plan, meeting, forms=None, status=200, correction=None):
        editing = not meeting.closed_at and self.may_decide(request, plan)
        form, attendance, votes = forms or unbound_forms(meeting)
        notes = list(meeting.attendance.select_related("member"))
        present = sum(note.is_present for note in notes)
        return self.page(
            request,
            "admin/awards/meeting.html",
            plan,
            status=status,
            title="Biên bản họp xét chọn",
            plan=plan,
            meeting=meeting,
            form=form,
            attendance=attendance,
            votes=votes,
            notes=notes,
            present=present,
            reached=present >= meeting.quorum,
            counted=[vote for vote in meeting.votes.select_related("entry") if vote.total],
            corrections=meeting.corrections.select_related("made_by"),
            correction_form=correction or CorrectionForm(),
            editing=editing,
            steps=steps_about(meeting),
            typed=[] if editing else typed_text(request),
            deciding=self.may_decide(request, plan),
        )

    def close_meeting(self, request, pk, meeting_pk):
        plan = self.decided(request, pk)
        meeting = self.meeting_of(plan, meeting_pk)
        try:
            close_minutes(meeting, by=request.user, version=number_in(request))
            messages.success(request, "Đã chốt biên bản. Từ nay chỉ ghi đính chính.")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return self.meeting_page(request, plan, self.meeting_of(plan, meeting_pk), status=422)
        return redirect("admin:awards_meeting", plan.pk, meeting.pk)

    def correct_meeting(self, request, pk, meeting_pk):
        plan = self.decided(request, pk)
        meeting, form = self.meeting_of(plan, meeting_pk), CorrectionForm(request.POST)
        if form.is_valid():
            try:
                correct_minutes(meeting, form.cleaned_data["text"], by=request.user)
                messages.success(request, "Đã ghi đính chính.")
                return redirect("admin:awards_meeting", plan.pk, meeting.pk)
            except ValidationError as refusal:
                form.add_error(None, refusal)
        messages.error(request, NOT_KEPT)
        return self.meeting_page(request, plan, meeting, status=422, correction=form)

    def take_minutes(self, request, pk, meeting_pk):
        plan = self.visible(request, pk)
        meeting = self.meeting_of(plan, meeting_pk)
        put_on_record(plan, "bien-ban-hop", is_draft=not meeting.closed_at, by=request.user)
        content, name = council_papers.minutes(meeting, request.user)
        more = [meeting.pk] if meeting.closed_at else [meeting.pk, "du-thao"]
        return handed_out(content, file_name(name, plan.union, *more, extension="docx"), DOCX)


def usual(sitting):
    """Return what a new meeting probably is: chaired by the chair, of more than half of the members."""
    members = list(sitting)
    of_duty = {member.duty: member for member in reversed(members)}
    return {
        "chaired_by": getattr(of_duty.get(Duty.CHAIR), "pk", None),
        "secretary": str(of_duty.get(Duty.SECRETARY, "")),
        "quorum": len(members) // 2 + 1,
    }


def steps_about(meeting):
    """Return the record of a meeting as the board reads it."""
    return [Step(event.at, event.by_name, DEED_WORDS[event.deed], event.reason) for event in Event.objects.of(meeting)]


def keep_sent(meeting, form, attendance, votes, *, by):
    """Keep the minutes as they were sent, if all forms are in order; return whether they are."""
    in_order = [each.is_valid() for each in (form, *attendance, *votes)]
    if not all(in_order):
        return False
    people = {each.member: (each.cleaned_data["is_present"], each.cleaned_data["reason"]) for each in attendance}
    counts = {each.entry: each.counts() for each in votes}
    keep_minutes(meeting, form.details(), people, counts, by=by, version=form.cleaned_data["version"])
    return True


def number_in(request):
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def people_of(meeting):
    """Return the members whom the minutes note: those who sat when it was opened, and those who came since."""
    noted = CouncilMember.objects.filter(pk__in=meeting.attendance.values("member"))
    return (noted | CouncilMember.objects.sitting().filter(plan=meeting.plan)).in_order()


def bound_forms(meeting, data):
    """Return (the meeting's form, a form a member, a form an entry) as they were sent."""
    members = people_of(meeting)
    return (
        MeetingForm(data, members=members),
        [AttendanceForm(data, member=member) for member in members],
        [VoteForm(data, entry=entry) for entry in proposed(meeting)],
    )


def unbound_forms(meeting):
    """Return the same forms as they show what is kept."""
    members = people_of(meeting)
    notes = {note.member_id: vars(note) for note in meeting.attendance.all()}
    votes = {vote.entry_id: vars(vote) for vote in meeting.votes.all() if vote.total}
    return (
        MeetingForm(members=members, initial=shown_details(meeting)),
        [AttendanceForm(member=member, initial=notes.get(member.pk)) for member in members],
        [VoteForm(entry=entry, initial=votes.get(entry.pk)) for entry in proposed(meeting)],
    )


def proposed(meeting):
    """Return the entries on which a council may vote."""
    now = Q(pk__in=candidates(meeting.plan).values("pk"))
    entries = DossierEntry.objects.filter(now | Q(pk__in=meeting.votes.values("entry")))
    return entries.select_related("dossier__union").order_by("dossier__union__name", "rank", "pk")
