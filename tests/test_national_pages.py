"""The General Confederation's pages about all federations: what they show, who gets in, and that they stay quick."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from awards import honours
from awards.honours import mark, publish
from awards.models import Honour
from awards.national_figures import federations_of, totals_of
from dossiers.models import Plan
from initiatives.models import Campaign
from record.models import Event
from tests.boards import signed_in
from tests.factories import make_board, make_filed, make_national_user, make_plan, make_staff, make_user
from tests.honours import make_nominated
from tests.racing import at_once, slowly
from tests.refusals import without_triggers

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGES = ["awards_nominations_change", "awards_national_totals", "awards_copy_campaign", "awards_copy_plans"]


def page_of(campaign, name="awards_nominations_change", *more):
    return reverse(f"admin:{name}", args=[campaign.pk, *more])


@pytest.fixture
def award():
    (award,) = make_nominated()
    return award


@pytest.fixture
def campaign(award):
    return award.plan.campaign


@pytest.fixture
def national():
    return signed_in(make_national_user())


def text(answer):
    return answer.content.decode()


def test_every_page_opens_for_national_staff(national, campaign):
    for name in PAGES:
        assert national.get(page_of(campaign, name)).status_code == 200, name


def test_nobody_else_gets_in(campaign, award, client):
    deeds = [
        page_of(campaign, "awards_national_export"),
        page_of(campaign, "awards_honour", award.pk, "danh-dau"),
        page_of(campaign, "awards_publish_honours"),
        page_of(campaign, "awards_copy_plans"),
        page_of(campaign, "awards_copy_campaign"),
    ]
    for user in (make_board(award.plan.union), make_board(make_plan().union)):
        board = signed_in(user)
        assert {board.get(page_of(campaign, name)).status_code for name in PAGES} <= {403, 404}
        assert {board.post(deed).status_code for deed in deeds} == {403}
    staff = signed_in(make_staff(award.plan.union))
    assert {staff.get(page_of(campaign, name), follow=True).status_code for name in PAGES} == {403}
    assert {client.post(deed).status_code for deed in deeds} == {302}
    assert not Honour.objects.exists()


def test_an_administrator_looks_on_and_decides_nothing(campaign, award):
    administrator = signed_in(make_user(is_superuser=True, is_staff=True))

    assert administrator.get(page_of(campaign)).status_code == 200
    assert "danh-dau" not in text(administrator.get(page_of(campaign)))
    assert administrator.post(page_of(campaign, "awards_honour", award.pk, "danh-dau")).status_code == 403


def test_nothing_of_a_plan_that_is_not_published_is_listed_or_counted(national):
    (award,) = make_nominated(published=False)
    campaign = award.plan.campaign

    for query in ("", "?shown=khen-thuong", "?shown=bieu-duong", f"?top={award.plan.union.code}"):
        assert award.entry.title not in text(national.get(page_of(campaign) + query))
    (line,) = [line for line in federations_of(campaign) if line.union == award.plan.union]
    assert (line.state, line.filed, line.valid) == ("Đang nhận và xét hồ sơ", 1, 1)
    assert (line.awarded, line.nominated, line.honoured) == (None, None, None)
    assert totals_of([line])["nominated"] == 0
    export = national.post(page_of(campaign, "awards_national_export"))
    assert load_workbook(io.BytesIO(export.content)).active.max_row == 1


def test_totals_count_what_is_published(national, campaign, award):
    mark(campaign, award, by=make_user())
    make_filed(plan=make_plan(campaign=campaign))

    totals = totals_of(federations_of(campaign))

    assert {name: totals[name] for name in ("planned", "published", "filed", "valid")} == {
        "planned": 2, "published": 1, "filed": 2, "valid": 1
    }  # fmt: skip
    assert (totals["awarded"], totals["nominated"], totals["honoured"], totals["initiatives"]) == (1, 1, 1, 2)


@pytest.mark.parametrize("page", ["awards_nominations_change", "awards_national_totals"])
def test_the_number_of_queries_does_not_grow(page, national, campaign, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as counted:
            assert national.get(page_of(campaign, page)).status_code == 200
        return len(counted)

    national.get(page_of(campaign, page))
    for award in make_nominated(make_plan(campaign=campaign)):
        mark(campaign, award, by=make_user())
    few = queries()
    for _ in range(3):
        for award in make_nominated(make_plan(campaign=campaign)):
            mark(campaign, award, by=make_user())

    assert queries() == few


def test_lists_are_filtered_and_paged(national, campaign, award, monkeypatch):
    (other,) = make_nominated(make_plan(campaign=campaign))
    address = page_of(campaign)

    of_one = text(national.get(f"{address}?top={award.plan.union.code}"))
    assert (str(award.plan.union) in of_one, f"muc-{award.pk}" in of_one, f"muc-{other.pk}" in of_one) == (
        True,
    ) * 2 + (False,)
    assert f"muc-{award.pk}" not in text(national.get(f"{address}?field=community"))
    assert f"muc-{award.pk}" not in text(national.get(f"{address}?shown=bieu-duong"))
    for nonsense in ("shown=x", "top=x", "field=%00", "block=9", "truoc=x", "sau=99999999", "truoc=0"):
        assert national.get(f"{address}?{nonsense}").status_code == 200
    behind = text(national.get(f"{address}?truoc={award.pk}"))
    assert (f"muc-{award.pk}" in behind, f"muc-{other.pk}" in behind) == (False, True)


def test_the_file_holds_what_the_list_shows_and_is_on_record(national, campaign, award):
    with without_triggers():
        type(award.entry).objects.filter(pk=award.entry_id).update(title="=1+1")

    answer = national.post(page_of(campaign, "awards_national_export") + "?shown=khen-thuong")

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["A2"].value == award.plan.union.name
    event = Event.objects.of(campaign).last()
    assert (event.deed, event.after) == ("nominations_exported", {"query": "shown=khen-thuong", "rows": 1})


def test_marking_seeing_and_publishing_on_the_pages(national, campaign, award):
    marked = national.post(page_of(campaign, "awards_honour", award.pk, "danh-dau"), follow=True)
    assert "Đã đánh dấu, chưa công bố" in text(marked)
    again = national.post(page_of(campaign, "awards_honour", award.pk, "danh-dau"), follow=True)
    assert "Sáng kiến này đã được đánh dấu rồi." in text(again)

    decision = {"number": "99/QĐ-TLĐ", "date": "01/04/2021"}
    shown = national.get(page_of(campaign, "awards_publish_honours"), decision)
    assert award.entry.title in text(shown)
    assert Honour.objects.get().decision is None
    seen = shown.context["mark"]
    done = national.post(page_of(campaign, "awards_publish_honours"), decision | {"seen": seen}, follow=True)
    assert "Đã công bố. Tác giả và mọi người xem được từ lúc này." in text(done)
    assert Honour.objects.get().decision.number == "99/QĐ-TLĐ"


@pytest.mark.parametrize(
    "decision", [{}, {"number": "9"}, {"number": "9", "date": "x"}, {"number": "9", "date": "02/04/2021"}]
)
def test_a_decision_that_lacks_something_keeps_what_was_typed(decision, national, campaign, award):
    mark(campaign, award, by=make_user())

    answer = national.get(page_of(campaign, "awards_publish_honours"), decision)

    assert answer.status_code == 422
    if "number" in decision:
        assert f'value="{decision["number"]}"' in text(answer) or "<strong>9</strong>" in text(answer)


def test_a_stale_list_is_shown_again_before_it_is_published(national, campaign, award):
    mark(campaign, award, by=make_user())

    answer = national.post(
        page_of(campaign, "awards_publish_honours"), {"number": "9", "date": "01/04/2021", "seen": "x"}
    )

    assert answer.status_code == 422
    assert "Danh sách vừa thay đổi." in text(answer)
    assert "Công bố danh sách này" in text(answer)


def test_a_correction_is_written_on_its_page(national, campaign, award):
    honour = mark(campaign, award, by=make_user())
    correction = page_of(campaign, "awards_correct_honour", honour.pk)
    assert national.get(correction).status_code == 404  # nothing public to correct
    publish(campaign, "99/QĐ", date(2021, 4, 1), by=make_user())

    refused = national.post(correction, {"number": "1/TLĐ", "date": "01/04/2021", "reason": ""})
    assert (refused.status_code, 'value="1/TLĐ"' in text(refused)) == (422, True)
    done = national.post(correction, {"number": "1/TLĐ", "date": "01/04/2021", "reason": "Trùng."}, follow=True)
    assert "Đã ghi đính chính" in text(done)
    late = national.post(correction, {"number": "2/TLĐ", "date": "01/04/2021", "reason": "Nữa."})
    assert (late.status_code, "Nữa." in text(late)) == (422, True)


def test_a_campaign_and_its_plans_are_copied_on_the_pages(national, campaign):
    asked = {"name": "Chương trình 2022", "slug": "2022", "opens_on": "10/03/2022"}
    address = page_of(campaign, "awards_copy_campaign")
    shown = text(national.get(address, asked))
    assert ("00:00 10/03/2022" in shown, "00:00 21/04/2022" in shown, "01/02/2022" in shown) == (True,) * 3
    assert Campaign.objects.count() == 1

    plans = national.post(address, asked, follow=True)
    new = Campaign.objects.get(slug="2022")
    assert "Kế hoạch sẽ tạo (1)" in text(plans)
    source = f"{page_of(new, 'awards_copy_plans')}?campaign={campaign.pk}"
    union = campaign.plans.get().union
    made = national.post(source, {"union": union.code}, follow=True)
    assert "Đã tạo 1 kế hoạch." in text(made)
    again = national.post(source, {"union": union.code})
    assert (again.status_code, "Danh sách vừa thay đổi." in text(again)) == (422, True)
    assert Plan.objects.filter(campaign=new).count() == 1
    assert "chưa ghi số" in text(national.get(reverse("admin:dossiers_plan_change", args=[new.plans.get().pk])))


def test_a_refused_copy_keeps_what_was_typed(national, campaign):
    address = page_of(campaign, "awards_copy_campaign")
    asked = {"name": "Chương trình 2022", "slug": campaign.slug, "opens_on": "10/03/2022"}

    taken = national.post(address, asked)
    assert (taken.status_code, "phần địa chỉ web này" in text(taken)) == (422, True)
    early = national.get(address, asked | {"opens_on": "10/03/2021", "slug": "x"})
    assert (early.status_code, 'value="Chương trình 2022"' in text(early)) == (422, True)
    assert national.get(address, {"name": "", "slug": "có dấu", "opens_on": "x"}).status_code == 422


def test_all_missing_federations_are_made_from_one_plan(national, campaign, award):
    other = make_plan(campaign=Campaign.objects.create(**copy_of(campaign)))
    source = f"{page_of(campaign, 'awards_copy_plans')}?plan={award.plan_id}"

    shown = text(national.get(source))
    assert str(other.union) in shown
    nothing = national.post(source, {})
    assert (nothing.status_code, "Chưa chọn tỉnh, ngành nào." in text(nothing)) == (422, True)
    national.post(source, {"union": other.union.code})
    assert Plan.objects.get(campaign=campaign, union=other.union).award_limit == award.plan.award_limit


def copy_of(campaign):
    values = {f.name: getattr(campaign, f.name) for f in Campaign._meta.concrete_fields if f.name != "id"}
    return values | {"slug": "khac", "is_running": False}


def two_marks():
    (award,) = make_nominated()
    by, campaign = make_user(), award.plan.campaign
    outcomes = at_once(*(lambda: mark(campaign, award, by=by) for _ in range(2)))
    return sorted(outcomes, key=str), Honour.objects.standing().count()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_mark_a_nomination_once():
    assert two_marks() == ([None, "already_marked"], 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_would_meet_an_error_of_the_database(monkeypatch):
    monkeypatch.setattr(honours, "locked_campaign", lambda campaign: campaign)
    monkeypatch.setattr(honours, "write", lambda *args, **kwargs: None)
    monkeypatch.setattr(honours, "facts_of", slowly(honours.facts_of))

    assert two_marks() == (["IntegrityError", None], 1)
