"""The reference data: the union tree of April 2021, the programme, and plan 71 of Thái Nguyên (section 6)."""

import io
import re
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django_q.models import Schedule

from accounts.models import Level, Union
from config.settings import BASE_DIR
from dossiers.models import Plan, QuotaException
from initiatives.models import Campaign
from tests.conftest import moment

DISTRICTS = {
    "TN01": "LĐLĐ thành phố Thái Nguyên",
    "TN02": "LĐLĐ thành phố Sông Công",
    "TN03": "LĐLĐ thị xã Phổ Yên",
    "TN04": "LĐLĐ huyện Định Hóa",
    "TN05": "LĐLĐ huyện Phú Lương",
    "TN06": "LĐLĐ huyện Đồng Hỷ",
    "TN07": "LĐLĐ huyện Võ Nhai",
    "TN08": "LĐLĐ huyện Đại Từ",
    "TN09": "LĐLĐ huyện Phú Bình",
}
GRASSROOTS = {"TN41", "TN42"}


def load():
    out = io.StringIO()
    call_command("load_reference", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    """The reference data, loaded once for the tests of this file and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _inside(_loaded, db):
    """Each test sees the loaded rows and undoes its own."""


def test_there_are_798_unions():
    assert Union.objects.count() == 798
    assert Union.objects.filter(level=Level.NATIONAL).count() == 1
    assert (Union.objects.provinces().count(), Union.objects.sectors().count()) == (63, 20)
    assert Union.objects.tops().count() == 83
    assert Union.objects.filter(level=Level.UPPER, code__regex=r"^\d{3}$").count() == 705
    assert Union.objects.filter(code__startswith="TN").count() == 9


def test_every_union_stands_where_its_level_says_and_has_a_name_and_a_code_of_text():
    for union in Union.objects.select_related("parent__parent"):
        union.clean()
        assert union.name == union.name.strip()
        assert union.short_name
    assert Union.objects.get(code="01").name == "LĐLĐ thành phố Hà Nội"
    assert Union.objects.get(code="001").parent.code == "01"
    assert not Union.objects.filter(is_active=False).exists()


def test_the_nine_district_federations_of_thai_nguyen_carry_the_codes_of_the_province():
    local = dict(Union.objects.exclude(local_code=None).values_list("local_code", "name"))

    assert local == DISTRICTS
    for code, name in DISTRICTS.items():
        union = Union.objects.by_code(code).get()
        assert (union.name, union.level, union.parent.code) == (name, Level.UPPER, "19")
        assert re.fullmatch(r"\d{3}", union.code)


def test_thai_nguyens_own_unions_stand_directly_below_the_province():
    own = Union.objects.filter(code__startswith="TN")

    assert set(own.filter(level=Level.GRASSROOTS).values_list("code", flat=True)) == GRASSROOTS
    assert own.filter(level=Level.UPPER).count() == 7
    assert set(own.values_list("parent__code", flat=True)) == {"19"}
    assert own.get(code="TN41").branch == own.get(code="TN41")


def test_the_programme_of_2021_has_its_dates_and_numbers():
    campaign = Campaign.objects.running().get()

    assert campaign.slug == "75nghin-sangkien-vuotkho-phattrien"
    assert (campaign.opens_at, campaign.closes_at) == (moment("2021-03-10"), moment("2021-04-21"))
    assert (campaign.practice_from, campaign.practice_until) == (date(2021, 2, 1), date(2021, 5, 31))
    assert campaign.target == 75000
    assert campaign.help_phone == "0912.820.510"


def test_plan_71_has_its_quotas_deadline_and_awards():
    plan = Plan.objects.get()

    assert (plan.union.code, plan.number, plan.frozen_at) == ("19", "71/LĐLĐ", None)
    assert plan.dossier_deadline == moment("2021-04-17")
    assert (plan.award_limit, plan.nomination_limit, plan.target) == (30, 4, 5000)
    quotas = {
        code: plan.quota_of(Union.objects.by_code(code).get()) for code in ["TN08", "TN21", "TN42", "TN41", "001"]
    }
    assert quotas == {"TN08": 3, "TN21": 3, "TN42": 1, "TN41": 10, "001": 0}
    assert QuotaException.objects.get().union.name.startswith("Công đoàn Công ty TNHH Samsung")


def test_loading_again_changes_nothing():
    before = {model: list(model.objects.order_by("pk").values()) for model in (Union, Campaign, Plan, QuotaException)}
    groups = {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}

    assert "0 unions created, 798 in all" in load()

    assert before == {model: list(model.objects.order_by("pk").values()) for model in before}
    assert groups == {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}
    assert Schedule.objects.filter(name="outbox").count() == 1


def test_loading_again_leaves_alone_what_somebody_edited():
    Union.objects.filter(code="TN21").update(name="Công đoàn Giáo dục Thái Nguyên", is_active=False)
    Plan.objects.update(mailbox="ho-so@example.vn", quota_upper=4)
    Campaign.objects.update(target=80000)
    QuotaException.objects.all().delete()
    Group.objects.get(name="Hội đồng").permissions.clear()

    load()

    edited = Union.objects.get(code="TN21")
    assert (edited.name, edited.is_active) == ("Công đoàn Giáo dục Thái Nguyên", False)
    plan = Plan.objects.get()
    assert (plan.mailbox, plan.quota_upper, Campaign.objects.get().target) == ("ho-so@example.vn", 4, 80000)
    assert not QuotaException.objects.exists()
    assert not Group.objects.get(name="Hội đồng").permissions.exists()


def test_the_board_may_not_change_plans_and_nobody_may_delete_what_is_decided():
    board = set(Group.objects.get(name="Hội đồng").permissions.values_list("codename", flat=True))

    assert "change_selection" in board
    assert not board & {"add_plan", "change_plan", "change_quotaexception", "add_user", "change_campaign"}
    for group in Group.objects.all():
        deletable = {
            name for name in group.permissions.values_list("codename", flat=True) if name.startswith("delete_")
        }
        assert deletable <= {"delete_membership", "delete_quotaexception"}


def test_the_private_address_of_the_notice_is_nowhere():
    assert Plan.objects.get().mailbox == ""
    for file in (BASE_DIR / "fixtures").rglob("*.*"):
        assert not re.search(r"[\w.]+@(gmail|yahoo)\.", file.read_text(encoding="utf-8", errors="ignore")), file
