"""What the board types about complaints, and about the list that it asks about."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.visible_admin import UnstaleForm
from awards.attachments import looked_into
from awards.forms import reason_field
from awards.limits import (
    COMPLAINT_LIMIT,
    COMPLAINT_MOST_FILES,
    HEARD_LIMIT,
    HEARING_LIMIT,
    REASON_LIMIT,
    REPLY_LIMIT,
    SHORTLIST_DAYS,
    SHORTLIST_FEWEST_DAYS,
    SHORTLIST_MOST_DAYS,
)
from awards.models import CameBy, ComplaintState
from config import clock
from config.fields import TypedLine, TypedText
from dossiers.file_fields import FilesField
from initiatives.fields import DayField

ON_PAPER = [choice for choice in CameBy.choices if choice[0] != CameBy.WEB]


class ComplaintForm(UnstaleForm):
    text = TypedText(label="Nội dung đơn", limit=COMPLAINT_LIMIT)
    came_by = forms.ChoiceField(label="Gửi bằng", choices=ON_PAPER, initial=CameBy.LETTER.value)
    files = FilesField(
        label="Bản quét đơn, giấy tờ kèm",
        help_text=f"Tối đa {COMPLAINT_MOST_FILES} tệp PDF, JPEG hoặc PNG, mỗi tệp tối đa 10 MB.",
        required=False,
        allow_empty_file=True,
    )

    def clean_received_on(self):
        received_on = self.cleaned_data["received_on"]
        if received_on > clock.today():
            raise ValidationError("Ngày nhận đơn chưa tới. Hãy xem lại.", code="date_in_future")
        return received_on

    def clean_files(self):
        return looked_into(self.cleaned_data["files"])


class HearingForm(forms.Form):
    held_on = DayField(
        label="Ngày làm việc",
        error_messages={"required": "Hãy ghi ngày làm việc.", "invalid": "Hãy ghi ngày như 15/04/2021."},
    )
    heard = TypedLine(
        label="Làm việc với ai (tên, là gì trong việc này)",
        limit=HEARD_LIMIT,
        error_messages={"required": "Hãy ghi đã làm việc với ai."},
    )
    said = TypedText(
        label="Nội dung trình bày",
        limit=HEARING_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Hãy ghi nội dung trình bày."},
    )


class ConclusionForm(forms.Form):
    """The outcome, why, and what the complainant reads of it; a complaint that was taken up is not "not admitted"."""

    CHOICES = [
        (ComplaintState.DISMISSED.value, "Không có căn cứ: sáng kiến được xét tiếp"),
        (ComplaintState.UPHELD.value, "Có căn cứ: sáng kiến không được xét"),
        (ComplaintState.UNADMITTED.value, "Không thụ lý: đơn không có người gửi thật hoặc không nêu căn cứ"),
    ]
    state = forms.ChoiceField(
        label="Kết luận",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một kết luận."},
    )
    outcome = reason_field("Lý do, căn cứ của kết luận (chỉ hội đồng đọc)")
    reply = TypedText(
        label="Trả lời người gửi đơn (nếu có; người gửi đọc được, đừng ghi tên người khác)",
        limit=REPLY_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, is_taken_up=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_taken_up:
            self.fields["state"].choices = self.CHOICES[:2]


class ShortlistForm(forms.Form):
    """How long a list lies open, why it is corrected, and the mark of the list that was shown."""

    days = forms.IntegerField(
        label=f"Lấy ý kiến trong bao nhiêu ngày ({SHORTLIST_FEWEST_DAYS}–{SHORTLIST_MOST_DAYS})",
        initial=SHORTLIST_DAYS,
        min_value=SHORTLIST_FEWEST_DAYS,
        max_value=SHORTLIST_MOST_DAYS,
        error_messages={"required": "Hãy ghi số ngày.", "invalid": "Hãy ghi số ngày bằng chữ số."},
    )
    reason = TypedText(
        label="Lý do đính chính (mọi người đọc được)",
        limit=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do đính chính danh sách."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, is_correction, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["reason"]
