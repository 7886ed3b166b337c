"""What leads an author back to an initiative: code and phone, or the phone alone when the code is lost."""

from django import forms
from django.core.exceptions import ValidationError

from initiatives import codes
from initiatives.phones import PhoneField

PHONE_LABEL = "Số điện thoại đã dùng khi gửi"
PHONE_MISSING = {"required": "Hãy ghi số điện thoại di động."}


class FollowForm(forms.Form):
    code = forms.CharField(
        label="Mã sáng kiến",
        help_text="12 ký tự trên biên nhận, ví dụ 7K3M‑Q2ZD‑94TX. Chữ hoa, chữ thường đều được.",
        error_messages={"required": "Hãy ghi mã sáng kiến."},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "enterkeyhint": "next",
                "class": "code-input",
            }
        ),
    )
    phone = PhoneField(label=PHONE_LABEL, error_messages=PHONE_MISSING)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["phone"].widget.attrs["enterkeyhint"] = "go"

    def clean_code(self):
        code = codes.read(self.cleaned_data["code"])
        if code is None:
            raise ValidationError("Mã này có chỗ viết nhầm. Hãy đối chiếu với biên nhận.", code="misread")
        return code


class LostCodeForm(forms.Form):
    phone = PhoneField(label=PHONE_LABEL, error_messages=PHONE_MISSING, help_text="Ví dụ 0912 345 678.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["phone"].widget.attrs["enterkeyhint"] = "send"
