"""Many initiatives screened at once: shown before it is done, each as it was seen, what was left out told exactly."""

import pytest
from django.urls import reverse

from initiatives.changing import correct, withdraw
from initiatives.limits import REASON_LIMIT, SCREENED_TOGETHER
from initiatives.models import Initiative, Status
from initiatives.reasons import Reason
from initiatives.screening import ACCEPT, REJECT, UNDO, accept, screen_many, undo_screening
from record.models import Event
from record.verifying import broken_links
from tests.factories import (
    IN_TIME,
    answers,
    make_board,
    make_dossier,
    make_initiative,
    make_staff,
    make_union,
    make_user,
)
from tests.pages import filled_in, form_on, says, signed_in, tree
from tests.refusals import refused

pytestmark = pytest.mark.django_db

LIST = "/cong-doan/sang-kien/"


def seen(*initiatives):
    return {initiative.pk: initiative.version for initiative in initiatives}


def chosen(*initiatives):
    return [f"{initiative.pk}-{initiative.version}" for initiative in initiatives]


def statuses(*initiatives):
    found = dict(Initiative.objects.values_list("pk", "status"))
    return [found[initiative.pk] for initiative in initiatives]


@pytest.fixture
def unit():
    return make_union()


@pytest.fixture
def staff(unit):
    return make_staff(unit)


# The deed


def test_each_one_gets_the_verdict_and_its_own_line_on_record(unit, staff):
    initiatives = [make_initiative(unit) for _ in range(3)]

    found = screen_many(seen(*initiatives), REJECT, " Trùng. ", by=staff)

    assert (found.fit, found.unfit) == (initiatives, [])
    stored = Initiative.objects.values_list("status", "status_reason", "version")
    assert list(stored) == [("REJECTED", "Trùng.", 2)] * 3
    events = [Event.objects.of(initiative).last() for initiative in initiatives]
    assert [(event.deed, event.by, event.reason) for event in events] == [("rejected", staff, "Trùng.")] * 3
    assert not list(broken_links())


def test_what_cannot_be_screened_is_told_with_its_reason_and_the_rest_is_done(unit, staff):
    good, gone, changed, done = (make_initiative(unit) for _ in range(4))
    foreign, shown = make_initiative(), seen(good, gone, changed, done)
    withdraw(gone, arrived_at=IN_TIME)
    correct(changed, answers(unit, title="Tên mới"), version=1, arrived_at=IN_TIME)
    accept(done, by=staff, version=1)

    found = screen_many(shown | seen(foreign), ACCEPT, "", by=staff)

    assert found.fit == [good]
    assert [initiative for initiative, _ in found.unfit] == [gone, changed, done]
    sentences = [sentence for _, sentence in found.unfit]
    assert "rút" in sentences[0]
    assert all("vừa được tác giả hoặc người khác thay đổi" in sentence for sentence in sentences[1:])
    assert statuses(good, gone, changed, done, foreign) == ["ACCEPTED", "WITHDRAWN", "SENT", "ACCEPTED", "SENT"]


@pytest.mark.parametrize("verdict", [REJECT, UNDO])
def test_what_stands_in_a_dossier_is_not_thrown_out_by_the_dozen(verdict):
    dossier = make_dossier(entries=1)
    entered, free = dossier.entries.get().initiative, make_initiative(dossier.union, accepted=True)

    found = screen_many(seen(entered, free), verdict, "Nhầm.", by=make_staff(dossier.union))

    assert found.fit == [free]
    assert "đang ở trong một hồ sơ" in found.unfit[0][1]
    assert statuses(entered) == ["ACCEPTED"]


def test_a_published_decision_stands(unit, staff):
    initiative = make_initiative(unit, accepted=True)
    Initiative.objects.update(decided_at=IN_TIME)

    assert "quyết định công bố" in screen_many(seen(initiative), UNDO, "Nhầm.", by=staff).unfit[0][1]


def test_who_only_reads_screens_nothing(unit):
    initiative = make_initiative(unit)

    found = screen_many(seen(initiative), ACCEPT, "", by=make_board(unit.parent))

    assert (found.fit, found.unfit) == ([], [])
    assert statuses(initiative) == ["SENT"]


@pytest.mark.parametrize("number", [SCREENED_TOGETHER, SCREENED_TOGETHER + 1])
def test_a_hundred_are_screened_at_once_and_not_one_more(staff, number):
    shown = dict.fromkeys(range(1, number + 1), 1)
    if number <= SCREENED_TOGETHER:
        assert screen_many(shown, ACCEPT, "", by=staff).fit == []
    else:
        with refused("too_many"):
            screen_many(shown, ACCEPT, "", by=staff)


@pytest.mark.parametrize(("reason", "code"), [(" ", "reason_missing"), ("ệ" * (REASON_LIMIT + 1), "reason_too_long")])
@pytest.mark.parametrize("verdict", [REJECT, UNDO])
def test_without_a_fitting_reason_nothing_changes(unit, staff, verdict, reason, code):
    initiative = make_initiative(unit, accepted=True)

    with refused(code):
        screen_many(seen(initiative), verdict, reason, by=staff)
    assert statuses(initiative) == ["ACCEPTED"]


@pytest.mark.parametrize("rows", [1, 4])
def test_many_cost_as_many_statements_as_one(unit, staff, django_assert_num_queries, rows):
    initiatives = [make_initiative(unit, email=f"a{at}@example.vn") for at in range(rows)]
    staff.unions_as("STAFF")

    with django_assert_num_queries(9):
        screen_many(seen(*initiatives), ACCEPT, "", by=staff)


# Taking it back


def test_a_mistake_is_put_back_by_a_correction_on_record(unit, staff):
    initiative = make_initiative(unit, accepted=True)

    undone = undo_screening(initiative, "Bấm nhầm.", by=staff, version=initiative.version)

    undone.refresh_from_db()
    assert (undone.status, undone.status_reason, undone.version) == (Status.SENT, "", initiative.version + 1)
    event = Event.objects.of(undone).last()
    assert (event.deed, event.reason, event.before["status"]) == ("screening_undone", "Bấm nhầm.", "ACCEPTED")


def test_its_author_reads_a_plain_line(client, unit, staff):
    initiative = make_initiative(unit, accepted=True)
    undo_screening(initiative, "Bấm nhầm.", by=staff, version=initiative.version)

    page = says(client.get(initiative.private_path))

    assert "Công đoàn đã lấy lại kết quả rà soát, sáng kiến sẽ được rà soát lại" in page
    assert "Lý do: Bấm nhầm." in page


def test_what_waits_or_stands_in_a_dossier_is_not_taken_back():
    waiting, entered = make_initiative(), make_dossier(entries=1).entries.get().initiative

    with refused("already_so"):
        undo_screening(waiting, "Nhầm.", by=make_user(), version=1)
    with refused("in_a_dossier"):
        undo_screening(entered, "Nhầm.", by=make_user(), version=entered.version)


# Its pages


def test_first_comes_what_would_change_and_nothing_has(unit, staff):
    good, gone = make_initiative(unit, title="Còn"), make_initiative(unit, title="Đã thôi")
    withdraw(gone, arrived_at=IN_TIME)
    client = signed_in(staff)
    values = {"verdict": "accept", "chosen": chosen(good, gone), "list": "status=SENT&truoc=9"}

    page = client.post(reverse("screen_initiatives"), values)

    assert "1 sáng kiến thành “Đã chấp nhận”" in says(page)
    assert "Không làm được với 1 sáng kiến: Đã thôi" in says(page)
    assert statuses(good) == ["SENT"]
    form = form_on(page, reverse("pass_verdict"))
    done = client.post(form.action, filled_in(form))
    assert done["Location"] == f"{LIST}?status=SENT&truoc=9"
    assert "Đã chấp nhận 1 sáng kiến." in says(client.get(done["Location"]))
    assert statuses(good, gone) == ["ACCEPTED", "WITHDRAWN"]


def test_what_changes_between_looking_and_doing_is_kept_and_told(unit, staff):
    good, changed = make_initiative(unit), make_initiative(unit, title="Cũ")
    client, values = signed_in(staff), {"verdict": "reject", "chosen": chosen(good, changed), "picked": "effect"}
    correct(changed, answers(unit, title="Mới"), version=1, arrived_at=IN_TIME)

    page = says(client.post(reverse("pass_verdict"), values))

    assert "Đã ghi nhận không đạt 1 sáng kiến" in page
    assert "Giữ nguyên 1 sáng kiến: Mới" in page
    assert statuses(good, changed) == ["REJECTED", "SENT"]


def test_a_reason_is_picked_or_typed_or_both(unit, staff):
    initiative = make_initiative(unit)
    values = {"verdict": "reject", "chosen": chosen(initiative), "picked": "copied", "reason": "Xem mã ABCD."}

    signed_in(staff).post(reverse("pass_verdict"), values)

    assert Initiative.objects.get().status_reason == f"{Reason.COPIED.label}\nXem mã ABCD."


def test_a_missing_reason_is_said_beside_its_box_and_the_choice_stays(unit, staff):
    initiative = make_initiative(unit)
    values = {"verdict": "reject", "chosen": chosen(initiative), "picked": "", "reason": "…"}

    page = signed_in(staff).post(reverse("pass_verdict"), values)

    assert page.status_code == 422
    box = tree(page).get_element_by_id("reason")
    assert "Hãy ghi lý do" in tree(page).get_element_by_id(box.get("aria-describedby")).text
    assert filled_in(form_on(page, reverse("pass_verdict")))["chosen"] == chosen(initiative)[0]
    assert statuses(initiative) == ["SENT"]


@pytest.mark.parametrize("page", ["screen_initiatives", "pass_verdict"])
@pytest.mark.parametrize("verdict", ["", "delete", "accept"])
@pytest.mark.parametrize("rows", [[], ["x", "1", "-1", "1-", "-", "9" * 40 + "-1"]])
def test_nonsense_changes_nothing(unit, staff, page, verdict, rows):
    initiative = make_initiative(unit)

    response = signed_in(staff).post(reverse(page), {"verdict": verdict, "chosen": rows, "list": "\x00=%ff&&"})

    assert (response.status_code, response["Location"]) == (302, f"{LIST}?")
    assert statuses(initiative) == ["SENT"]


def test_more_than_a_hundred_are_refused_in_words(staff):
    client = signed_in(staff)
    values = {"verdict": "accept", "chosen": [f"{key}-1" for key in range(1, SCREENED_TOGETHER + 2)]}

    for page in ("screen_initiatives", "pass_verdict"):
        assert "tối đa 100 sáng kiến" in says(client.post(reverse(page), values, follow=True))


def test_the_list_offers_its_rows_for_choosing_to_who_screens_alone(unit, staff):
    initiative = make_initiative(unit)

    mine, boards = (signed_in(user).get(LIST) for user in (staff, make_board(unit.parent)))
    all_chosen = signed_in(staff).get(f"{LIST}?chon=het")

    boxes = "//input[@name='chosen']"
    assert tree(mine).xpath(f"{boxes}/@value") == chosen(initiative)
    assert not tree(boards).xpath(boxes)
    assert (len(tree(mine).xpath(f"{boxes}[@checked]")), len(tree(all_chosen).xpath(f"{boxes}[@checked]"))) == (0, 1)


# One after the other


def test_the_page_of_one_leads_on_and_back_within_the_list_that_it_came_from(unit, staff):
    for name in ("Lê Bình", "Lê An", "Lê Cúc", "Lê Dung"):
        make_initiative(unit, full_name=name, accepted=name == "Lê Cúc")
    client = signed_in(staff)
    binh = Initiative.objects.get(full_name="Lê Bình")

    page = client.get(f"{binh.get_absolute_url()}?status=SENT&order=name").context

    assert (page["previous"].full_name, page["next"].full_name) == ("Lê An", "Lê Dung")
    assert page["list_query"] == "status=SENT&order=name"


def test_a_verdict_keeps_the_list(unit, staff):
    initiative = make_initiative(unit)
    values = {"version": "1", "list": "order=name&field=production&x=1"}

    response = signed_in(staff).post(reverse("accept_initiative", args=[initiative.code]), values)

    assert response["Location"] == f"{initiative.get_absolute_url()}?field=production&order=name"


def test_staff_take_a_result_back_on_the_page_and_say_why(unit, staff):
    initiative = make_initiative(unit, accepted=True)
    client, address = signed_in(staff), reverse("undo_initiative", args=[initiative.code])

    refusal = client.post(address, {"version": initiative.version, "reason": ""})
    done = client.post(address, {"version": initiative.version, "reason": "Bấm nhầm."}, follow=True)

    assert refusal.status_code == 422
    assert tree(refusal).get_element_by_id("undo_reason").get("aria-invalid") == "true"
    assert tree(refusal).get_element_by_id("reason").get("aria-invalid") is None
    assert "lại chờ rà soát" in says(done)
    assert statuses(initiative) == ["SENT"]
