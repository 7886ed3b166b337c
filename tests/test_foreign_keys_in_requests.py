"""Keys of others in what a browser sends: in hidden fields, in the rows of a form set, in an address (and the log)."""

import logging

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Level, Membership, Role, Union
from dossiers.models import QuotaException
from initiatives.forgetting import ask_removal
from initiatives.models import Campaign
from outbox.posting import post
from record.models import Event
from tests.factories import (
    make_board,
    make_dossier,
    make_filed,
    make_initiative,
    make_national_user,
    make_plan,
    make_staff,
    make_union,
    make_user,
)
from tests.pages import filled_in, signed_in, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def rows(model):
    return list(model.objects.order_by("pk").values())


# An address, and the log


def test_who_asks_for_what_is_another_unions_is_not_told_and_stands_in_the_log(caplog):
    dossier, stranger = make_filed(), make_staff(make_union())
    client = signed_in(stranger)

    with caplog.at_level(logging.INFO, logger="security"):
        assert client.get(reverse("dossier", args=[dossier.pk])).status_code == 404
        assert client.post(reverse("file_dossier", args=[dossier.pk])).status_code == 404

    assert refusals_in(caplog) == [
        f"refused 404: account {stranger.pk}, {method} {reverse(name, args=[dossier.pk])}"
        for method, name in (("GET", "dossier"), ("POST", "file_dossier"))
    ]


def test_a_board_that_asks_for_another_provinces_row_stands_in_the_log(caplog):
    dossier = make_filed()
    client = signed_in(make_board(make_plan().union))

    with caplog.at_level(logging.INFO, logger="security"):
        address = reverse("admin:awards_fileddossier_change", args=[dossier.pk])
        assert client.get(address).status_code == 404

    assert len(refusals_in(caplog)) == 1


@pytest.mark.parametrize("path", ["da-nhan/bi-mat-123/", "da-nhan/1234567890/", "khong-co/"])
def test_neither_strangers_nor_secrets_of_private_links_stand_there(client, caplog, path):
    initiative = make_initiative()
    staff = signed_in(make_staff(make_union()))

    with caplog.at_level(logging.INFO, logger="security"):
        assert client.get(f"/{initiative.campaign.slug}/{path}").status_code == 404
        assert refusals_in(caplog) == []
        assert staff.get(f"/{initiative.campaign.slug}/{path}").status_code == 404
        assert staff.get(f"{initiative.private_path[:-2]}/").status_code == 404

    assert len(refusals_in(caplog)) == 2
    assert not any(secret in caplog.text for secret in ("bi-mat", "1234567890", initiative.private_path[-20:-2]))


def refusals_in(caplog):
    return [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]


# Rows of a form set


def inline_of(client, page, form):
    return filled_in(tree(client.get(page)).get_element_by_id(form))


@pytest.mark.parametrize("delete", [{}, {"quota_exceptions-0-DELETE": "on"}])
def test_a_row_of_another_plan_is_not_changed_through_this_plans_page(delete):
    plan, other = make_plan(), make_plan()
    for each in (plan, other):
        QuotaException.objects.create(plan=each, union=make_union(parent=each.union), quota=2)
    own, foreign = QuotaException.objects.order_by("pk")
    client, page = signed_in(make_national_user()), reverse("admin:dossiers_plan_change", args=[plan.pk])
    values = inline_of(client, page, "plan_form")
    prefix = next(name for name in values if name.endswith("-0-quota")).removesuffix("-0-quota")
    assert values[f"{prefix}-0-id"] == str(own.pk)
    before = rows(QuotaException)

    forged = values | {f"{prefix}-0-id": foreign.pk, f"{prefix}-0-quota": "9", f"{prefix}-0-plan": other.pk}
    forged |= {f"{prefix}-0-DELETE": "on"} if delete else {}
    answer = client.post(page, forged)

    assert answer.status_code in {200, 302}
    assert [row for row in rows(QuotaException) if row["id"] == foreign.pk] == [before[1]]


def test_a_role_of_another_account_is_not_taken_through_this_accounts_page():
    mine, other = make_staff(make_union()), make_staff(make_union())
    own, foreign = mine.memberships.get(), other.memberships.get()
    client, page = signed_in(make_national_user()), reverse("admin:accounts_user_change", args=[mine.pk])
    values = inline_of(client, page, "user_form")
    prefix = next(name for name in values if name.endswith("-0-id")).removesuffix("-0-id")
    assert values[f"{prefix}-0-id"] == str(own.pk)

    client.post(page, values | {f"{prefix}-0-id": foreign.pk, f"{prefix}-0-DELETE": "on", f"{prefix}-0-user": other.pk})

    assert Membership.objects.filter(pk=foreign.pk, user=other, role=Role.STAFF).exists()


# Hidden fields


def test_neither_plan_nor_union_of_others_comes_along_with_a_dossiers_forms():
    dossier, other = make_dossier(entries=1), make_dossier(entries=1)
    client = signed_in(make_staff(dossier.union))
    entry = dossier.entries.get()
    forged = {"dossier": other.pk, "union": other.union_id, "plan": other.plan_id, "entry": other.entries.get().pk}
    addresses = [
        reverse("add_entry", args=[dossier.pk, make_initiative(other.union, accepted=True).code]),
        reverse("edit_entry", args=[dossier.pk, other.entries.get().pk]),
        reverse("remove_entry", args=[dossier.pk, other.entries.get().pk]),
        reverse("letter_details", args=[other.pk]),
        reverse("start_dossier", args=[other.plan_id, dossier.union.code]),
        reverse("start_dossier", args=[dossier.plan_id, other.union.code]),
    ]
    before = [rows(model) for model in (type(dossier), type(entry))]

    statuses = [client.post(address, forged | {"version": "1"}).status_code for address in addresses]

    assert set(statuses) == {404}
    assert [rows(model) for model in (type(dossier), type(entry))] == before


# The admin's own ways in


def changelists():
    return [
        (model, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        for model in admin.site._registry
    ]


def test_no_list_of_the_admin_is_edited_in_place():
    assert [model for model, page in admin.site._registry.items() if page.list_editable] == []


@pytest.mark.parametrize("who", ["board", "national", "superuser"])
def test_rows_that_are_forged_into_a_list_are_not_made(who):
    plan = make_plan()
    people = {
        "board": lambda: make_board(plan.union),
        "national": make_national_user,
        "superuser": lambda: make_user(is_superuser=True, is_staff=True),
    }
    client = signed_in(people[who]())
    forged = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-id": "", "form-0-code": "X", "_save": "Lưu"}
    forged |= {"form-0-name": "LĐLĐ giả", "form-0-short_name": "Giả", "form-0-level": Level.UPPER, "form-0-slug": "gia"}
    forged |= {"form-0-parent": str(plan.union_id), "form-0-is_running": "on", "form-0-status": "ACCEPTED"}
    before = {model: model.objects.count() for model in admin.site._registry}

    for _, address in changelists():
        assert client.post(address, forged).status_code in {200, 302, 403}

    assert {model: model.objects.count() for model in admin.site._registry} == before


def test_an_action_that_is_not_offered_does_nothing_not_even_for_all_rows():
    initiative, campaigns = make_initiative(), rows(Campaign)
    client = signed_in(make_user(is_superuser=True, is_staff=True))
    forged = {"action": "delete_selected", "select_across": "1", "index": "0", "post": "yes"}

    for model, address in changelists():
        row = model.objects.order_by("pk").first()
        answer = client.post(address, forged | {"_selected_action": row.pk if row else "1"})
        assert answer.status_code in {200, 302, 403}, address

    assert type(initiative).objects.filter(pk=initiative.pk).exists()
    assert rows(Campaign) == campaigns


@pytest.mark.parametrize("field", ["password", "secret", "id", "x", "groups__name"])
def test_a_window_for_choosing_tells_no_column_of_others(field):
    plan = make_plan()
    client = signed_in(make_board(plan.union))

    for _, address in changelists():
        assert client.get(f"{address}?_to_field={field}&_popup=1").status_code in {200, 302, 400, 403}, address
        add = client.get(f"{address}add/?_to_field={field}&_popup=1")
        assert add.status_code in {200, 302, 400, 403, 404}, address


def test_adding_in_a_window_answers_with_no_column_of_the_row():
    plan = make_plan()
    client = signed_in(make_board(plan.union))
    values = {"name": "LĐLĐ huyện Mới", "short_name": "Mới", "level": Level.UPPER, "parent": plan.union_id}

    answer = client.post(
        f"{reverse('admin:accounts_union_add')}?_popup=1", values | {"_popup": "1", "_to_field": "slug"}
    )

    assert answer.status_code in {200, 302, 400}
    assert not answer.headers.get("Location", "").startswith("http")
    assert Union.objects.filter(name="LĐLĐ huyện Mới").count() <= 1


@pytest.mark.parametrize("way", ["history", "change", "delete", "add", "list"])
def test_a_board_gets_into_no_table_that_is_not_its_work(way):
    """Also with the key of a row that is there."""
    board = make_board(make_filed().plan.union)
    client = signed_in(board)

    for app, model, row in [
        ("accounts", "user", board.pk),
        ("initiatives", "campaign", Campaign.objects.get().pk),
        ("initiatives", "removalrequest", ask_removal(make_initiative()).pk),
        ("record", "event", Event.objects.first().pk),
        ("outbox", "message", post("kind", "about", "a@example.vn", "Tiêu đề", "Nội dung").pk),
        ("awards", "nominations", Campaign.objects.get().pk),
    ]:
        key = [] if way in {"add", "list"} else [row]
        address = reverse(f"admin:{app}_{model}_{'changelist' if way == 'list' else way}", args=key)
        for ask in (client.get, client.post):
            answer = ask(address)
            # Django's own history leads home from a row that is not there for somebody.
            assert answer.status_code in {403, 404, 405} or answer["Location"] == reverse("admin:index"), address
