"""The council of plan 71 at its first marks: some agree, two differ, one was typed in from paper, one lies open."""

from decimal import Decimal

from accounts.models import Role, Union, User
from accounts.roles import grant
from awards.council import name_member
from awards.criteria import READY, criteria_of, lay_down, rules_of
from awards.demo.accounts import STARTED
from awards.demo.times import at, clock_at
from awards.marking import keep
from awards.models import Duty
from dossiers.models import DossierEntry, State

# (name to sign in with, full name, what else is said of the member); who has no name marks on paper.
MEMBERS = [
    ("hoi-dong", "Đinh Hữu Thọ", {"duty": Duty.CHAIR, "job_title": "Trưởng ban Chính sách pháp luật"}),
    ("hoi-dong-2", "Nông Thị Kim Oanh", {"duty": Duty.DEPUTY, "job_title": "Phó Trưởng ban Chính sách pháp luật"}),
    ("hoi-dong-3", "Vi Đức Mạnh", {"duty": Duty.SECRETARY, "job_title": "Chuyên viên Ban Tuyên giáo"}),
    ("", "Triệu Văn Sĩ", {"job_title": "Kỹ sư, Liên hiệp các hội khoa học và kỹ thuật tỉnh"}),
    ("", "Hoàng Thị Duyên", {"job_title": "Phó Chủ tịch LĐLĐ thành phố Sông Công", "home_union": "TN02"}),
]
# Entry by entry: (the member's place above, points by criterion).
MARKS = [
    [(1, ("26", "27.5", "18", "12")), (2, ("24.5", "28", "20", "11")), (0, ("25", "26", "19.5", "12"))],
    [(1, ("27", "26", "21", "13")), (2, ("14", "17.5", "16", "9"))],
    [(2, ("18", "20", "13", "10"))],
]
PAPER = ("22", "24.5", "17", "13")
DRAFT = ("20", "21", None, None)
COMMENT = "Giải pháp thiết thực, số liệu rõ. Nên ghi thêm cách nhân rộng ra các tổ khác."


def make_council(plan):
    """Name the council, lay down its criteria, and give the first marks."""
    chair = User.objects.get(username="hoi-dong")
    with clock_at(at(3, 31, 15, 30)):
        members = [name_member(plan, values_of(plan, *member), by=chair) for member in MEMBERS]
        lay_down(plan, READY, 2, Decimal(20), by=chair, version=rules_of(plan).version)
    entries = list(
        DossierEntry.objects.filter(plan=plan, dossier__state=State.VALID, removed_at=None)
        .select_related("dossier", "plan")
        .order_by("rank")
    )
    for entry, marks in zip(entries, MARKS, strict=True):
        for number, (place, points) in enumerate(marks):
            with clock_at(at(3, 31, 16, 10 * number)):
                mark(entry, members[place], points, by=members[place].user, comment=COMMENT if place == 1 else "")
    with clock_at(at(3, 31, 16, 40)):
        mark(entries[0], members[3], PAPER, by=chair, is_from_paper=True)
    with clock_at(at(3, 31, 16, 50)):
        mark(entries[1], members[0], DRAFT, by=chair, hand_in=False)


def values_of(plan, username, full_name, more):
    home = more.get("home_union")
    return (
        {"job_title": "", "duty": Duty.MEMBER, "full_name": full_name}
        | more
        | {
            "user": sign_in_of(plan, username, full_name) if username else None,
            "home_union": Union.objects.by_code(home).get() if home else None,
        }
    )


def sign_in_of(plan, username, full_name):
    """Return who has this name; a member of the board who is missing is made up and cannot sign in."""
    user, is_new = User.objects.get_or_create(username=username, defaults={"full_name": full_name})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        with clock_at(STARTED):
            grant(user, plan.union, Role.BOARD)
    return user


def mark(entry, member, points, *, by, comment="", hand_in=True, is_from_paper=False):
    given = {
        criterion.pk: (None, None if number is None else Decimal(number))
        for criterion, number in zip(criteria_of(entry.plan), points, strict=True)
    }
    keep(entry, member, given, comment, by=by, version=0, is_from_paper=is_from_paper, hand_in=hand_in)
