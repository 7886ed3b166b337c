"""Lay down a plan's own form of the letter: checked by filling it in before it is taken, kept with those before."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from config import clock
from dossiers.letter_drafts import ENTRY_VARIABLES, VARIABLES
from dossiers.letter_filling import fill_apart as fill
from dossiers.limits import TEMPLATE_LIMIT, TEMPLATE_LIMIT_MB
from dossiers.models import LetterTemplate, Plan
from record.writing import write

HELP = "Hãy lưu mẫu bằng Word với kiểu tệp “Word Document (*.docx)”."
REFUSALS = {
    "wrong_type": "Tệp này không phải văn bản Word (.docx). " + HELP,
    "broken": "Tệp này bị hỏng hoặc quá phức tạp, không điền thử được. " + HELP,
    "unsafe": "Tệp này có macro, tệp nhúng, liên kết ra ngoài hoặc lệnh không cho phép nên không nhận. " + HELP,
    "unknown_variable": "Mẫu dùng tên không có trong danh sách ({detail}). Hãy xem lại các tên trong ngoặc nhọn.",
    "wrong_syntax": "Phần trong ngoặc nhọn viết chưa đúng ({detail}). Hãy so với mẫu chung.",
    "misplaced": "Lệnh lặp hoặc tên trong ngoặc nhọn đặt sai chỗ nên Word không mở được văn bản. Hãy so với mẫu chung.",
}
SAMPLE = "Mẫu thử <&> {{ }}\n" + "chữ " * 20


def refuse_too_large(size):
    if size > TEMPLATE_LIMIT:
        raise ValidationError(f"Tệp quá {TEMPLATE_LIMIT_MB} MB. Hãy giảm cỡ hình trong mẫu.", code="too_large")


def check_template(content):
    """Refuse a template (its bytes) that is not a DOCX or cannot be filled in.

    Raises ValidationError: `empty`, `too_large`, or a code of REFUSALS.
    """
    if not content:
        raise ValidationError("Tệp trống. " + HELP, code="empty")
    refuse_too_large(len(content))
    # With nothing to fill in, too: some mistakes only show then.
    for values in (sample_values("", entries=0), sample_values(SAMPLE, entries=1), sample_values(SAMPLE, entries=3)):
        answer = fill(content, values, is_trial=True)
        if problem := answer.get("problem"):
            raise ValidationError(REFUSALS[problem].format(detail=answer["detail"][:100]), code=problem)


def sample_values(text, *, entries):
    """Return this text for every name, and so many entries."""
    return dict.fromkeys(VARIABLES, text) | {"sang_kien": [dict.fromkeys(ENTRY_VARIABLES, text)] * entries}


def lay_down(plan, content, *, by):
    """Keep a template as the form of the letter for a plan's unions, from now on. `content` is the file's bytes."""
    check_template(content)
    template = LetterTemplate(
        plan=plan,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    try:
        with transaction.atomic():
            Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
            template.file.save("template", ContentFile(content), save=False)
            template.save()
            write(template, "created", by=by, after={"plan": plan.pk, "sha256": template.sha256}, is_first=True)
    except BaseException:
        if template.file:
            template.file.storage.delete(template.file.name)
        raise
    return template
