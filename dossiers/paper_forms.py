"""The forms of papers that a plan's board may replace: which there are, and the names that each fills in.

A name is shown where a form is replaced; its value is given by the module that makes the paper.
"""

import logging
from dataclasses import dataclass, field
from pathlib import Path

from dossiers.apart import fill
from dossiers.papers import PaperKind

FOLDER = Path(__file__).parent / "documents"
# Appended to the name of a file for which a laid-down form could not be filled in.
SHIPPED_INSTEAD = "-mau-chung"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PaperForm:
    """One kind of paper: what its files are called, and {name: what it stands for}; `lists` has such for each entry."""

    file_name: str
    variables: dict
    lists: dict = field(default_factory=dict)

    @property
    def shipped(self):
        """The path of the site's own form."""
        return FOLDER / f"{self.file_name}.docx"


HEAD = {
    "cong_doan_cap_tren": "tên công đoàn cấp trên, chữ in hoa (dòng đầu, góc trái)",
    "cong_doan": "tên công đoàn ban hành, chữ in hoa",
    "ten_cong_doan": "tên công đoàn ban hành, chữ thường, dùng trong câu",
    "dia_danh": "địa danh, ví dụ Đại Từ",
    "chuong_trinh": "tên chương trình",
    "so_ke_hoach": "số kế hoạch",
    "ngay_ke_hoach": "ngày ban hành kế hoạch",
    "ban": "Ban Thường vụ hoặc Ban Chấp hành",
    "thay_mat": "TM. BAN THƯỜNG VỤ hoặc TM. BAN CHẤP HÀNH",
    "chuc_vu_nguoi_ky": "CHỦ TỊCH, hoặc hai dòng KT. CHỦ TỊCH và PHÓ CHỦ TỊCH",
    "nguoi_ky": "họ tên người ký",
    "ma_doi_chieu": "mã để đối chiếu bản giấy với phần mềm",
}
ENTRY = {
    "stt": "số thứ tự",
    "ten": "tên sáng kiến",
    "tac_gia": "họ tên tác giả, mỗi người một dòng",
    "don_vi": "chức vụ và đơn vị công tác",
    "khoi": "khối",
    "linh_vuc": "lĩnh vực",
    "ma": "mã trên phần mềm",
}
CHOSEN = ENTRY | {
    "cong_doan": "công đoàn đề nghị",
    "hinh_thuc": "Khen thưởng, hoặc Khen thưởng và đề nghị biểu dương",
    "diem": "điểm; để trống khi không chấm",
    "xep_hang": "thứ hạng theo điểm; để trống khi không chấm",
    "bieu_quyet": "kết quả biểu quyết; để trống khi không biểu quyết",
    "ly_do": "lý do chọn khi đồng hạng; để trống khi không có",
}
COUNCIL = HEAD | {
    "du_thao": "DỰ THẢO và lúc lập khi chưa công bố; sau đó để trống",
    "so_sang_kien": "số sáng kiến trong danh sách, hai chữ số",
    "sang_kien": "danh sách sáng kiến theo thứ tự; mỗi mục có các phần dưới đây",
    "so_quyet_dinh": "số quyết định; chưa có thì để chấm",
    "ngay_quyet_dinh": "ngày quyết định; chưa có thì để chấm",
}
MEMBER = {"stt": "số thứ tự", "ten": "họ tên", "chuc_vu": "chức vụ, vai trò", "ly_do": "lý do vắng mặt"}

FORMS = {
    PaperKind.PROPOSAL: PaperForm(
        "to-trinh",
        HEAD
        | {
            "so_to_trinh": "số tờ trình, ví dụ 15/TTr-LĐLĐ; chưa có số thì để chấm",
            "ngay_to_trinh": "ngày tờ trình, ví dụ ngày 05 tháng 01 năm 2021",
            "noi_nhan": "tên LĐLĐ tỉnh, công đoàn ngành nhận hồ sơ",
            "so_sang_kien": "số sáng kiến đề nghị, hai chữ số",
            "sang_kien": "danh sách sáng kiến theo thứ tự; mỗi mục có các phần dưới đây",
        },
        {"sang_kien": ENTRY},
    ),
    PaperKind.MINUTES: PaperForm(
        "bien-ban-hop",
        COUNCIL
        | {
            "bat_dau": "giờ và ngày họp",
            "ngay_hop": "ngày họp",
            "dia_diem": "nơi họp",
            "chu_tri": "họ tên người chủ trì",
            "thu_ky": "họ tên thư ký",
            "so_thanh_vien": "số thành viên hội đồng",
            "so_co_mat": "số thành viên có mặt",
            "so_can_co": "số thành viên phải có mặt",
            "du_so": "đủ hoặc không đủ số thành viên phải có mặt",
            "co_mat": "danh sách thành viên có mặt",
            "vang_mat": "danh sách thành viên vắng mặt",
            "so_bieu_duong": "số sáng kiến đề nghị biểu dương, hai chữ số",
            "bieu_quyet": "danh sách biểu quyết; mỗi mục có các phần như danh sách sáng kiến",
            "dong_hang": "các sáng kiến đồng hạng được chọn có ghi lý do",
            "ket_luan": "kết luận của cuộc họp",
            "dinh_chinh": "các đính chính sau khi chốt biên bản",
        },
        {
            "sang_kien": CHOSEN,
            "bieu_quyet": CHOSEN,
            "dong_hang": CHOSEN,
            "co_mat": MEMBER,
            "vang_mat": MEMBER,
            "dinh_chinh": {"luc": "ngày đính chính", "noi_dung": "nội dung", "nguoi": "người ghi"},
        },
    ),
    PaperKind.DECISION: PaperForm(
        "quyet-dinh", COUNCIL | {"hinh_thuc_khen": "Bằng khen hoặc Giấy khen"}, {"sang_kien": CHOSEN}
    ),
    PaperKind.NOMINATION: PaperForm(
        "de-nghi-bieu-duong",
        COUNCIL | {"noi_nhan": "tên nơi nhận, ví dụ Tổng Liên đoàn Lao động Việt Nam", "so_van_ban": "số, để chấm"},
        {"sang_kien": CHOSEN},
    ),
}


def filled_in(plan, kind, values):
    """Return (bytes of the DOCX, what its file is called) of a paper of a plan.

    A laid-down form that cannot be filled in is no reason to leave anybody without the paper: it gets the site's own,
    and the file's name says so.
    """
    form, name = FORMS[kind], FORMS[kind].file_name
    if template := plan.letter_templates.filter(kind=kind).order_by("-pk").first():
        with template.file.open("rb") as file:
            answer = fill(file.read(), values)
        if "document" in answer:
            return answer["document"], name
        name += SHIPPED_INSTEAD
        log.error("Paper template %s cannot be filled in: %s", template.pk, answer)
    return fill(form.shipped.read_bytes(), values)["document"], name
