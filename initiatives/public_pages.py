"""What search engines and shared links say of each public page. A page that is not named here asks not to be listed."""

from typing import NamedTuple


class About(NamedTuple):
    title: str
    description: str


# By the name of the page in urls.py.
ABOUT = {
    "landing": About(
        "Gửi sáng kiến tới Công đoàn Việt Nam",
        "Đoàn viên, người lao động cả nước gửi sáng kiến đã làm được tại nơi làm việc. Năm phút, không cần tài khoản.",
    ),
    "initiative_form": About(
        "Gửi sáng kiến",
        "Phiếu gửi sáng kiến một trang, điền trên điện thoại trong khoảng năm phút, không cần tài khoản hay e-mail.",
    ),
    "follow": About(
        "Theo dõi sáng kiến đã gửi",
        "Xem sáng kiến của bạn đã tới đâu, sửa hoặc rút, bằng mã sáng kiến và số điện thoại.",
    ),
    "lost_code": About(
        "Lấy lại mã sáng kiến",
        "Mất mã hoặc đường dẫn riêng? Ghi số điện thoại đã dùng khi gửi để nhận lại qua e-mail đã ghi.",
    ),
    "guide": About(
        "Hướng dẫn gửi sáng kiến",
        "Hướng dẫn từng bước có hình, bài mẫu cho năm lĩnh vực, những gì không phải sáng kiến, câu hỏi thường gặp.",
    ),
    "statistics": About(
        "Thống kê sáng kiến cả nước",
        "Số sáng kiến đã gửi so với chỉ tiêu, theo tỉnh, thành phố, ngành, lĩnh vực và khối, cập nhật mỗi phút.",
    ),
    "results": About(
        "Kết quả xét chọn sáng kiến",
        "Sáng kiến được khen thưởng và được đề nghị Tổng Liên đoàn biểu dương, theo quyết định đã công bố.",
    ),
    "poster": About(
        "Mã QR để gửi sáng kiến",
        "Mã QR và tờ dán bảng tin dẫn tới trang gửi sáng kiến: in ra, dán ở nơi làm việc, gửi qua Zalo.",
    ),
}
