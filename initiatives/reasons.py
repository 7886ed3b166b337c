"""Why an initiative is not accepted, as its author reads it. Whoever screens picks a sentence, or types, or both."""

from django.db import models

from config.text import clean


class Reason(models.TextChoices):
    UNCLEAR = "unclear", "Chưa mô tả rõ cách làm, chưa đủ để đánh giá."
    EFFECT = "effect", "Chưa nêu được hiệu quả cụ thể khi áp dụng."
    NOT_APPLIED = "not_applied", "Chưa được áp dụng trong thời gian của chương trình."
    NO_FIELD = "no_field", "Không thuộc lĩnh vực nào của chương trình."
    NOT_NEW = "not_new", "Là việc làm thường ngày theo nhiệm vụ, chưa có điểm mới."
    SAME_AUTHOR = "same_author", "Trùng với một sáng kiến khác mà bạn đã gửi."
    COPIED = "copied", "Nội dung trùng với sáng kiến của người khác."
    NOT_OURS = "not_ours", "Tác giả không thuộc công đoàn này."


def reason_in(posted):
    """Return the reason of a posted form: the sentence that was picked and what was typed, each on its line."""
    picked = dict(Reason.choices).get(posted.get("picked"), "")
    return clean(f"{picked}\n{clean(posted.get('reason', ''))}")
