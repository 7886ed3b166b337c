"""What union staff type into a dossier."""

from django import forms

from dossiers.editing import LETTER_DETAILS, SUMMARY
from dossiers.file_fields import FilesField
from dossiers.limits import AUTHORS_LIMIT, EFFECT_LIMIT, SUMMARY_LIMIT
from dossiers.models import Dossier, DossierEntry
from initiatives.fields import DayField
from initiatives.models import Block, Field

LIMITS = {
    "summary": SUMMARY_LIMIT,
    "effect": EFFECT_LIMIT,
    "authors": AUTHORS_LIMIT,
    "position": AUTHORS_LIMIT,
}
ROWS = {"authors": 2, "position": 2, "summary": 8, "effect": 6}


class LetterForm(forms.ModelForm):
    """Number, date and signer of the proposal letter. Each may stay empty until filing."""

    letter_date = DayField(
        label="Ngày tờ trình",
        required=False,
        error_messages={"invalid": "Hãy ghi ngày như 15/04/2021."},
    )

    class Meta:
        model = Dossier
        fields = LETTER_DETAILS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["letter_number"].help_text = "Ví dụ 15/TTr-LĐLĐ."
        self.fields["letter_date"].widget.attrs["inputmode"] = "numeric"
        self.fields["signer"].help_text = "Họ và tên người ký tờ trình."


class EntryForm(forms.ModelForm):
    """One entry's texts for the summary table. Each may stay empty until filing, which asks for all."""

    block = forms.ChoiceField(label="Khối", choices=Block)
    field = forms.ChoiceField(label="Lĩnh vực", choices=Field)

    class Meta:
        model = DossierEntry
        fields = SUMMARY

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for name, limit in LIMITS.items():
            field = self.fields[name]
            field.limit = limit
            field.widget.attrs |= {"data-limit": str(limit), "rows": ROWS[name]}
        self.fields["authors"].help_text = "Mỗi người một dòng."
        self.fields["birth_years"].help_text = "Nếu nhiều tác giả, cách nhau bằng dấu phẩy."


class LetterUpload(forms.Form):
    """The scan of the signed letter, one file or several; their content is checked by `upload_files`."""

    file = FilesField(
        label="Tờ trình đã ký (PDF, JPEG hoặc PNG, mỗi tệp tối đa 10 MB)",
        help_text="Một tệp PDF, hoặc nhiều ảnh chụp từng trang, chọn theo thứ tự trang.",
        allow_empty_file=True,
        error_messages={"required": "Hãy chọn tệp tờ trình đã ký."},
    )
    adding = forms.TypedChoiceField(
        label="Đã có tờ trình rồi thì",
        choices=[("", "thay toàn bộ bản đang có"), ("on", "thêm vào sau các tệp đang có")],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, has_letter=True, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        if not has_letter:
            self.fields["adding"].widget = forms.HiddenInput()


def point_at_mistake(form):
    """Put the cursor into the first field that is refused, or into the form's first one, also without JavaScript."""
    if form.errors:
        name = next((name for name in form.fields if name in form.errors), next(iter(form.fields)))
        form.fields[name].widget.attrs["autofocus"] = True
    return form
