"""Make the site's own forms of the council's papers: minutes, decision with its list, request to the Confederation.

Run `python -m dossiers.documents.make_council_papers` after a change here and commit what it makes; a test compares.
"""

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from dossiers.documents import layout
from dossiers.documents.layout import paragraph

DATED = "{{ dia_danh }}, {{ ngay_quyet_dinh }}"
ON_PLAN = (
    "Căn cứ Kế hoạch số {{ so_ke_hoach }} {{ ngay_ke_hoach }} của {{ ten_cong_doan }} về triển khai Chương trình "
    "“{{ chuong_trinh }}”"
)
MARK = "Mã đối chiếu danh sách với phần mềm: {{ ma_doi_chieu }}"
SIGNATURES = ["{{ thay_mat }}", "{{ chuc_vu_nguoi_ky }}", "{{ nguoi_ky }}"]
STT = ("STT", 12, "{{ muc.stt }}", True)
TITLE = ("Tên sáng kiến", 45, "{{ muc.ten }}", False)
AUTHORS = ("Tác giả", 34, "{{ muc.tac_gia }}", False)
PLACE = ("Chức vụ, đơn vị công tác", 40, "{{ muc.don_vi }}", False)
UNION = ("Công đoàn đề nghị", 34, "{{ muc.cong_doan }}", False)
ANNEX = [STT, AUTHORS, PLACE, TITLE, UNION]
IN_MINUTES = [
    STT,
    ("Tên sáng kiến", 46, "{{ muc.ten }}", False),
    ("Tác giả", 32, "{{ muc.tac_gia }}", False),
    ("Công đoàn đề nghị", 30, "{{ muc.cong_doan }}", False),
    ("Hình thức", 25, "{{ muc.hinh_thuc }}", False),
    ("Điểm, hạng", 20, "{{ muc.diem }}\n{{ muc.xep_hang }}", True),
]
VOTES = [
    STT,
    ("Tên sáng kiến", 68, "{{ muc.ten }}", False),
    ("Công đoàn đề nghị", 40, "{{ muc.cong_doan }}", False),
    ("Kết quả biểu quyết", 45, "{{ muc.bieu_quyet }}", False),
]


def minutes():
    document = layout.begun()
    layout.write_head(
        document, ["{{ cong_doan }}", "HỘI ĐỒNG XÉT CHỌN SÁNG KIẾN", "{{ du_thao }}"], "{{ dia_danh }}, {{ ngay_hop }}"
    )
    subject = "Họp xét chọn sáng kiến\ntrong Chương trình “{{ chuong_trinh }}”"
    layout.write_title(document, "BIÊN BẢN", subject)
    first = say(document, "Thời gian: {{ bat_dau }}. Địa điểm: {{ dia_diem }}.")
    first.paragraph_format.space_before = Pt(12)
    heading(document, "I. THÀNH PHẦN")
    say(document, "Chủ trì: {{ chu_tri }}. Thư ký: {{ thu_ky }}.")
    say(
        document,
        "Hội đồng có {{ so_thanh_vien }} thành viên, có mặt {{ so_co_mat }}. Số phải có mặt để họp: {{ so_can_co }}. "
        "Cuộc họp {{ du_so }} số thành viên phải có mặt.",
    )
    say(document, "Có mặt:")
    each(document, "co_mat", "{{ muc.stt }}. {{ muc.ten }}{% if muc.chuc_vu %}, {{ muc.chuc_vu }}{% endif %}")
    say(document, "Vắng mặt:{% if not vang_mat %} không.{% endif %}")
    each(document, "vang_mat", "{{ muc.stt }}. {{ muc.ten }}{% if muc.ly_do %}: {{ muc.ly_do }}{% endif %}")
    heading(document, "II. NỘI DUNG")
    say(document, ON_PLAN + ", hội đồng xét các sáng kiến của những hồ sơ hợp lệ.")
    say(
        document,
        "1. Danh sách được chọn: {{ so_sang_kien }} sáng kiến đề nghị khen thưởng, trong đó {{ so_bieu_duong }} sáng "
        "kiến đề nghị Tổng Liên đoàn Lao động Việt Nam biểu dương.",
    )
    layout.write_list(document, IN_MINUTES, "sang_kien", size=11)
    say(document, MARK + ".", is_italic=True)
    say(document, "2. Biểu quyết:{% if not bieu_quyet %} hội đồng không biểu quyết từng sáng kiến.{% endif %}")
    tag(document, "{%p if bieu_quyet %}")
    layout.write_list(document, VOTES, "bieu_quyet", size=11)
    tag(document, "{%p endif %}")
    say(document, "3. Sáng kiến đồng hạng và lý do chọn:{% if not dong_hang %} không có.{% endif %}")
    each(document, "dong_hang", "- {{ muc.ten }}: {{ muc.ly_do }}")
    heading(document, "III. KẾT LUẬN")
    say(document, "{{ ket_luan }}", align=ALIGN.LEFT)  # its own line breaks would stretch lines that are justified
    tag(document, "{%p for muc in dinh_chinh %}")
    say(document, "Đính chính ngày {{ muc.luc }} ({{ muc.nguoi }}): {{ muc.noi_dung }}", align=ALIGN.LEFT)
    tag(document, "{%p endfor %}")
    last = say(document, "Biên bản đã được thông qua tại cuộc họp.")
    last.paragraph_format.keep_with_next, last.paragraph_format.space_after = True, Pt(18)
    left, right = layout.side_by_side(document, 82, 83)
    layout.sign(left, ["THƯ KÝ", "{{ thu_ky }}"])
    layout.sign(right, ["CHỦ TRÌ", "{{ chu_tri }}"])
    return layout.described(document, "Biên bản họp xét chọn sáng kiến")


def decision():
    document = layout.begun()
    layout.write_head(document, ["{{ cong_doan_cap_tren }}", "{{ cong_doan }}", "Số: {{ so_quyet_dinh }}"], DATED)
    drafted(document)
    subject = "Về việc khen thưởng sáng kiến\ntrong Chương trình “{{ chuong_trinh }}”"
    layout.write_title(document, "QUYẾT ĐỊNH", subject)
    office = paragraph(document, "{{ ban|upper }} {{ cong_doan }}", align=ALIGN.CENTER, is_bold=True)
    office.paragraph_format.space_before = office.paragraph_format.space_after = Pt(12)
    for basis in (
        "Căn cứ Điều lệ Công đoàn Việt Nam;",
        ON_PLAN + ";",
        "Căn cứ kết quả họp của hội đồng xét chọn sáng kiến.",
    ):
        say(document, basis, is_italic=True)
    paragraph(document, "QUYẾT ĐỊNH:", align=ALIGN.CENTER, is_bold=True).paragraph_format.space_after = Pt(6)
    article(
        document,
        "Điều 1.",
        "Tặng {{ hinh_thuc_khen }} của {{ ban }} {{ ten_cong_doan }} cho tác giả, nhóm tác giả của {{ so_sang_kien }} "
        "sáng kiến trong Chương trình “{{ chuong_trinh }}” (có danh sách kèm theo).",
    )
    article(
        document,
        "Điều 2.",
        "Mức tiền thưởng kèm theo {{ hinh_thuc_khen }} thực hiện theo quy định hiện hành của Tổng Liên đoàn Lao động "
        "Việt Nam.",
    )
    last = article(
        document,
        "Điều 3.",
        "Văn phòng, các ban {{ ten_cong_doan }}, các công đoàn cấp dưới có liên quan và tác giả, nhóm tác giả có tên "
        "trong danh sách chịu trách nhiệm thi hành Quyết định này./.",
    )
    last.paragraph_format.keep_with_next = True
    layout.write_foot(document, ["- Tổng Liên đoàn (để báo cáo);", "- Như Điều 3;", "- Lưu: VT, CSPL."], SIGNATURES)
    annex(document)
    return layout.described(document, "Quyết định khen thưởng sáng kiến")


def annex(document):
    """The list begins a new page, and says which decision it belongs to."""
    document.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = False
    paragraph(document, "PHỤ LỤC", align=ALIGN.CENTER, size=14, is_bold=True)
    paragraph(document, "Danh sách sáng kiến được tặng {{ hinh_thuc_khen }}", align=ALIGN.CENTER, is_bold=True)
    about = "(Kèm theo Quyết định số {{ so_quyet_dinh }} {{ ngay_quyet_dinh }} của {{ ban }} {{ ten_cong_doan }})"
    paragraph(document, about, align=ALIGN.CENTER, is_italic=True)
    drafted(document)
    layout.rule(document, 60)
    paragraph(document, "")
    layout.write_list(document, ANNEX, "sang_kien")
    paragraph(document, "Danh sách có {{ so_sang_kien }} sáng kiến. " + MARK + ".", is_italic=True)


def nomination():
    document = layout.begun()
    layout.write_head(
        document,
        ["{{ cong_doan_cap_tren }}", "{{ cong_doan }}", "Số: {{ so_van_ban }}"],
        "{{ dia_danh }}, ngày … tháng … năm …",
    )
    drafted(document)
    subject = "Về việc đề nghị biểu dương sáng kiến\ntrong Chương trình “{{ chuong_trinh }}”"
    layout.write_title(document, "TỜ TRÌNH", subject)
    addressed = paragraph(document, "Kính gửi: {{ noi_nhan }}", align=ALIGN.CENTER)
    addressed.paragraph_format.space_before = addressed.paragraph_format.space_after = Pt(12)
    say(document, ON_PLAN + ";", is_italic=True)
    basis = (
        "Căn cứ Quyết định số {{ so_quyet_dinh }} {{ ngay_quyet_dinh }} của {{ ban }} {{ ten_cong_doan }} về việc khen "
    )
    say(document, basis + "thưởng sáng kiến trong Chương trình.", is_italic=True)
    say(
        document,
        "{{ ban }} {{ ten_cong_doan }} kính trình {{ noi_nhan }} xem xét, biểu dương {{ so_sang_kien }} sáng kiến tiêu "
        "biểu, được chọn trong số các sáng kiến đã được khen thưởng:",
    )
    layout.write_list(document, ANNEX, "sang_kien")
    closing = "Gửi kèm theo: danh sách và trang giới thiệu từng sáng kiến (" + MARK[0].lower() + MARK[1:] + ")."
    say(document, closing)
    last = say(document, "Kính đề nghị {{ noi_nhan }} xem xét, quyết định./.")
    last.paragraph_format.keep_with_next = True
    layout.write_foot(document, ["- Như trên;", "- Lưu: VT, CSPL."], SIGNATURES)
    return layout.described(document, "Tờ trình đề nghị biểu dương sáng kiến")


def say(document, text, **style):
    return paragraph(document, text, indent=True, **style)


def heading(document, text):
    made = paragraph(document, text, is_bold=True)
    made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(6)
    made.paragraph_format.keep_with_next = True


def article(document, number, text):
    made = paragraph(document, number, indent=True, is_bold=True)
    layout.write(made, f" {text}")
    return made


def each(document, name, text):
    """A line for each entry of a list."""
    tag(document, f"{{%p for muc in {name} %}}")
    made = paragraph(document, text, align=ALIGN.LEFT)
    made.paragraph_format.left_indent, made.paragraph_format.space_after = Mm(15), Pt(3)
    tag(document, "{%p endfor %}")


def drafted(document):
    """Say that it is a draft, where it is one; else nothing stands here."""
    tag(document, "{%p if du_thao %}")
    paragraph(document, "{{ du_thao }}", align=ALIGN.CENTER, is_bold=True).paragraph_format.space_before = Pt(6)
    tag(document, "{%p endif %}")


def tag(document, text):
    paragraph(document, text)


# The name of each file → what makes it.
MAKERS = {"bien-ban-hop": minutes, "quyet-dinh": decision, "de-nghi-bieu-duong": nomination}

if __name__ == "__main__":
    for name, make in MAKERS.items():
        make().save(layout.FOLDER / f"{name}.docx")
