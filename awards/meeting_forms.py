"""What the board types about a meeting of the council, and about what its papers say."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime, make_aware

from accounts.limits import PERSON_NAME_LIMIT
from awards.limits import CONCLUSION_LIMIT, REASON_LIMIT
from awards.meetings import COUNTS
from awards.models import CertificateWord, CouncilMember
from config.fields import TypedLine, TypedText
from dossiers.letterhead import PROFILE_FIELDS
from dossiers.models import UnionProfile
from initiatives.fields import DayField

LINE = 200
TIMES = ["%H:%M", "%Hh%M", "%H:%M:%S"]


class MeetingForm(forms.Form):
    """When, where and with whom; `version` is that of the minutes which the page showed."""

    held_on = DayField(
        label="Ngày họp", error_messages={"required": "Hãy ghi ngày họp.", "invalid": "Hãy ghi ngày như 25/04/2021."}
    )
    held_time = forms.TimeField(
        label="Giờ họp",
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "giờ:phút"}),
        error_messages={"required": "Hãy ghi giờ họp.", "invalid": "Hãy ghi giờ như 08:30."},
    )
    place = TypedLine(label="Địa điểm", limit=LINE, error_messages={"required": "Hãy ghi nơi họp."})
    chaired_by = forms.ModelChoiceField(
        CouncilMember.objects.none(),
        label="Chủ trì",
        empty_label="Chọn thành viên",
        error_messages={"required": "Hãy chọn người chủ trì."},
    )
    secretary = TypedLine(label="Thư ký", limit=PERSON_NAME_LIMIT, error_messages={"required": "Hãy ghi tên thư ký."})
    quorum = forms.IntegerField(
        label="Số thành viên phải có mặt để họp",
        min_value=1,
        max_value=1000,
        error_messages={"required": "Hãy ghi số thành viên phải có mặt.", "invalid": "Hãy ghi một số."},
    )
    conclusion = TypedText(
        label="Kết luận", limit=CONCLUSION_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chaired_by"].queryset = members

    def details(self):
        """Return what `meetings` takes as details."""
        values = self.cleaned_data
        held_at = make_aware(datetime.combine(values["held_on"], values["held_time"]))
        names = ("place", "chaired_by", "secretary", "quorum", "conclusion")
        return {"held_at": held_at} | {name: values[name] for name in names}


def shown_details(meeting):
    """Return the initial values of a MeetingForm."""
    held = localtime(meeting.held_at)
    names = ("place", "secretary", "quorum", "conclusion", "version")
    return {name: getattr(meeting, name) for name in names} | {
        "held_on": held.date(),
        "held_time": held.time(),
        "chaired_by": meeting.chaired_by_id,
    }


class AttendanceForm(forms.Form):
    """Whether one member came."""

    is_present = forms.BooleanField(label="Có mặt", required=False)
    reason = TypedLine(label="Lý do vắng", limit=LINE, required=False)

    def __init__(self, *args, member, **kwargs):
        self.member = member
        super().__init__(*args, prefix=f"member-{member.pk}", **kwargs)
        self.fields["is_present"].widget.attrs["aria-label"] = f"{member} có mặt"
        self.fields["reason"].widget.attrs["aria-label"] = f"Lý do {member} vắng"


class VoteForm(forms.Form):
    """How the council voted on one entry; an empty number is none."""

    def __init__(self, *args, entry, **kwargs):
        self.entry = entry
        super().__init__(*args, prefix=f"entry-{entry.pk}", **kwargs)
        for name, label in zip(COUNTS, ("Tán thành", "Không tán thành", "Không có ý kiến"), strict=True):
            self.fields[name] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=1000,
                widget=forms.NumberInput(attrs={"aria-label": f"{label}: {entry.title}", "min": 0}),
                error_messages={"invalid": "Hãy ghi một số."},
            )

    def counts(self):
        return [self.cleaned_data[name] or 0 for name in COUNTS]


class CorrectionForm(forms.Form):
    text = TypedText(
        label="Nội dung đính chính",
        limit=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi nội dung đính chính."},
    )


class SettingsForm(forms.ModelForm):
    """The letterhead of the plan's union, and what is given; `version` and `given` are what the page showed."""

    certificate = forms.ChoiceField(label="Hình thức khen", choices=CertificateWord, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)
    given = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = UnionProfile
        fields = PROFILE_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["abbreviation"].label = "Chữ viết tắt sau số văn bản"

    def clean_certificate(self):
        value = self.cleaned_data["certificate"]
        if value not in CertificateWord.values:
            raise ValidationError("Hãy chọn hình thức khen.", code="invalid_choice")
        return value
