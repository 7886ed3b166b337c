"""Plans and extensions in the admin: set before the first filing, frozen after it (R11, R16)."""

from datetime import datetime

import pytest
from django.urls import reverse

from dossiers.models import Extension, Plan, QuotaException
from record.models import Event
from tests.boards import signed_in
from tests.factories import (
    VIETNAM,
    make_board,
    make_filed,
    make_national_user,
    make_plan,
    make_union,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def dossier():
    return make_filed(entries=2)


@pytest.fixture
def board(dossier):
    return signed_in(make_board(dossier.plan.union))


@pytest.fixture
def national():
    return signed_in(make_national_user())


def extend(client, plan, union, **values):
    values = {
        "plan": plan.pk,
        "union": union.pk,
        "until_0": "20/04/2021",
        "until_1": "00:00",
        "reason": "Lũ lụt, mất điện.",
    } | values
    return client.post(reverse("admin:dossiers_extension_add"), values)


def test_a_board_grants_an_extension_in_its_own_name(board, dossier):
    assert extend(board, dossier.plan, dossier.union).status_code == 302

    extension = Extension.objects.get()
    assert dossier.plan.deadline_of(dossier.union) == datetime(2021, 4, 20, tzinfo=VIETNAM)
    assert extension.granted_by.pk == int(board.session["_auth_user_id"])
    assert Event.objects.of(extension).get().deed == "created"


@pytest.mark.parametrize("values", [{"until_0": "16/04/2021"}, {"until_0": "17/04/2021"}, {"reason": "."}])
def test_an_extension_is_later_than_the_deadline_and_has_a_reason(values, board, dossier):
    assert extend(board, dossier.plan, dossier.union, **values).status_code == 200
    assert not Extension.objects.exists()


def test_no_extension_for_a_union_or_a_plan_of_others(board, dossier):
    other = make_plan()
    below = make_union("GRASSROOTS", dossier.union)

    for plan, union in [
        (other, make_union(parent=other.union)),
        (dossier.plan, make_union(parent=other.union)),
        (other, dossier.union),
        (dossier.plan, below),
    ]:
        assert extend(board, plan, union).status_code == 200
    assert not Extension.objects.exists()


def test_an_extension_is_not_changed_or_deleted_and_not_granted_by_national_staff(board, national, dossier):
    extend(board, dossier.plan, dossier.union)
    extension = Extension.objects.get()
    change = reverse("admin:dossiers_extension_change", args=[extension.pk])

    assert board.post(change, {"reason": "Khác."}).status_code == 403
    assert board.post(reverse("admin:dossiers_extension_delete", args=[extension.pk])).status_code == 403
    assert extend(national, dossier.plan, dossier.union).status_code == 403


def plan_form(client, plan):
    """What the plan's page holds, as a browser would send it back."""
    form = client.get(reverse("admin:dossiers_plan_change", args=[plan.pk])).context["adminform"].form
    sent = {"number": plan.number, "issued_on": "05/03/2021", "mailbox": "", "seen": form.fields["seen"].initial}
    exceptions = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    open_fields = {
        "campaign": plan.campaign_id,
        "union": plan.union_id,
        "dossier_deadline_0": "17/04/2021",
        "dossier_deadline_1": "00:00",
        **{name: getattr(plan, name) for name in Plan.FROZEN_FIELDS if name.endswith(("limit", "target"))},
        "quota_upper": plan.quota_upper,
        "quota_grassroots": plan.quota_grassroots,
    }
    return sent | open_fields | {f"quota_exceptions-{name}": value for name, value in exceptions.items()}


def test_a_frozen_plan_says_why_and_keeps_its_numbers(national, dossier):
    plan = Plan.objects.get(pk=dossier.plan_id)
    address = reverse("admin:dossiers_plan_change", args=[plan.pk])
    page = national.get(address).content.decode()

    answer = national.post(address, plan_form(national, plan) | {"award_limit": 31, "mailbox": "hs@example.vn"})

    plan.refresh_from_db()
    assert "Số liệu đã khóa từ" in page
    assert 'name="award_limit"' not in page
    assert answer.status_code == 302
    assert (plan.award_limit, plan.mailbox) == (30, "hs@example.vn")


def test_before_the_first_filing_national_staff_set_numbers_and_quotas_by_name(national):
    plan = make_plan()
    union = make_union(parent=plan.union)
    address = reverse("admin:dossiers_plan_change", args=[plan.pk])
    row = {"quota_exceptions-0-plan": plan.pk, "quota_exceptions-0-union": union.pk, "quota_exceptions-0-quota": 10}

    answer = national.post(
        address, plan_form(national, plan) | {"award_limit": 29, "quota_exceptions-TOTAL_FORMS": 1} | row
    )

    plan.refresh_from_db()
    assert answer.status_code == 302
    assert (plan.award_limit, plan.quota_of(union)) == (29, 10)
    assert [event.deed for event in Event.objects.of(plan)] == ["changed", "quota_set"]


def test_no_quota_by_name_for_a_union_of_another_province(national):
    plan, foreign = make_plan(), make_union()
    row = {"quota_exceptions-0-plan": plan.pk, "quota_exceptions-0-union": foreign.pk, "quota_exceptions-0-quota": 10}

    national.post(
        reverse("admin:dossiers_plan_change", args=[plan.pk]),
        plan_form(national, plan) | {"quota_exceptions-TOTAL_FORMS": 1} | row,
    )

    assert not QuotaException.objects.exists()


def test_a_page_that_went_stale_does_not_overwrite_what_another_person_saved(national):
    plan = make_plan()
    address = reverse("admin:dossiers_plan_change", args=[plan.pk])
    old_page = plan_form(national, plan)
    national.post(address, plan_form(national, plan) | {"award_limit": 25})

    refused = national.post(address, old_page | {"mailbox": "hs@example.vn"})
    again = refused.context["adminform"].form.data["seen"]
    accepted = national.post(address, old_page | {"mailbox": "hs@example.vn", "award_limit": 25, "seen": again})

    plan.refresh_from_db()
    assert (refused.status_code, accepted.status_code) == (200, 302)
    assert "vừa thay đổi" in refused.content.decode()
    assert (plan.award_limit, plan.mailbox) == (25, "hs@example.vn")


def test_a_board_does_not_change_its_plan(board, dossier):
    address = reverse("admin:dossiers_plan_change", args=[dossier.plan_id])

    assert board.post(address, {"award_limit": 31}).status_code == 403
