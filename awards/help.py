"""What each page of the admin is for, in two sentences at most, and where the guide says more: all in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Help:
    """`words` are empty where the page says by itself what to do; `chapter` is an anchor of the board's guide."""

    words: str
    chapter: str


DOSSIERS, ASKING, MARKING, CHOOSING = "ho-so", "lay-y-kien", "cham-diem", "xet-chon"
PAPERS, PUBLISHING, PEOPLE = "van-ban", "cong-bo", "tai-khoan"
RECORD = "Nhật ký ghi lại ai đã làm gì, lúc nào, trước và sau ra sao. Nhật ký không sửa, không xóa được."
# The page's name among the admin's addresses → its help.
PAGES = {
    "index": Help("Đây là những việc đang chờ. Bấm vào một con số để mở đúng những dòng mà số đó đếm.", "trang-dau"),
    "awards_fileddossier_changelist": Help(
        "Bấm vào một đơn vị để đọc hồ sơ và kết luận. Nhiều hồ sơ không có gì vướng thì đánh dấu rồi bấm "
        "“Kết luận nhiều hồ sơ”.",
        DOSSIERS,
    ),
    "awards_fileddossier_change": Help(
        "Đọc tờ trình và bảng tổng hợp, ghi hai điều kiện còn lại rồi kết luận về hồ sơ. Mọi kết luận đều có lý do và "
        "được ghi vào nhật ký.",
        DOSSIERS,
    ),
    "awards_fileddossier_history": Help(RECORD, DOSSIERS),
    "awards_judge_together": Help("", DOSSIERS),
    "awards_complaint_changelist": Help("", ASKING),
    "awards_complaint_add": Help("", ASKING),
    "awards_complaint_change": Help(
        "Thụ lý hoặc không thụ lý đơn, ghi các buổi làm việc, rồi kết luận. Người gửi đơn và giấy tờ chỉ hội đồng đọc "
        "được.",
        ASKING,
    ),
    "awards_complaint_history": Help(RECORD, ASKING),
    "awards_consultation_changelist": Help("", ASKING),
    "awards_consultation_change": Help("", ASKING),
    "awards_consultation_history": Help(RECORD, ASKING),
    "awards_preview_shortlist": Help("", ASKING),
    "awards_scoring_changelist": Help(
        "Chọn kế hoạch để chấm điểm, đặt tiêu chí, ghi tên hội đồng. Chưa nộp phiếu của mình thì chưa thấy điểm của "
        "người khác.",
        MARKING,
    ),
    "awards_scoring_change": Help(
        "Chấm các sáng kiến ở “Phần của tôi” rồi nộp phiếu. Chủ tịch và thư ký theo dõi ở mục “Tiến độ”.", MARKING
    ),
    "awards_scoring_history": Help(RECORD, MARKING),
    "awards_criteria": Help("", MARKING),
    "awards_council": Help("", MARKING),
    "awards_member": Help(
        "Sửa họ tên, nhiệm vụ và công đoàn của thành viên. Thành viên không chấm sáng kiến của công đoàn mình.", MARKING
    ),
    "awards_sheet": Help("", MARKING),
    "awards_standings": Help("", MARKING),
    "awards_selection_changelist": Help(
        "Chọn kế hoạch để xét chọn, lập văn bản và công bố. Chưa công bố thì ngoài hội đồng không ai thấy.", CHOOSING
    ),
    "awards_selection_change": Help("", CHOOSING),
    "awards_selection_history": Help(RECORD, CHOOSING),
    "awards_papers": Help("", PAPERS),
    "awards_paper_settings": Help(
        "Ghi tên công đoàn, địa danh, người ký như sẽ in trên văn bản. Lưu rồi tải lại văn bản để xem.", PAPERS
    ),
    "awards_new_meeting": Help("", PAPERS),
    "awards_meeting": Help("", PAPERS),
    "awards_archives": Help("", PAPERS),
    "dossiers_lettertemplate_changelist": Help(
        "Mẫu tải lên sau cùng là mẫu đang dùng. Muốn thay mẫu, bấm “Thêm” rồi tải tệp Word lên.", PAPERS
    ),
    "awards_publish": Help(
        "Xem kỹ danh sách, thư sẽ gửi và việc còn bỏ dở rồi mới công bố. Công bố rồi không chọn lại được.", PUBLISHING
    ),
    "awards_publication_changelist": Help(
        "Chọn một kết quả đã công bố để xem, điều chỉnh hoặc đọc thư báo kết quả. Mọi điều chỉnh đều công khai.",
        PUBLISHING,
    ),
    "awards_publication_change": Help("", PUBLISHING),
    "awards_amend": Help("", PUBLISHING),
    "awards_letters": Help("", PUBLISHING),
    "dossiers_extension_changelist": Help(
        "Gia hạn cho một đơn vị nộp hồ sơ muộn, có lý do. Bấm “Thêm” để gia hạn; đơn vị nhận thư báo.", DOSSIERS
    ),
    "dossiers_extension_add": Help("Chọn đơn vị, ghi hạn mới và lý do. Lưu rồi thì đơn vị nhận thư báo.", DOSSIERS),
    "dossiers_plan_changelist": Help(
        "Kế hoạch giữ chỉ tiêu, hạn nộp và số suất. Tổng Liên đoàn đặt các số này; có hồ sơ đầu tiên thì khóa lại.",
        DOSSIERS,
    ),
    "accounts_union_changelist": Help(
        "Danh sách công đoàn để người gửi chọn nơi làm việc. Sửa tên ở đây thì mọi trang đổi theo.", PEOPLE
    ),
    "initiatives_initiative_changelist": Help(
        "Mọi sáng kiến gửi về tỉnh, ngành. Trang này chỉ để tra cứu; rà soát làm ở trang Công đoàn.", DOSSIERS
    ),
    "record_seal_changelist": Help(
        "Mỗi ngày nhật ký được niêm phong một lần. In hoặc chép lại số và dấu, giữ ở nơi khác để so về sau.", PAPERS
    ),
}
