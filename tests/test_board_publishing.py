"""The board publishes, once and for all; then everybody sees it (R17), and nothing private with it (R19)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Award, Kind, Publication
from awards.outcome_letters import of_plan
from awards.selection import choose
from awards.shortlisting import publish_shortlist
from dossiers.models import DossierEntry
from tests.boards import hold, signed_in
from tests.factories import make_board, make_campaign, make_filed, make_plan, make_staff, make_valid

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DECISION = {"decision_number": "12/QĐ-LĐLĐ", "decision_date": "01/04/2021"}


@pytest.fixture
def plan():
    return make_plan(award_limit=2, nomination_limit=1)


@pytest.fixture
def entries(plan):
    return list(make_valid(plan=plan, entries=3).entries.order_by("rank"))


@pytest.fixture
def board(plan):
    return signed_in(make_board(plan.union))


def decide(client, entry, deed, query=""):
    address = reverse("admin:awards_decide", args=[entry.plan_id, entry.pk, deed])
    return client.post(f"{address}?{query}", follow=True)


def chosen(kind=Kind.PROVINCE):
    return set(Award.objects.standing().filter(kind=kind).values_list("entry", flat=True))


def preview(client, plan, **values):
    return client.get(reverse("admin:awards_publish", args=[plan.pk]), DECISION | values)


def publish(client, plan, **values):
    shown = preview(client, plan).context
    sent = DECISION | {"seen": shown["mark"] if shown and "mark" in shown else "", "aware": "on"} | values
    return client.post(reverse("admin:awards_publish", args=[plan.pk]), sent, follow=True)


def test_publishing_first_shows_exactly_what_will_be_public(board, plan, entries):
    decide(board, entries[1], "chon")
    answer = preview(board, plan)

    assert answer.status_code == 200
    assert [entry.pk for entry in answer.context["entries"]] == [entries[1].pk]
    assert not Publication.objects.exists()


def test_publishing_first_shows_every_letter_that_will_be_sent(board, plan, entries):
    make_staff(entries[1].dossier.union)
    decide(board, entries[1], "chon")
    letters = preview(board, plan).context["letters"]
    assert [letter.body for letter in letters]

    publish(board, plan)

    assert [letter.body for letter in letters] == [message.body for message in of_plan(plan)]


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
    "values",
    [{"decision_number": ""}, {"decision_date": "x"}, {"decision_date": "02/04/2021"}, {"decision_number": "a" * 51}],
)
def test_a_decision_without_number_or_fitting_date_is_refused_and_kept(values, board, plan, entries):
    decide(board, entries[0], "chon")

    assert preview(board, plan, **values).status_code == 422
    assert publish(board, plan, **values).status_code == 422
    assert not Publication.objects.exists()


def test_before_publishing_one_is_warned_of_what_is_left_undone(board, plan, entries):
    make_filed(plan=plan)
    make_filed(plan=plan)
    hold(entries[2])
    decide(board, entries[0], "chon")
    answer = preview(board, plan).content.decode()

    assert "<strong>2</strong> hồ sơ chưa kết luận" in answer
    assert "<strong>1</strong> đơn đang xem xét" in answer
    assert "<strong>1/2</strong> khen thưởng, <strong>0/1</strong> đề nghị biểu dương" in answer
    assert "các hồ sơ này không được xét nữa" in answer
    assert '<input type="checkbox" name="aware" required>' in answer


def test_what_is_left_undone_is_not_published_before_one_says_to_know_it(board, plan, entries):
    decide(board, entries[0], "chon")
    answer = publish(board, plan, aware="")
    again = publish(board, plan, seen=answer.context["mark"])

    assert answer.status_code == 422
    assert "Hãy đánh dấu “Tôi đã biết và vẫn công bố”" in answer.content.decode()
    assert 'name="decision_number" value="12/QĐ-LĐLĐ"' in answer.content.decode()
    assert 'name="decision_date" value="01/04/2021"' in answer.content.decode()
    assert again.status_code == 200
    assert Publication.objects.exists()


def test_a_phone_number_beside_a_name_is_noticed_before_it_is_public(board, plan, entries):
    decide(board, entries[0], "chon")
    assert "có vẻ chứa số điện thoại" not in preview(board, plan).content.decode()
    entries[0].authors = "Nguyễn Thị Hoà, ĐT 0912 345 678"
    entries[0].save()

    assert "có vẻ chứa số điện thoại" in preview(board, plan).content.decode()
    at_list = reverse("admin:awards_preview_shortlist", args=[plan.pk])
    assert "có vẻ chứa số điện thoại" in board.post(at_list, {"days": "15"}).content.decode()


def test_one_is_warned_of_a_list_that_still_lies_open_and_of_what_never_did(board, plan, entries):
    publish_shortlist(plan, 15, by=make_board(plan.union))
    other = make_valid(plan=plan).entries.get()
    decide(board, other, "chon")
    decide(board, entries[0], "chon")
    decide(board, entries[0], "de-nghi")
    answer = preview(board, plan).content.decode()

    assert "còn mở đến hết ngày <strong>16/04/2021</strong>" in answer
    assert "<strong>1</strong> sáng kiến được chọn chưa có trong danh sách lấy ý kiến nào" in answer
    assert publish(board, plan, aware="").status_code == 422


def test_nobody_is_asked_to_be_aware_of_nothing(board, plan, entries):
    for entry in entries[:2]:
        decide(board, entry, "chon")
    decide(board, entries[0], "de-nghi")

    assert 'name="aware"' not in preview(board, plan).content.decode()
    assert publish(board, plan, aware="").status_code == 200
    assert Publication.objects.exists()


def test_after_publication_nothing_of_the_plan_waits_any_more(board, plan, entries):
    make_filed(plan=plan)
    hold(entries[2])
    decide(board, entries[0], "chon")
    publish(board, plan)
    tiles = board.get(reverse("admin:index")).content.decode()

    assert "<strong>0</strong> hồ sơ mới nộp" in tiles
    assert "<strong>0</strong> đơn mới nhận" in tiles


def test_a_complaint_about_what_was_published_still_waits(board, plan, entries):
    decide(board, entries[0], "chon")
    publish(board, plan)
    hold(entries[0])

    assert "<strong>1</strong> đơn mới nhận" in board.get(reverse("admin:index")).content.decode()


def test_a_wrong_decision_number_leads_to_its_box(board, plan, entries):
    decide(board, entries[0], "chon")
    answer = preview(board, plan, decision_number="").content.decode()

    assert '<a href="#cong-bo">Chưa công bố được.' in answer
    assert answer.count("autofocus") == 1


def test_nothing_chosen_is_not_published(board, plan, entries):
    assert preview(board, plan).status_code == 422
    assert publish(board, plan).status_code == 422


def test_the_record_names_what_was_chosen(board, plan, entries):
    decide(board, entries[0], "chon")
    answer = board.get(reverse("admin:awards_selection_history", args=[plan.pk])).content.decode()

    assert "Chọn khen thưởng (1/2)" in answer
    assert entries[0].title in answer


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
        results(client, plan)  # whether a list lies open is kept for a minute
        with CaptureQueriesContext(connection) as counted:
            assert results(client, plan).status_code == 200
        return len(counted)

    decide_one(plan)
    at_one = queries()
    decide_one(make_plan(campaign=plan.campaign))
    decide_one(make_plan(campaign=plan.campaign))

    assert queries() == at_one
