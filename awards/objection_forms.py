"""What anybody types who objects to an initiative on a published list."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from awards.limits import COMPLAINT_LIMIT, COMPLAINT_MOST_FILES
from awards.models import ComplaintKind
from config.fields import TypedLine, TypedText
from dossiers.file_fields import FilesField
from initiatives.fields import Radios
from initiatives.limits import NAME_LIMIT
from initiatives.phones import international, spoken

KINDS = [
    (ComplaintKind.CONTENT.value, "Nội dung sáng kiến không đúng sự thật, hoặc chép của nơi khác"),
    (ComplaintKind.RESULT.value, "Kết quả, hiệu quả không đúng như đã ghi"),
    (ComplaintKind.AUTHORSHIP.value, "Người làm ra sáng kiến là người khác, hoặc thiếu tên tác giả"),
]


class ContactField(TypedLine):
    """A mobile number or an e-mail address."""

    def clean(self, value):
        contact = super().clean(value)
        if not contact:
            return contact
        if "@" in contact:
            try:
                validate_email(contact)
            except ValidationError as error:
                raise ValidationError("Địa chỉ e-mail này chưa đúng. Hãy xem lại.", code="not_an_email") from error
            return contact
        return spoken(international(contact))


class ObjectionForm(forms.Form):
    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Bạn phản ánh về điều gì?",
        choices=KINDS,
        widget=Radios,
        error_messages={"required": "Hãy chọn một mục."},
    )
    text = TypedText(
        label="Nội dung phản ánh",
        help_text="Nêu rõ điều gì không đúng và căn cứ vào đâu: ai, ở đâu, từ khi nào, có giấy tờ gì.",
        limit=COMPLAINT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Hãy ghi nội dung phản ánh."},
    )
    files = FilesField(
        label=f"Giấy tờ kèm theo (không bắt buộc; tối đa {COMPLAINT_MOST_FILES} tệp)",
        help_text="Tệp PDF hoặc ảnh JPEG, PNG, mỗi tệp tối đa 10 MB. Chỉ hội đồng xem được.",
        required=False,
        allow_empty_file=True,
    )
    complainant = TypedLine(
        label="Họ và tên của bạn",
        limit=NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Hãy ghi họ và tên: hội đồng không giải quyết đơn không có người gửi."},
    )
    contact = ContactField(
        label="Số điện thoại hoặc e-mail của bạn",
        help_text="Để hội đồng hỏi thêm. Ghi e-mail thì bạn nhận được thư báo.",
        limit=254,
        error_messages={"required": "Hãy ghi số điện thoại hoặc e-mail."},
    )
    consent = forms.BooleanField(
        label="Tôi đồng ý để hội đồng lưu họ tên, liên hệ và giấy tờ của tôi để giải quyết phản ánh này.",
        error_messages={"required": "Hãy đánh dấu đồng ý; không có thì hội đồng không nhận được phản ánh của bạn."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
