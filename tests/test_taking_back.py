"""A filed dossier is taken back before its deadline to be corrected, and every filing stays (R11)."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from awards.findings import find, judge_invalid, judge_valid
from awards.models import Condition
from dossiers import editing, taking_back
from dossiers.editing import SUMMARY, describe_entry
from dossiers.filing import file_dossier
from dossiers.models import Dossier, Filing, TakingBack
from dossiers.quota import take_out
from dossiers.taking_back import take_back
from outbox.models import Message
from record.models import Event
from record.verifying import broken_links
from tests.boards import signed_in
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    make_board,
    make_filed,
    make_plan,
    make_ready,
    make_staff,
    make_user,
    make_valid,
)
from tests.pages import filled_in, form_on, says, tree
from tests.racing import at_once, while_open
from tests.refusals import refused

pytestmark = pytest.mark.django_db
DEADLINE = moment("2021-04-17")
MICROSECOND = timedelta(microseconds=1)


def take(dossier, arrived_at=IN_TIME, seen=1):
    return take_back(dossier, by=make_user(), arrived_at=arrived_at, seen=seen)


def file_again(dossier):
    return file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)


def test_a_dossier_taken_back_is_a_draft_again_and_its_filing_stays():
    dossier = make_filed()

    take(dossier)

    dossier.refresh_from_db()
    assert dossier.state == "DRAFT"
    assert Event.objects.of(dossier).last().deed == "filing_taken_back"
    assert file_again(dossier).number == 2
    assert [filing.number for filing in Filing.objects.order_by("number")] == [1, 2]
    assert TakingBack.objects.get().filing.number == 1


def test_it_is_taken_back_until_the_last_instant_before_the_deadline():
    late = make_filed()

    assert take(make_filed(), DEADLINE - MICROSECOND).state == "DRAFT"
    with refused("late"):
        take(late, DEADLINE)


@pytest.mark.parametrize("make", [make_valid, make_ready], ids=["judged", "never filed"])
def test_what_was_judged_or_never_filed_is_not_taken_back(make):
    dossier = make()

    with refused("wrong_state" if make == make_valid else "stale"):
        take(dossier)


def test_a_page_that_shows_an_older_filing_takes_nothing_back():
    dossier = make_filed()
    take(dossier)
    file_again(dossier)

    with refused("stale"):
        take(dossier, seen=1)
    assert take(dossier, seen=2).state == "DRAFT"


def test_the_mailbox_and_the_staff_of_the_union_are_told():
    dossier = make_filed(plan=make_plan(mailbox="ho-so@example.vn"))
    staff = make_staff(dossier.union)
    Message.objects.all().delete()

    take_back(dossier, by=staff, arrived_at=IN_TIME, seen=1)

    told = Message.objects.filter(kind="dossier_taken_back").values_list("recipient", flat=True)
    assert sorted(told) == sorted(["ho-so@example.vn", staff.email])


# On the pages


def staff_of(dossier):
    return signed_in(make_staff(dossier.union))


def test_it_is_taken_back_from_its_receipt_corrected_and_filed_again(at):
    dossier = make_filed()
    client, receipt = staff_of(dossier), dossier.last_filing.get_absolute_url()
    (action,) = {form.action for form in tree(client.get(receipt)).forms} - {"/dang-xuat/"}

    assert "Đã rút lại hồ sơ" in says(client.post(action, follow=True))
    assert "Lần nộp này đã được rút lại" in says(client.get(receipt))
    look = client.get(reverse("file_dossier", args=[dossier.pk]))
    response = client.post(reverse("file_dossier", args=[dossier.pk]), filled_in(form_on(look)), follow=True)

    assert "Biên nhận hồ sơ HS-" in says(response)
    assert "08:00:0" in says(response)
    assert Filing.objects.get(number=2).sha256 in says(response)


def test_after_the_deadline_nothing_offers_to_take_it_back(at):
    dossier = make_filed()
    client, receipt = staff_of(dossier), dossier.last_filing.get_absolute_url()
    at("2021-04-17")

    assert {form.action for form in tree(client.get(receipt)).forms} == {"/dang-xuat/"}
    response = client.post(reverse("take_filing_back", args=[dossier.pk, 1]), follow=True)
    assert "không rút lại được nữa" in says(response)


def test_what_changed_since_the_last_look_is_told_and_not_filed():
    dossier = make_ready(entries=2)
    client, address = staff_of(dossier), reverse("file_dossier", args=[dossier.pk])
    look = client.get(address)
    take_out(dossier.entries.get(rank=2), by=make_user())

    response = client.post(address, filled_in(form_on(look)))

    assert response.status_code == 422
    assert "Một người khác vừa thay đổi hồ sơ này" in says(response)
    assert not Filing.objects.exists()
    assert client.post(address, filled_in(form_on(response))).status_code == 302
    assert len(Filing.objects.get().content["entries"]) == 1


def test_a_dossier_that_lacks_something_has_no_last_look():
    dossier = make_ready(entries=1)
    Dossier.objects.update(signer="")

    assert staff_of(dossier).get(reverse("file_dossier", args=[dossier.pk]))["Location"] == dossier.get_absolute_url()


def test_the_board_keeps_seeing_what_was_filed_and_loses_nothing_that_it_typed():
    dossier = make_filed()
    board = signed_in(make_board(dossier.plan.union))
    take(dossier)

    typed = {"reason": "Đã đọc kỹ từng trang.", "seen": 1}
    response = board.post(reverse("admin:awards_judge", args=[dossier.pk, "khong-hop-le"]), typed)

    assert response.status_code == 422
    assert "Đã đọc kỹ từng trang." in response.content.decode()
    assert "Hồ sơ đang ở đơn vị" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "number", "cost"), [("file_dossier", [], 14), ("filing_receipt", [1], 13)])
def test_these_pages_cost_the_same_for_any_number_of_entries(django_assert_num_queries, rows, name, number, cost):
    dossier = make_filed(entries=rows)
    if name == "file_dossier":
        take(dossier)
    client = staff_of(dossier)

    with django_assert_num_queries(cost):
        assert client.get(reverse(name, args=[dossier.pk, *number])).status_code == 200


# At once


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_taken_back_and_judged_at_once_one_of_them_is_told(self):
        dossier = make_filed()
        for condition in (Condition.NO_COMPLAINT, Condition.NO_DISPUTE):
            find(dossier, condition, True, "Không có đơn.", by=make_user())
        calls = [partial(take, dossier), partial(judge_valid, dossier, "Đủ.", by=make_user(), seen=1)]

        outcomes = at_once(*calls)

        assert sorted(outcomes, key=str) == [None, "wrong_state"]
        assert Dossier.objects.get().state == ("DRAFT" if outcomes[0] is None else "VALID")
        assert not list(broken_links())

    def test_without_the_lock_both_would_go_through(self, monkeypatch):
        dossier = make_filed()
        monkeypatch.setattr(taking_back, "lock", lambda dossier: Dossier.objects.get(pk=dossier.pk))
        judgement = partial(judge_invalid, dossier, "Thiếu.", by=make_user(), seen=1)

        outcomes = while_open(judgement, partial(take, dossier))

        assert outcomes[0] is None
        assert outcomes[1] != "wrong_state", "with the lock it waits and is told"

    def test_what_is_filed_while_a_colleague_edits_is_what_was_looked_at(self):
        dossier = make_ready()
        entry, version = dossier.entries.get(), dossier.version
        texts = {name: getattr(entry, name) for name in SUMMARY} | {"title": "Tên mới"}
        edit = partial(describe_entry, entry, texts, by=make_user(), version=version)
        filing = partial(file_dossier, dossier, by=make_user(), arrived_at=IN_TIME, version=version)

        assert while_open(edit, filing) == [None, "stale"]
        assert not Filing.objects.exists()

    def test_an_edit_that_comes_while_a_colleague_files_is_told(self):
        dossier = make_ready()
        entry, version = dossier.entries.get(), dossier.version
        texts = {name: getattr(entry, name) for name in SUMMARY} | {"title": "Tên mới"}
        edit = partial(describe_entry, entry, texts, by=make_user(), version=version)
        filing = partial(file_dossier, dossier, by=make_user(), arrived_at=IN_TIME, version=version)

        assert while_open(filing, edit) == [None, "dossier_closed"]
        assert "Tên mới" not in str(Filing.objects.get().content)

    def test_without_the_lock_what_is_being_filed_would_change_behind_the_filing(self, monkeypatch):
        dossier = make_ready()
        entry, version = dossier.entries.get(), dossier.version
        texts = {name: getattr(entry, name) for name in SUMMARY} | {"title": "Tên mới"}
        edit = partial(describe_entry, entry, texts, by=make_user(), version=version)
        filing = partial(file_dossier, dossier, by=make_user(), arrived_at=IN_TIME, version=version)
        monkeypatch.setattr(editing, "lock", lambda dossier: Dossier.objects.get(pk=dossier.pk))

        assert while_open(filing, edit) == [None, None]

        dossier.refresh_from_db(), entry.refresh_from_db()
        assert (dossier.state, entry.title) == ("FILED", "Tên mới")
        assert "Tên mới" not in str(Filing.objects.get().content)
