"""The people who sign in to the demonstration, and the staff of other unions, who only signed in back then."""

from django.contrib.auth.hashers import make_password

from accounts.models import Role, Union, User
from accounts.reference import LOCAL_PROVINCE, NATIONAL_CODE
from accounts.roles import grant
from awards.demo import people
from awards.demo.times import at, clock_at
from initiatives.models import Gender

PASSWORD = "sangkien-demo"  # noqa: S105 — a demonstration's, printed for everyone; the command refuses a deployed site
STARTED = at(3, 9, 8, 30)
# (name to sign in with, invented full name, union's code, role)
SIGN_INS = [
    ("dai-tu", "Lương Thị Hồng Thắm", "TN08", Role.STAFF),
    ("pho-yen", "Trịnh Quang Vinh", "TN03", Role.STAFF),
    ("samsung", "Đoàn Thu Trang", "TN41", Role.STAFF),
    ("hoi-dong", "Đinh Hữu Thọ", LOCAL_PROVINCE, Role.BOARD),
    ("tong-lien-doan", "Tạ Thị Minh Hiền", NATIONAL_CODE, Role.NATIONAL),
    ("admin", "Người quản trị", "", ""),
]
NAMES = [sign_in[0] for sign_in in SIGN_INS]


def make_sign_ins():
    """Create the demo sign-ins that are missing and give them their roles."""
    password = make_password(PASSWORD)  # hashing is slow on purpose: once for all six
    with clock_at(STARTED):
        for username, full_name, code, role in SIGN_INS:
            make_sign_in(username, full_name, password, code, role)


def make_sign_in(username, full_name, password, code, role):
    user, is_new = User.objects.get_or_create(
        username=username,
        defaults={"full_name": full_name, "email": f"{username}@{people.MAIL_DOMAIN}", "password": password},
    )
    if not is_new:
        return
    if role:
        grant(user, Union.objects.by_code(code).get(), role)
    else:
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])


def staff_of(union, rng):
    """Return who works for a union; where nobody does, somebody who cannot sign in is made up."""
    user = User.objects.filter(memberships__union=union, memberships__role=Role.STAFF).order_by("pk").first()
    if user:
        return user
    code = union.local_code or union.code
    user = User(username=f"can-bo-{code.lower()}", full_name=people.name(rng.choice([Gender.MALE, Gender.FEMALE]), rng))
    user.set_unusable_password()
    user.save()
    with clock_at(STARTED):
        grant(user, union, Role.STAFF)
    return user
