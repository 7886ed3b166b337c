"""Form fields for files that are looked into afterwards; here only their sizes are judged."""

from django import forms
from django.core.exceptions import ValidationError

from dossiers.limits import LETTER_MOST_MB_AT_ONCE
from dossiers.scans import refuse_too_large


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in the order in which they were picked; its value is a list."""

    widget = FilesInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def clean(self, data, initial=None):
        if not data and not self.required:
            return []
        files = [super(FilesField, self).clean(file, initial) for file in data or [None]]
        for file in files:
            refuse_too_large(file.size)
        total = sum(file.size for file in files) / 1024 / 1024
        if total > LETTER_MOST_MB_AT_ONCE:
            raise ValidationError(
                f"Các tệp nặng {total:.0f} MB, mỗi lần tối đa {LETTER_MOST_MB_AT_ONCE} MB. Hãy tải lên làm nhiều lần.",
                code="too_large",
            )
        return files
