"""What is on the record under names that are no fields (record/reading.py)."""

from record.reading import KEY

FACTS = [
    {
        "plan": ("kế hoạch", KEY),
        "quota": ("chỉ tiêu", None),
        "entry": ("sáng kiến trong hồ sơ", KEY),
        "entries": ("thứ tự các sáng kiến trong hồ sơ, theo số", None),
        "rank": ("thứ tự", None),
        "letter": ("tờ trình", KEY),
        "files": ("tệp", None),
        "filing": ("lần nộp", None),
        "arrived_at": ("nộp lúc", None),
        "deadline": ("hạn nộp khi đó", None),
    }
]
