"""What an initiative keeps of a person, and what stands in its place once the person was forgotten (R19)."""

FORGOTTEN_NAME = "Tác giả đã được xóa tên"
FORGOTTEN = {
    "full_name": FORGOTTEN_NAME,
    "birth_year": None,
    "gender": "",
    "phone": "",
    "email": "",
    "job_title": "",
    "collective": "",
    "co_authors": "",
}
