"""What is on the record under names that are no fields (record/reading.py)."""

from record.reading import KEY

FACTS = [
    {
        "content": ("dấu của nội dung", None),
        "campaign": ("chương trình", KEY),
        "name": ("tên", None),
        "unit": ("đơn vị", KEY),
        "branch": ("công đoàn cấp trên", KEY),
        "row": ("dòng trên phiếu nhập", None),
        "import": ("lần nhập", KEY),
        "kind": ("loại", None),
        "query": ("bộ lọc", None),
        "contacts": ("có thông tin liên hệ", None),
        "rows": ("số dòng", None),
        "initiative": ("sáng kiến", None),
        "status": ("trạng thái", None),
        "reason": ("lý do", None),
        "file": ("tệp", None),
        "sha256": ("dấu SHA-256", None),
        "state": ("trạng thái", None),
    }
]
