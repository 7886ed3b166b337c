"""The admin speaks Vietnamese throughout, in the words of its users."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from record.models import Event
from record.words import DEEDS, SUBJECTS
from tests.boards import hold, signed_in
from tests.factories import make_board, make_campaign, make_filed, make_national_user, make_plan, make_valid

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENGLISH = re.compile(r"correct the error|Error:|Skip to|Toggle|Model name|Add link|list link|After you|Bởi |Lưu lại")


@pytest.fixture
def national():
    user = make_national_user()
    user.is_superuser = True
    user.save()
    return signed_in(user)


def page(client, name, *args, **query):
    return client.get(reverse(f"admin:{name}", args=args), query).content.decode()


@pytest.mark.parametrize(
    "name",
    ["index", "accounts_user_add", "accounts_user_changelist", "dossiers_plan_add", "awards_complaint_changelist"],
)
def test_no_page_is_partly_english(name, national):
    assert not ENGLISH.findall(page(national, name))


def test_a_refused_form_says_so_in_vietnamese(national):
    answer = national.post(reverse("admin:initiatives_campaign_add"), {}).content.decode()

    assert "Chưa lưu được. Hãy sửa các chỗ báo lỗi." in answer
    assert "<title>Cần sửa –" in answer
    assert not ENGLISH.findall(answer)


def test_tables_of_the_machinery_are_not_in_the_admin():
    assert not {model._meta.app_label for model in admin.site._registry} & {"axes", "django_q"}


def test_the_record_is_told_in_words_newest_first(national):
    hold(make_valid(entries=1).entries.get())
    shown = page(national, "record_event_changelist")
    body = shown[shown.index("<tbody") : shown.index("</tbody")]

    for event in Event.objects.all():
        assert DEEDS[event.deed] in shown
        assert SUBJECTS[event.subject_kind] in shown
        assert f">{event.deed}<" not in body
        assert f">{event.subject_kind}<" not in body
    assert body.index("Có đơn: tạm giữ") < body.index("Nộp hồ sơ")


@pytest.mark.parametrize("query", [{"deed": "filed"}, {"subject_kind": "dossier", "deed": "filed"}])
def test_the_record_is_filtered_by_the_same_words(query, national):
    make_filed()
    shown = page(national, "record_event_changelist", **query)
    body = shown[shown.index("<tbody") : shown.index("</tbody")]

    assert "Nộp hồ sơ" in body
    assert "Đưa sáng kiến vào hồ sơ" not in body


def test_a_filter_that_means_nothing_shows_the_whole_record(national):
    make_filed()

    assert "Nộp hồ sơ" in page(national, "record_event_changelist", deed="x")


def test_an_event_is_shown_in_words(national):
    make_filed()
    event = Event.objects.get(deed="filed")
    shown = page(national, "record_event_change", event.pk)

    assert f"Hồ sơ số {event.subject_id}, việc thứ {event.number}: Nộp hồ sơ" in shown


def test_both_halves_of_a_moment_have_a_name(national):
    shown = page(national, "dossiers_plan_add")

    assert 'aria-label="Hạn nhận hồ sơ – ngày"' in shown
    assert 'aria-label="Hạn nhận hồ sơ – giờ"' in shown
    assert 'aria-label="LĐLĐ tỉnh, ngành"' in shown


def test_large_numbers_are_dotted(national):
    make_campaign(target=75000)

    assert "75.000" in page(national, "initiatives_campaign_changelist")


def test_a_frozen_plan_shows_its_target_dotted():
    plan = make_plan(target=5000)
    make_filed(plan=plan)

    assert "5.000" in page(signed_in(make_board(plan.union)), "dossiers_plan_change", plan.pk)
