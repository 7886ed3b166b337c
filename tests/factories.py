"""Plain functions that make what a test needs, each thinkable on its own."""

import functools
import io
import itertools
import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pikepdf
from PIL import Image

from accounts.abbreviations import name_key
from accounts.inviting import invite
from accounts.models import Level, Role, Union, User
from accounts.roles import grant
from awards.complaints import receive
from awards.findings import find, judge_valid
from awards.models import Complaint, ComplaintKind, Condition
from dossiers.editing import LETTER_DETAILS, describe_letter
from dossiers.filing import file_dossier
from dossiers.letters import upload_letter
from dossiers.management.commands.load_reference import load_groups
from dossiers.models import Plan
from dossiers.quota import open_dossier, put_forward
from initiatives.models import Campaign
from initiatives.screening import accept
from initiatives.sending import send
from initiatives.unit_aliases import UnitAlias

numbers = itertools.count(1)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
IN_TIME = datetime(2021, 4, 1, 8, tzinfo=VIETNAM)


def make_union(level=Level.UPPER, parent=None, **values):
    """A union; one above it is made when none is given."""
    number = next(numbers)
    if parent is None and level != Level.NATIONAL:
        parent = make_union(Level.TOP) if level != Level.TOP else make_national()
    values = {"code": f"U{number}", "name": f"LĐLĐ huyện số {number}", "short_name": f"Số {number}"} | values
    return Union.objects.create(level=level, parent=parent, **values)


def make_national():
    return Union.objects.get_or_create(
        level=Level.NATIONAL, defaults={"code": "TLD", "name": "Tổng Liên đoàn", "short_name": "TLĐ"}
    )[0]


def make_campaign(**values):
    values = {
        "slug": f"chuong-trinh-{next(numbers)}",
        "name": "75 nghìn sáng kiến, vượt khó, phát triển",
        "opens_at": datetime(2021, 3, 10, tzinfo=VIETNAM),
        "closes_at": datetime(2021, 4, 21, tzinfo=VIETNAM),
        "practice_from": date(2021, 2, 1),
        "practice_until": date(2021, 5, 31),
        "target": 75000,
        "help_name": "Người Giải Đáp",
        "help_office": "Ban Tuyên giáo",
        "help_phone": "0900.000.000",
        "consent_version": "2021-03",
        "consent_text": "Tôi đồng ý.",
        "is_running": not Campaign.objects.running().exists(),
    } | values
    return Campaign.objects.create(**values)


def make_plan(union=None, campaign=None, **values):
    values = {
        "number": "71/LĐLĐ",
        "issued_on": date(2021, 3, 5),
        "dossier_deadline": datetime(2021, 4, 17, tzinfo=VIETNAM),
        "quota_upper": 3,
        "quota_grassroots": 1,
        "award_limit": 30,
        "nomination_limit": 4,
        "target": 5000,
    } | values
    return Plan.objects.create(union=union or make_union(Level.TOP), campaign=campaign or make_campaign(), **values)


def make_user(union=None, role=None, **values):
    """A person, with a role in a union when these are given. The password is `sangkien-demo`."""
    number = next(numbers)
    values = {
        "username": f"can-bo-{number}",
        "full_name": f"Cán Bộ {number}",
        "email": f"cb{number}@example.vn",
    } | values
    user = User.objects.create_user(password="sangkien-demo", **values)
    if role:
        load_groups()
        grant(user, union, role)
        user = User.objects.get(pk=user.pk)
    return user


def make_staff(union):
    return make_user(union, Role.STAFF)


def make_board(top):
    return make_user(top, Role.BOARD)


def make_invitation(union=None, email="moi@example.vn"):
    return invite(union or make_union(), email, by=make_user())


def make_national_user():
    return make_user(make_national(), Role.NATIONAL)


def answers(unit=None, top=None, **values):
    """What a worker types, clean and complete: the values for `send` and `correct`."""
    if unit is None and top is None:
        unit = make_union()
    return {
        "full_name": "Nguyễn Thị Hoà",
        "birth_year": 1985,
        "gender": "female",
        "phone": "+84912345678",
        "email": "",
        "job_title": "Công nhân may",
        "collective": "",
        "co_authors": "",
        "top": top or unit.top,
        "unit": unit,
        "unit_other": "" if unit else "Công đoàn Công ty Mới",
        "workplace": "Xưởng may số 2",
        "block": "enterprise",
        "field": "production",
        "title": "Cải tiến bàn cắt vải",
        "description": "Gắn thêm thước và kẹp để cắt một lần được nhiều lớp vải.",
        "is_secret": False,
        "effect": "Giảm một nửa thời gian cắt.",
        "benefit": 12000000,
        "started_on": date(2021, 2, 15),
    } | values


def make_initiative(unit=None, campaign=None, *, accepted=False, arrived_at=IN_TIME, **values):
    """An initiative as sent by a worker of `unit`; screened when `accepted`."""
    campaign = campaign or Campaign.objects.running().first() or make_campaign()
    initiative = send(campaign, uuid.uuid4(), answers(unit, **values), arrived_at=arrived_at)
    if accepted:
        initiative = accept(initiative, by=make_user(), version=initiative.version)
    return initiative


def make_dossier(union=None, plan=None, *, entries=0):
    """A dossier in preparation with this many entries."""
    plan = plan or make_plan(union.parent if union else None)
    union = union or make_union(parent=plan.union)
    by = make_user()
    dossier = open_dossier(plan, union, by=by)
    for _ in range(entries):
        put_forward(dossier, make_initiative(union, plan.campaign, accepted=True), by=by)
    return dossier


def make_complete(dossier, *, scan=None):
    """Give a dossier its letter, described, signed and scanned."""
    by = make_user()
    dossier.refresh_from_db()
    details = dict(zip(LETTER_DETAILS, ["12/TTr-LĐLĐ", date(2021, 4, 5), "Trần Văn Bình"], strict=True))
    describe_letter(dossier, details, by=by, version=dossier.version)
    upload_letter(dossier, scan or a_pdf(), by=by)
    dossier.refresh_from_db()
    return dossier


def make_ready(entries=1, **plan):
    """A complete dossier, with these values of its plan, that only has to be filed."""
    return make_complete(make_dossier(plan=make_plan(**plan), entries=entries))


def make_filed(union=None, plan=None, *, entries=1, arrived_at=IN_TIME, scan=None):
    """A dossier that was filed in time."""
    dossier = make_complete(make_dossier(union, plan, entries=entries), scan=scan)
    file_dossier(dossier, by=make_user(), arrived_at=arrived_at)
    dossier.refresh_from_db()
    return dossier


def make_valid(union=None, plan=None, *, entries=1):
    """A dossier that the board found valid."""
    dossier = make_filed(union, plan, entries=entries)
    by = make_user()
    for condition in (Condition.NO_COMPLAINT, Condition.NO_DISPUTE):
        find(dossier, condition, True, "Không nhận được đơn nào.", by=by)
    return judge_valid(dossier, "Đủ bốn điều kiện.", by=by)


@functools.cache
def a_pdf():
    """The bytes of a small correct PDF."""
    document = pikepdf.new()
    document.add_blank_page()
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def a_picture(size=(60, 85), colour="white"):
    """The bytes of a small correct JPEG."""
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG")
    return content.getvalue()


def make_typed(top, name, campaign=None, **values):
    """An initiative whose author did not find the unit in the list of this top union, and typed its name."""
    return make_initiative(None, campaign, top=top, unit_other=name, **values)


def make_alias(top=None, name="LĐLĐ h. Đại Từ", unit=None):
    """What a typed name was found to mean."""
    unit = unit or make_union(parent=top or make_union(Level.TOP))
    values = {"name": name, "unit": unit, "mapped_by": make_user(), "mapped_at": IN_TIME}
    return UnitAlias.objects.create(top=unit.top, key=name_key(name), **values)


def make_complaint(initiative, *, by=None, **values):
    """A complaint about an initiative, as the board takes it in."""
    values = {
        "kind": ComplaintKind.AUTHORSHIP,
        "text": "Sáng kiến này là của tôi.",
        "complainant": "Phạm Văn Khiếu",
        "received_on": date(2021, 4, 2),
    } | values
    return receive(Complaint(initiative=initiative, **values), by=by or make_user())
