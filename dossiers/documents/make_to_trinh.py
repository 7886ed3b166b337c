"""Make to-trinh.docx, the site's own form of the proposal letter, by Decree 30/2020 on administrative documents.

Run `python -m dossiers.documents.make_to_trinh` after a change here and commit both; a test compares them.
"""

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt

from dossiers.documents import layout
from dossiers.documents.layout import paragraph

COLUMNS = [
    ("STT", 13, "{{ muc.stt }}", True),
    ("Tên sáng kiến", 36, "{{ muc.ten }}", False),
    ("Tác giả", 30, "{{ muc.tac_gia }}", False),
    ("Chức vụ, đơn vị", 34, "{{ muc.don_vi }}", False),
    ("Lĩnh vực", 23, "{{ muc.linh_vuc }}", False),
    ("Mã", 29, "{{ muc.ma }}", True),
]
BASIS = [
    "Căn cứ Kế hoạch số {{ so_ke_hoach }} {{ ngay_ke_hoach }} của {{ noi_nhan }} về triển khai Chương trình "
    "“{{ chuong_trinh }}”;",
    "Căn cứ kết quả rà soát các sáng kiến của đoàn viên, công chức, viên chức, người lao động đã cập nhật trên phần "
    "mềm quản lý sáng kiến.",
]
REQUEST = (
    "{{ ban }} {{ ten_cong_doan }} kính trình {{ noi_nhan }} xem xét, khen thưởng và đề nghị Tổng Liên đoàn Lao động "
    "Việt Nam biểu dương {{ so_sang_kien }} sáng kiến, xếp theo thứ tự ưu tiên sau đây:"
)
CLOSING = [
    "Nội dung từng sáng kiến có trong Bảng tổng hợp tóm tắt sáng kiến gửi kèm theo Tờ trình này (mã đối chiếu với phần "
    "mềm: {{ ma_doi_chieu }}). {{ ban }} {{ ten_cong_doan }} chịu trách nhiệm về tính chính xác của các thông tin nêu "
    "trên.",
    "Kính đề nghị {{ noi_nhan }} xem xét, quyết định./.",
]


def make():
    """Return the template as a python-docx document."""
    document = layout.begun()
    layout.write_head(
        document,
        ["{{ cong_doan_cap_tren }}", "{{ cong_doan }}", "Số: {{ so_to_trinh }}"],
        "{{ dia_danh }}, {{ ngay_to_trinh }}",
    )
    subject = "Về việc đề nghị xét chọn sáng kiến\ntrong Chương trình “{{ chuong_trinh }}”"
    layout.write_title(document, "TỜ TRÌNH", subject)
    addressed = paragraph(document, "Kính gửi: {{ noi_nhan }}\n(qua Ban Chính sách pháp luật)", align=ALIGN.CENTER)
    addressed.paragraph_format.space_before = addressed.paragraph_format.space_after = Pt(12)
    for text in BASIS:
        paragraph(document, text, indent=True, is_italic=True)
    paragraph(document, REQUEST, indent=True)
    layout.write_list(document, COLUMNS, "sang_kien")
    for text in CLOSING:
        last = paragraph(document, text, indent=True)
    last.paragraph_format.keep_with_next = True  # a signature never stands alone on a page
    signatures = ["{{ thay_mat }}", "{{ chuc_vu_nguoi_ky }}", "{{ nguoi_ky }}"]
    layout.write_foot(document, ["- Như trên;", "- Lưu: VT."], signatures)
    return layout.described(document, "Tờ trình")


if __name__ == "__main__":
    make().save(layout.FOLDER / "to-trinh.docx")
