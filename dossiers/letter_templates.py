"""Lay down a plan's own form of a paper: checked by filling it in before it is taken, kept with those before."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from config import clock
from dossiers.apart import fill
from dossiers.limits import TEMPLATE_LIMIT, TEMPLATE_LIMIT_MB
from dossiers.models import LetterTemplate, PaperKind, Plan
from dossiers.paper_forms import FORMS
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


def check_template(content, kind=PaperKind.PROPOSAL):
    """Refuse a template (its bytes) that is not a DOCX or cannot be filled in.

    Raises ValidationError: `empty`, `too_large`, or a code of REFUSALS.
    """
    if not content:
        raise ValidationError("Tệp trống. " + HELP, code="empty")
    refuse_too_large(len(content))
    # With nothing to fill in, too: some mistakes only show then.
    for text, entries in (("", 0), (SAMPLE, 1), (SAMPLE, 3)):
        answer = fill(content, sample_values(FORMS[kind], text, entries=entries), is_trial=True)
        if problem := answer.get("problem"):
            raise ValidationError(REFUSALS[problem].format(detail=answer["detail"][:100]), code=problem)


def sample_values(form, text, *, entries):
    """Return this text for every name of a PaperForm, and lists of so many."""
    lists = {name: [dict.fromkeys(parts, text)] * entries for name, parts in form.lists.items()}
    return dict.fromkeys(form.variables, text) | lists


def lay_down(plan, content, *, by, kind=PaperKind.PROPOSAL):
    """Keep a template as the form of a kind of paper of a plan, from now on. `content` is the file's bytes."""
    check_template(content, kind)
    template = LetterTemplate(
        plan=plan,
        kind=kind,
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
            write(
                template,
                "created",
                by=by,
                after={"plan": plan.pk, "kind": kind, "sha256": template.sha256},
                is_first=True,
            )
    except BaseException:
        if template.file:
            template.file.storage.delete(template.file.name)
        raise
    return template
