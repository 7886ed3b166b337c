"""What an author types to be forgotten, and an administrator to answer."""

from django import forms

from config.fields import TypedText
from initiatives.limits import REASON_LIMIT


class RemovalForm(forms.Form):
    """The author asks for the removal of personal data."""

    reason = TypedText(
        label="Lý do",
        required=False,
        limit=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Không bắt buộc.",
    )
    confirm = forms.BooleanField(
        label="Tôi đã đọc phần trên và muốn xóa thông tin cá nhân của mình",
        error_messages={"required": "Hãy đánh dấu vào đây nếu bạn thật sự muốn xóa."},
    )


class RefusalForm(forms.Form):
    """An administrator says why nothing is removed."""

    reason = TypedText(
        label="Không xóa, vì… (tác giả đọc được)",
        limit=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do không xóa: tác giả sẽ đọc được."},
    )
