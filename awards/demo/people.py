"""Invented authors: natural Vietnamese names, telephone numbers nobody has, addresses that lead nowhere."""

import re
from dataclasses import dataclass
from functools import cache

from config.text import fold
from initiatives.co_authors import Person as CoAuthor
from initiatives.models import Gender

# Surname → how common; the second list is for the northern mountains.
SURNAMES = {
    "Nguyễn": 38, "Trần": 12, "Lê": 10, "Phạm": 8, "Hoàng": 5, "Vũ": 4, "Phan": 4, "Đặng": 3, "Bùi": 3, "Đỗ": 3,
    "Ngô": 2, "Dương": 2, "Hồ": 2, "Lý": 1, "Đinh": 1, "Trịnh": 1, "Đoàn": 1, "Mai": 1, "Lương": 1, "Tạ": 1,
    "Võ": 2, "Hà": 1, "Cao": 1, "Lưu": 1, "Chu": 1, "Tô": 1, "Kiều": 1, "Quách": 1, "Thái": 1, "Phùng": 1,
}  # fmt: skip
HIGHLAND_SURNAMES = ["Nông", "Ma", "Hoàng", "Triệu", "Lường", "Lâm", "Hứa", "Bế", "Đàm", "Chu", "Vi", "Lò", "Giàng"]
MIDDLE_NAMES = {
    Gender.MALE: ["Văn"] * 8 + ["Đức", "Hữu", "Xuân", "Quang", "Minh", "Đình", "Công", "Ngọc", "Thanh", "Mạnh", "Tiến"],
    Gender.FEMALE: ["Thị"] * 8
    + ["Thị Thu", "Thị Ngọc", "Thị Kim", "Thị Minh", "Thị Thanh", "Thị Hồng", "Thu", "Ngọc", "Thanh", "Phương", "Bích"],
}
GIVEN_NAMES = {
    Gender.MALE: [
        "An", "Bảo", "Bình", "Chiến", "Cường", "Dũng", "Duy", "Đạt", "Đông", "Giang", "Hải", "Hiếu", "Hoàn", "Hùng",
        "Huy", "Hưng", "Khánh", "Kiên", "Lâm", "Long", "Lực", "Nam", "Nghĩa", "Phong", "Quân", "Quý", "Sơn", "Tài",
        "Tâm", "Thành", "Thắng", "Thịnh", "Thọ", "Tiệp", "Toàn", "Trung", "Trường", "Tuấn", "Tùng", "Vinh", "Vượng",
    ],
    Gender.FEMALE: [
        "Anh", "Bích", "Chi", "Cúc", "Dịu", "Duyên", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa", "Hoài", "Hồng", "Hương",
        "Hường", "Lan", "Lành", "Liên", "Linh", "Loan", "Luyến", "Mai", "Mơ", "Nga", "Ngọc", "Nhàn", "Nhung", "Oanh",
        "Phượng", "Quyên", "Sen", "Tâm", "Thảo", "Thắm", "Thoa", "Thơm", "Thủy", "Trang", "Tuyết", "Vân", "Yến",
    ],
}  # fmt: skip

ONLY_WOMEN = re.compile(r"\bnữ\b|hộ sinh|mầm non", re.IGNORECASE)
MOSTLY_WOMEN = re.compile(
    "tiểu học|điều dưỡng|may|cắt|ủi|đóng gói|văn thư|kế toán|dinh dưỡng|nhà bếp|bếp|"
    "giặt|giao dịch viên|thủ quỹ|lưu trữ|thư viện|dân số|nấu ăn|buồng phòng|kiểm ngoại quan|hái|khâu",
    re.IGNORECASE,
)
MOSTLY_MEN = re.compile(
    "thợ|lái|tài xế|lò|công an|chỉ huy|cơ điện|khai thác|mỏ|bảo vệ|kỹ sư|chữa cháy|điện|hoa tiêu|xếp dỡ|đội trưởng|"
    "trưởng thôn|cựu chiến binh|trợ lý|đăng kiểm|kiểm lâm|gia công|cầu trục|quản đốc|đốc công|vận hành",
    re.IGNORECASE,
)

FIRST_PHONE = 559_000_001
# `.invalid` is kept free for ever (RFC 2606): no letter of a demonstration reaches anybody.
MAIL_DOMAIN = "vidu.invalid"
# Years of birth of people at work in 2021; who leads or has studied long is no beginner.
OLDEST, YOUNGEST = 1962, 2000
OLDEST_WOMAN = 1966
EXPERIENCED = re.compile(
    "trưởng|giám đốc|quản đốc|chủ tịch|bí thư|chủ nhiệm|chính|bác sĩ|giảng viên|ủy viên|chỉ huy|phó", re.IGNORECASE
)
YOUNGEST_EXPERIENCED = 1991


@dataclass(frozen=True)
class Person:
    """One author as the form would have it, with the lines of the co-authors."""

    full_name: str
    gender: str
    birth_year: int | None
    phone: str
    email: str
    co_authors: str


def author_of(text, number, rng, *, is_highland):
    """Return the Person who wrote a text; `number` makes the telephone number."""
    gender = Gender.FEMALE if rng.random() < share_of_women(text) else Gender.MALE
    full_name = name(gender, rng, is_highland=is_highland)
    return Person(
        full_name=full_name,
        gender=gender if rng.random() < 0.9 else "",
        birth_year=birth_year(text, gender, rng) if rng.random() < 0.85 else None,
        phone=f"+84{FIRST_PHONE + number}",
        email=f"{fold(full_name).replace(' ', '.')}@{MAIL_DOMAIN}" if rng.random() < 0.12 else "",
        co_authors="\n".join(colleagues(text, rng, is_highland=is_highland)) if rng.random() < 0.18 else "",
    )


@cache
def share_of_women(text):
    if ONLY_WOMEN.search(text.job_title):
        return 1
    if MOSTLY_WOMEN.search(f"{text.job_title} {text.workplace}"):
        return 0.85
    return 0.1 if MOSTLY_MEN.search(text.job_title) else 0.45


def birth_year(text, gender, rng):
    """Return a year between the oldest and the youngest, most often in the middle."""
    oldest = OLDEST_WOMAN if gender == Gender.FEMALE else OLDEST
    youngest = YOUNGEST_EXPERIENCED if EXPERIENCED.search(text.job_title) else YOUNGEST
    return int(rng.triangular(oldest, youngest + 1, (oldest + youngest) / 2))


def colleagues(text, rng, *, is_highland):
    """Return the names of one to three co-authors, some groups with shares."""
    genders = [Gender.FEMALE if rng.random() < share_of_women(text) else Gender.MALE for _ in range(rng.randint(1, 3))]
    share = rng.choice([None, 10, 15, 20, 25])
    return [str(CoAuthor(name(gender, rng, is_highland=is_highland), share)) for gender in genders]


def name(gender, rng, *, is_highland=False):
    """Return an invented full name; no two words of it are the same."""
    surname = rng.choices(list(SURNAMES), SURNAMES.values())[0]
    if is_highland and rng.random() < 0.3:
        surname = rng.choice(HIGHLAND_SURNAMES)
    middle = rng.choice(MIDDLE_NAMES[gender])
    taken = {surname, *middle.split()}
    given = rng.choice([given for given in GIVEN_NAMES[gender] if given not in taken])
    return f"{surname} {middle} {given}"
