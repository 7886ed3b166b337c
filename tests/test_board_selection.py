"""The board chooses and publishes through the admin (R14, R15, R17); then everybody sees it (R19)."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.complaints import receive
from awards.models import Award, Complaint, Kind, Publication
from awards.selection import choose
from dossiers.models import DossierEntry
from tests.factories import make_board, make_campaign, make_national_user, make_plan, make_staff, make_valid

pytestmark = pytest.mark.django_db

DECISION = {"decision_number": "12/QĐ-LĐLĐ", "decision_date": "01/04/2021"}


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def plan():
    return make_plan(award_limit=2, nomination_limit=1)


@pytest.fixture
def entries(plan):
    return list(make_valid(plan=plan, entries=3).entries.order_by("rank"))


@pytest.fixture
def board(plan):
    return signed_in(make_board(plan.union))


def page_of(plan):
    return reverse("admin:awards_selection_change", args=[plan.pk])


def decide(client, entry, deed, query=""):
    address = reverse("admin:awards_decide", args=[entry.plan_id, entry.pk, deed])
    return client.post(f"{address}?{query}", follow=True)


def mark(client, plan, entries):
    address = reverse("admin:awards_choose_marked", args=[plan.pk])
    return client.post(address, {"entry": [entry.pk for entry in entries]}, follow=True)


def chosen(kind=Kind.PROVINCE):
    return set(Award.objects.standing().filter(kind=kind).values_list("entry", flat=True))


def test_the_page_shows_the_places_left_and_what_was_chosen(board, plan, entries):
    decide(board, entries[0], "chon")
    answer = decide(board, entries[0], "de-nghi").content.decode()

    assert "<strong>1/2</strong>" in answer
    assert "<strong>1/1</strong>" in answer
    assert f"Đã đề nghị biểu dương: {entries[0].title}" in answer


def test_one_award_too_many_is_refused_naming_the_limit(board, plan, entries):
    answers = [decide(board, entry, "chon").content.decode() for entry in entries]

    assert chosen() == {entries[0].pk, entries[1].pk}
    assert "Đã đủ 2/2 suất" in answers[2]


def test_one_nomination_too_many_is_refused(board, plan, entries):
    for entry in entries[:2]:
        decide(board, entry, "chon")
    answers = [decide(board, entry, "de-nghi").content.decode() for entry in entries[:2]]

    assert chosen(Kind.NATIONAL) == {entries[0].pk}
    assert "Đã đủ 1/1 suất" in answers[1]


def test_only_what_is_awarded_is_nominated_and_a_nominated_award_stays(board, entries):
    early = decide(board, entries[0], "de-nghi").content.decode()
    decide(board, entries[0], "chon")
    decide(board, entries[0], "de-nghi")
    late = decide(board, entries[0], "bo-chon").content.decode()

    assert "Chỉ đề nghị biểu dương sáng kiến đã được chọn" in early
    assert "Hãy bỏ đề nghị biểu dương trước" in late
    assert chosen() == chosen(Kind.NATIONAL) == {entries[0].pk}


def test_what_was_chosen_is_taken_back_and_its_place_free_again(board, entries):
    for deed in ("chon", "de-nghi", "bo-de-nghi", "bo-chon"):
        decide(board, entries[0], deed)
    mark(board, entries[0].plan, entries[1:])

    assert chosen() == {entries[1].pk, entries[2].pk}


def test_a_bulk_choice_beyond_the_limit_chooses_nothing(board, plan, entries):
    answer = mark(board, plan, entries).content.decode()

    assert chosen() == set()
    assert "chỉ còn 2 suất" in answer


def test_a_bulk_choice_with_one_that_may_not_be_chosen_chooses_nothing(board, plan, entries):
    hold(entries[1])

    assert "không đủ điều kiện" in mark(board, plan, entries[:2]).content.decode()
    assert chosen() == set()


def test_a_bulk_choice_of_nothing_says_what_to_do(board, plan, entries):
    assert "Chưa đánh dấu dòng nào" in mark(board, plan, []).content.decode()


def test_a_bulk_choice_with_another_plans_entry_is_not_found(board, plan, entries):
    foreign = make_valid().entries.get()

    assert mark(board, plan, [entries[0], foreign]).status_code == 404
    assert chosen() == set()


def test_an_entry_of_another_plan_is_not_found_below_ones_own(board, plan, entries):
    foreign = make_valid().entries.get()
    address = reverse("admin:awards_decide", args=[plan.pk, foreign.pk, "chon"])

    assert board.post(address).status_code == 404


def hold(entry):
    complaint = Complaint(
        initiative=entry.initiative,
        kind="CONTENT",
        text="Không đúng.",
        complainant="Lê Thị Đơn",
        contact="0912 345 678",
        received_on=date(2021, 4, 1),
    )
    return receive(complaint, by=make_staff(entry.dossier.union))


def test_a_held_candidate_is_marked_and_offers_no_button(board, plan, entries):
    hold(entries[0])
    answer = board.get(page_of(plan)).content.decode()

    assert "Đang giữ lại vì có đơn" in answer
    assert reverse("admin:awards_decide", args=[plan.pk, entries[0].pk, "chon"]) not in answer
    assert reverse("admin:awards_decide", args=[plan.pk, entries[1].pk, "chon"]) in answer


def test_filters_narrow_the_list_and_stay_after_a_choice(board, plan, entries):
    other = make_valid(plan=plan).entries.get()
    DossierEntry.objects.filter(pk=other.pk).update(field="community", title="Tiêm chủng lưu động")
    query = f"field=community&union={other.dossier.union_id}"

    shown = board.get(f"{page_of(plan)}?{query}").content.decode()
    answer = decide(board, other, "chon", query)

    assert "Tiêm chủng lưu động" in shown
    assert entries[0].title not in shown
    assert answer.redirect_chain[-1][0] == f"{page_of(plan)}?{query}#muc-{other.pk}"


@pytest.mark.parametrize("query", ["field=x", "union=x", "union=%00", "union=-1", "field=%00", "union=" + "9" * 30])
def test_filters_that_mean_nothing_filter_nothing(query, board, plan, entries):
    assert len(board.get(f"{page_of(plan)}?{query}").context["rows"]) == 3


def test_national_staff_look_on_without_buttons(plan, entries):
    answer = signed_in(make_national_user()).get(page_of(plan)).content.decode()

    assert entries[0].title in answer
    assert "formaction" not in answer
    assert "Công bố</h2>" not in answer


def test_the_page_asks_as_often_for_three_candidates_as_for_one(plan, board):
    def queries():
        board.get(page_of(plan))
        with CaptureQueriesContext(connection) as counted:
            board.get(page_of(plan))
        return len(counted)

    first = make_valid(plan=plan)
    at_one = queries()
    make_valid(plan=plan, entries=2)
    choose(plan, first.entries.get(), Kind.PROVINCE, by=make_staff(first.union))

    assert queries() == at_one


def preview(client, plan, **values):
    return client.get(reverse("admin:awards_publish", args=[plan.pk]), DECISION | values)


def publish(client, plan, **values):
    shown = preview(client, plan).context
    sent = DECISION | {"seen": shown["mark"] if shown and "mark" in shown else ""} | values
    return client.post(reverse("admin:awards_publish", args=[plan.pk]), sent, follow=True)


def test_publishing_first_shows_exactly_what_will_be_public(board, plan, entries):
    decide(board, entries[1], "chon")
    answer = preview(board, plan)

    assert answer.status_code == 200
    assert [entry.pk for entry in answer.context["entries"]] == [entries[1].pk]
    assert not Publication.objects.exists()


def test_publishing_makes_the_page_read_only_and_links_to_the_results(board, plan, entries):
    decide(board, entries[0], "chon")
    answer = publish(board, plan).content.decode()
    late = decide(board, entries[1], "chon").content.decode()

    assert Publication.objects.get().decision_number == "12/QĐ-LĐLĐ"
    assert reverse("results", args=[plan.campaign.slug]) in answer
    assert "formaction" not in answer
    assert "Kết quả đã công bố" in late
    assert chosen() == {entries[0].pk}


def test_a_list_that_changed_since_it_was_shown_is_shown_again_and_not_published(board, plan, entries):
    decide(board, entries[0], "chon")
    mark_seen = preview(board, plan).context["mark"]
    decide(board, entries[1], "chon")

    answer = publish(board, plan, seen=mark_seen)

    assert answer.status_code == 422
    assert "Danh sách vừa thay đổi" in answer.content.decode()
    assert not Publication.objects.exists()


def test_publishing_without_having_seen_the_list_is_refused(board, plan, entries):
    decide(board, entries[0], "chon")

    assert publish(board, plan, seen="").status_code == 422
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    "values", [{"decision_number": ""}, {"decision_date": "x"}, {"decision_date": "02/04/2021"}, {"decision_number": "a" * 51}]
)
def test_a_decision_without_number_or_fitting_date_is_refused_and_kept(values, board, plan, entries):
    decide(board, entries[0], "chon")

    assert preview(board, plan, **values).status_code == 422
    assert publish(board, plan, **values).status_code == 422
    assert not Publication.objects.exists()


def test_nothing_chosen_is_not_published(board, plan, entries):
    assert preview(board, plan).status_code == 422
    assert publish(board, plan).status_code == 422


def test_the_record_names_what_was_chosen(board, plan, entries):
    decide(board, entries[0], "chon")
    answer = board.get(reverse("admin:awards_selection_history", args=[plan.pk])).content.decode()

    assert "Chọn vào một suất" in answer
    assert f"suất 1: {entries[0].title}" in answer


def results(client, plan):
    return client.get(reverse("results", args=[plan.campaign.slug]))


def test_before_publication_the_public_sees_a_calm_sentence_only(client, board, plan, entries):
    decide(board, entries[0], "chon")
    answer = results(client, plan)

    assert answer.status_code == 200
    assert "Chưa có kết quả nào được công bố" in answer.content.decode()
    assert entries[0].title not in answer.content.decode()


def test_after_publication_the_public_sees_the_decision_nominated_ones_first(client, board, plan, entries):
    for entry, title in zip(entries, ["Áo mưa", "Bánh xe", "Không chọn"], strict=True):
        DossierEntry.objects.filter(pk=entry.pk).update(title=title)
    for entry in entries[:2]:
        decide(board, entry, "chon")
    decide(board, entries[1], "de-nghi")
    publish(board, plan)

    answer = results(client, plan).content.decode()

    assert plan.union.name in answer
    assert "Quyết định số 12/QĐ-LĐLĐ ngày 01/04/2021" in answer
    assert answer.index("Bánh xe") < answer.index("Áo mưa")
    assert answer.count("Đề nghị Tổng Liên đoàn biểu dương") == 1
    assert "Không chọn" not in answer
    assert entries[0].authors in answer


def test_the_public_never_sees_phone_or_birth_year_or_who_complained(client, board, plan, entries):
    hold(entries[2])
    decide(board, entries[0], "chon")
    publish(board, plan)
    answer = results(client, plan).content.decode()

    for private in ("912345678", "1985", "Lê Thị Đơn", "0912 345 678", "@example.vn"):
        assert private not in answer


def test_results_of_a_campaign_that_is_not_there_are_not_found(client):
    make_campaign()

    assert client.get("/khong-co/ket-qua/").status_code == 404


def test_results_ask_as_often_for_three_decisions_as_for_one(client, plan):
    def decide_one(plan):
        entry = make_valid(plan=plan).entries.get()
        choose(plan, entry, Kind.PROVINCE, by=make_staff(entry.dossier.union))
        publish(signed_in(make_board(plan.union)), plan)

    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert results(client, plan).status_code == 200
        return len(counted)

    decide_one(plan)
    at_one = queries()
    decide_one(make_plan(campaign=plan.campaign))
    decide_one(make_plan(campaign=plan.campaign))

    assert queries() == at_one
