"""What is on the record under names that are no fields (record/reading.py)."""

from awards.models import CertificateWord, Change, Condition, Kind
from record.reading import KEY

FACTS = [
    {
        "condition": ("điều kiện", Condition.choices),
        "holds": ("đạt", None),
        "kind": ("loại", Kind.choices),
        "place": ("suất", None),
        "award": ("đề nghị", KEY),
        "title": ("sáng kiến", None),
        "complaint": ("đơn", KEY),
        "decision_number": ("số quyết định", None),
        "decision_date": ("ngày quyết định", None),
        "arrived_on": ("ngày nhận bản giấy", None),
        "number": ("số quyết định", None),
        "date": ("ngày quyết định", None),
        "correction_number": ("số văn bản đính chính", None),
        "correction_date": ("ngày văn bản đính chính", None),
        "with_files": ("kèm các tệp", None),
        "awards": ("khen thưởng được cấp mã", KEY),
        "certificate": ("hình thức khen", CertificateWord.choices),
        "change": ("việc", Change.choices),
        "correction": ("đính chính", KEY),
        "draft": ("bản dự thảo", None),
        "hearing": ("lần làm việc", KEY),
        "closes_at": ("lấy ý kiến đến trước", None),
        "held_on": ("ngày làm việc", None),
        "letters": ("số thư", None),
        "paper": ("văn bản", None),
        "list": ("danh sách lấy ý kiến lần", None),
        "version": ("lần", None),
        "present": ("số người có mặt", None),
        "votes": ("biểu quyết, theo số của sáng kiến trong hồ sơ", None),
        "criteria": ("tiêu chí", None),
        "marks_wanted": ("số phiếu chấm cho mỗi sáng kiến", None),
        "gap": ("cần phiếu thứ ba khi chênh quá", None),
    }
]
