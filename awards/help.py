"""What each page of the admin is for, in two sentences at most, and where the guide says more: all in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Help:
    """`words` are empty where the page says by itself what to do; `chapter` is an anchor of the guide."""

    words: str
    chapter: str = ""
    guide: str = "hoi-dong"


def help_of(page):
    """Return the Help of the admin's page of this name, or None. Every page of history is about the record."""
    return PAGES.get(page) or (Help(RECORD) if page.endswith("_history") else None)


DOSSIERS, ASKING, MARKING, CHOOSING = "ho-so", "lay-y-kien", "cham-diem", "xet-chon"
PAPERS, PUBLISHING, PEOPLE = "van-ban", "cong-bo", "tai-khoan"
RECORD = "Nhật ký ghi lại ai đã làm gì, lúc nào, trước và sau ra sao. Nhật ký không sửa, không xóa được."
NATIONAL, ACCOUNTS, LETTER_FORMS = {"guide": "tong-lien-doan"}, {"guide": "tai-khoan"}, {"guide": "mau-to-trinh"}
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
    "awards_judge_together": Help("", DOSSIERS),
    "awards_complaint_changelist": Help("", ASKING),
    "awards_complaint_add": Help("", ASKING),
    "awards_complaint_change": Help("", ASKING),
    "awards_consultation_changelist": Help("", ASKING),
    "awards_consultation_change": Help("", ASKING),
    "awards_preview_shortlist": Help("", ASKING),
    "awards_scoring_changelist": Help(
        "Chọn kế hoạch để chấm điểm, đặt tiêu chí, ghi tên hội đồng. Chưa nộp phiếu của mình thì chưa thấy điểm của "
        "người khác.",
        MARKING,
    ),
    "awards_scoring_change": Help(
        "Chấm các sáng kiến ở “Phần của tôi” rồi nộp phiếu. Chủ tịch và thư ký theo dõi ở mục “Tiến độ”.", MARKING
    ),
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
    "dossiers_lettertemplate_add": Help(
        "Chọn loại văn bản rồi tải tệp Word lên; mẫu sai chỗ nào thì trang nói rõ và mẫu cũ vẫn dùng.", **LETTER_FORMS
    ),
    "dossiers_lettertemplate_change": Help("Tải mẫu này về để xem hoặc sửa tiếp.", **LETTER_FORMS),
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
    "dossiers_extension_change": Help("Gia hạn đã cấp thì không sửa; cần thêm ngày thì gia hạn lần nữa.", DOSSIERS),
    "dossiers_plan_add": Help(
        "Ghi chỉ tiêu, hạn nộp, số suất như trong kế hoạch đã ký. Có hồ sơ đầu tiên thì các số này khóa lại.",
        **NATIONAL,
    ),
    "dossiers_plan_change": Help(
        "Chỉ tiêu, hạn nộp, số suất do Tổng Liên đoàn đặt và khóa lại khi có hồ sơ đầu tiên. Đơn vị cần thêm ngày thì "
        "gia hạn riêng cho đơn vị đó.",
        DOSSIERS,
    ),
    "dossiers_plan_changelist": Help(
        "Kế hoạch giữ chỉ tiêu, hạn nộp và số suất. Tổng Liên đoàn đặt các số này; có hồ sơ đầu tiên thì khóa lại.",
        DOSSIERS,
    ),
    "accounts_union_changelist": Help(
        "Danh sách công đoàn để người gửi chọn nơi làm việc. Sửa tên ở đây thì mọi trang đổi theo.", PEOPLE
    ),
    "accounts_union_add": Help(
        "Chọn cấp trên trực tiếp rồi ghi tên đầy đủ. Lưu rồi thì người gửi chọn được ngay đơn vị này.", PEOPLE
    ),
    "accounts_union_change": Help(
        "Sửa tên, mã hoặc cho ngừng hoạt động. Đơn vị đã có sáng kiến thì không chuyển sang cấp trên khác được.", PEOPLE
    ),
    "accounts_user_changelist": Help("Mọi tài khoản vào được trang này và trang Công đoàn.", **ACCOUNTS),
    "accounts_user_add": Help(
        "Ghi họ tên, tên đăng nhập và vai trò. Mời qua e-mail ở trang Cán bộ thì người được mời tự đặt mật khẩu.",
        **ACCOUNTS,
    ),
    "accounts_user_change": Help(
        "Sửa họ tên, vai trò, đơn vị; bỏ dấu “Hoạt động” để khóa tài khoản. Nhật ký còn nhắc tới nên không xóa được.",
        **ACCOUNTS,
    ),
    "initiatives_initiative_change": Help(
        "Nội dung đúng như tác giả gửi; muốn biết đã có những việc gì, bấm “Nhật ký”. Trang này chỉ để xem.", DOSSIERS
    ),
    "initiatives_initiative_changelist": Help(
        "Mọi sáng kiến gửi về tỉnh, ngành. Trang này chỉ để tra cứu; rà soát làm ở trang Công đoàn.", DOSSIERS
    ),
    "record_seal_changelist": Help(
        "Mỗi ngày nhật ký được niêm phong một lần. In hoặc chép lại số và dấu, giữ ở nơi khác để so về sau.", PAPERS
    ),
    "record_seal_change": Help(
        "Niêm phong này gồm mọi việc đã ghi đến số cuối. Dấu khác với bản đã in thì nhật ký đã bị sửa.", PAPERS
    ),
    # What only the General Confederation and administrators open.
    "awards_nominations_changelist": Help("Chọn chương trình để xem những gì các tỉnh, ngành đã đề nghị.", **NATIONAL),
    "awards_nominations_change": Help("", **NATIONAL),
    "awards_national_totals": Help("", **NATIONAL),
    "awards_publish_honours": Help(
        "Ghi số, ngày quyết định, xem lại danh sách rồi công bố. Công bố rồi thì chỉ đính chính, có lý do.", **NATIONAL
    ),
    "awards_correct_honour": Help("", **NATIONAL),
    "awards_copy_campaign": Help("", **NATIONAL),
    "awards_copy_plans": Help("", **NATIONAL),
    "initiatives_campaign_changelist": Help(
        "Mỗi lần tổ chức là một chương trình; trang chủ dẫn tới chương trình đang chạy. Chương trình mới nên tạo từ "
        "chương trình trước.",
        **NATIONAL,
    ),
    "initiatives_campaign_add": Help("Ghi tên, ngày mở, ngày đóng, người giải đáp.", **NATIONAL),
    "initiatives_campaign_change": Help(
        "Đổi ngày đóng thì có hiệu lực ngay với mọi người đang gửi. Sửa lời đồng ý thì đổi cả phiên bản.", **NATIONAL
    ),
    "initiatives_removalrequest_changelist": Help(
        "Tác giả xin xóa thông tin cá nhân. Làm xong trước hạn ghi ở từng dòng.", **NATIONAL
    ),
    "initiatives_removalrequest_change": Help("", **NATIONAL),
    "outbox_message_changelist": Help(
        "Thư chờ gửi và thư đã gửi. Thư hỏng nhiều lần thì xem địa chỉ rồi báo người gửi bằng cách khác.", **NATIONAL
    ),
    "outbox_message_change": Help("Nội dung thư như đã gửi hoặc sẽ gửi. Trang này chỉ để xem.", **NATIONAL),
    "record_event_changelist": Help(RECORD, **NATIONAL),
    "record_event_change": Help(RECORD, **NATIONAL),
}
