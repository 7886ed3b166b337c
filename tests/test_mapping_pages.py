"""The pages on which staff of a top union tell what typed names mean."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from accounts.abbreviations import name_key
from accounts.models import Level
from initiatives import mapping, typed_names
from initiatives.mapping import map_unit
from initiatives.models import Initiative
from initiatives.unit_aliases import UnitAlias
from tests.factories import (
    make_alias,
    make_board,
    make_campaign,
    make_dossier,
    make_initiative,
    make_national_user,
    make_staff,
    make_typed,
    make_union,
    make_user,
)
from tests.pages import filled_in, form_on, says, signed_in, tree, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPED = "LĐLĐ h. Đại Từ"


@pytest.fixture
def top():
    return make_union(Level.TOP, name="LĐLĐ tỉnh Thái Nguyên")


@pytest.fixture
def dai_tu(top):
    return make_union(parent=top, name="LĐLĐ huyện Đại Từ")


@pytest.fixture
def client(top):
    return signed_in(make_staff(top))


def names_page(top, **query):
    return reverse("typed_names", args=[top.code], query=query)


def name_page(top, name):
    return f"{reverse('map_name', args=[top.code])}?ten={quote(name_key(name))}"


def headings(response):
    return [heading.text_content() for heading in tree(response).xpath("//main//h2")]


# The list of names


def test_names_are_grouped_however_they_are_written_with_number_days_and_workplaces(client, top, dai_tu):
    make_typed(top, TYPED, workplace="Trường Tiểu học Hùng Sơn")
    make_typed(top, "ldld huyen dai tu", workplace="Trạm Y tế La Bằng")
    make_typed(top, "Công đoàn Công ty Chè")

    page = client.get(names_page(top))

    assert headings(page) == ["Công đoàn Công ty Chè", f"{TYPED} · ldld huyen dai tu"]
    assert "2 sáng kiến, ngày 01/04/2021" in says(page)
    assert "Nơi làm việc: Trường Tiểu học Hùng Sơn · Trạm Y tế La Bằng" in says(page)


def test_the_most_similar_unit_is_proposed_and_one_click_takes_it(client, top, dai_tu):
    make_typed(top, "Huyện Đại Từ, Thái Nguyên")
    make_typed(top, TYPED)

    page = client.get(names_page(top))
    form = form_on(page, name_page(top, TYPED))
    assert form.xpath("string(.//button)").startswith("Ghép vào LĐLĐ huyện Đại Từ")
    assert Initiative.objects.without_unit(top).count() == 2  # nothing is applied unasked

    answer = client.post(form.action, filled_in(form), follow=True)

    assert "Đã ghép 1 sáng kiến vào LĐLĐ huyện Đại Từ." in says(answer)
    assert headings(answer) == ["Huyện Đại Từ, Thái Nguyên"]
    assert Initiative.objects.under(dai_tu).count() == 1


def test_a_name_like_no_unit_is_only_offered_for_choosing(client, top, dai_tu):
    make_typed(top, "Công đoàn Công ty May TNG")

    page = client.get(names_page(top))

    assert not tree(page).xpath("//main//form")
    assert name_page(top, "Công đoàn Công ty May TNG") in tree(page).xpath("//main//a/@href")


def test_names_are_paged_by_their_key(client, top, monkeypatch):
    monkeypatch.setattr(typed_names, "NAMES_A_PAGE", 2)
    for name in ("Bình", "An", "Cường"):
        make_typed(top, name)

    first = client.get(names_page(top))
    assert headings(first) == ["An", "Bình"]
    (address,) = tree(first).xpath("//nav[@aria-label='Các trang']//a/@href")
    second = client.get(address)
    assert headings(second) == ["Cường"]
    assert tree(second).xpath("//nav[@aria-label='Các trang']//a/@href") == [names_page(top)]


def test_after_mapping_the_same_page_of_the_list_is_shown(client, top, dai_tu):
    make_typed(top, TYPED)

    answer = client.post(name_page(top, TYPED), {"unit": dai_tu.code, "sau": "an & binh"})

    assert answer["Location"] == names_page(top, sau="an & binh")


def test_names_of_another_top_union_are_not_shown(client, top):
    make_typed(make_union(Level.TOP), TYPED)

    assert "Không có tên nào chờ ghép." in says(client.get(names_page(top)))


@pytest.mark.parametrize("number", [1, 5])
def test_the_list_costs_the_same_for_any_number_of_names(client, top, number, django_assert_num_queries):
    campaign = make_campaign()
    for name in range(number):
        make_typed(top, f"LĐLĐ huyện {name}", campaign)
        make_alias(top, f"LĐLĐ quận {name}")

    with django_assert_num_queries(9):
        assert len(headings(client.get(names_page(top)))) == number


# One name


def test_the_page_of_a_name_proposes_a_unit_among_all_and_shows_who_sent_it(client, top, dai_tu):
    other, closed = make_union(parent=top), make_union(parent=top, is_active=False)
    initiative = make_typed(top, TYPED)

    page = client.get(name_page(top, TYPED))

    assert tree(page).xpath("//select/option[@selected]/@value") == [dai_tu.code]
    assert set(tree(page).xpath("//select/option/@value")) == {"", dai_tu.code, other.code}
    assert closed.name not in says(page)
    assert initiative.get_absolute_url() in tree(page).xpath("//main//a/@href")


@pytest.mark.parametrize("wrong", ["", "no-such", "foreign"])
def test_without_a_unit_of_the_top_union_the_page_asks_again(client, top, dai_tu, wrong):
    make_typed(top, TYPED)
    code = make_union().code if wrong == "foreign" else wrong

    answer = client.post(name_page(top, TYPED), {"unit": code})

    assert answer.status_code == 422
    assert tree(answer).xpath("//select[@aria-invalid and @autofocus]")
    assert f"Hãy chọn một đơn vị đang hoạt động của {top}." in says(answer)


def test_who_comes_after_a_colleague_is_told_what_the_colleague_did(client, top, dai_tu):
    make_typed(top, TYPED)
    form = filled_in(form_on(client.get(name_page(top, TYPED))))
    map_unit(top, name_key(TYPED), make_union(parent=top, name="LĐLĐ huyện Khác"), by=make_user())

    answer = client.post(name_page(top, TYPED), form, follow=True)

    assert "Đồng nghiệp vừa ghép tên này vào LĐLĐ huyện Khác." in says(answer)
    assert not Initiative.objects.under(dai_tu).exists()


def test_when_one_request_was_not_enough_the_page_of_the_name_stays_open(client, top, dai_tu, monkeypatch):
    monkeypatch.setattr(mapping, "MOST_MOVED", 1)
    for _ in range(2):
        make_typed(top, TYPED)

    answer = client.post(name_page(top, TYPED), {"unit": dai_tu.code}, follow=True)
    assert "Đã ghép 1 sáng kiến vào LĐLĐ huyện Đại Từ. Vẫn còn sáng kiến mang tên này" in says(answer)
    client.post(name_page(top, TYPED), filled_in(form_on(answer)))

    assert Initiative.objects.under(dai_tu).count() == 2


def test_a_name_that_nobody_typed_leads_back_to_the_list(client, top):
    answer = client.get(name_page(top, "Bịa"), follow=True)

    assert answer.redirect_chain == [(names_page(top), 302)]
    assert "Không còn sáng kiến nào chờ ghép với tên này." in says(answer)


# Names that are known


def test_a_wrong_mapping_is_put_right_from_the_list_of_known_names(client, top, dai_tu):
    wrong = make_union(parent=top, name="LĐLĐ huyện Nhầm")
    make_typed(top, TYPED)
    map_unit(top, name_key(TYPED), wrong, by=make_user())

    page = client.get(reverse("known_names", args=[top.code]))
    assert "LĐLĐ huyện Nhầm" in says(page)
    (address,) = [link for link in tree(page).xpath("//main//td//a/@href") if "ten=" in link]
    form = form_on(client.get(address))
    assert form.fields["unit"] == wrong.code
    form.fields["unit"] = dai_tu.code

    answer = client.post(form.action, filled_in(form), follow=True)

    assert "Đã ghép 1 sáng kiến vào LĐLĐ huyện Đại Từ." in says(answer)
    assert Initiative.objects.get().unit == dai_tu


def test_a_known_name_is_forgotten_by_its_own_top_union_only(client, top):
    alias, foreign = make_alias(top), make_alias()
    forget = lambda alias: client.post(reverse("forget_name", args=[top.code, alias.pk]), follow=True)  # noqa: E731

    assert "Đã bỏ ghi nhớ tên" in says(forget(alias))
    assert forget(foreign).status_code == 404
    assert list(UnitAlias.objects.all()) == [foreign]


# Who


@pytest.mark.parametrize("make", [make_staff, make_board])
def test_staff_and_board_go_straight_to_the_names_of_their_top_union(top, make):
    assert signed_in(make(top)).get(reverse("mapping"))["Location"] == names_page(top)


def test_national_staff_see_in_which_top_unions_names_wait(top):
    make_typed(top, TYPED)
    quiet = make_initiative().top

    page = signed_in(make_national_user()).get(reverse("mapping"))

    assert names_page(top) in tree(page).xpath("//main//a/@href")
    assert names_page(quiet) not in tree(page).xpath("//main//a/@href")


def test_the_desk_of_a_top_union_tells_how_many_wait(client, top, dai_tu):
    assert "chờ ghép đơn vị" not in says(client.get(reverse("desk")))
    make_typed(top, TYPED)

    page = client.get(reverse("desk"))

    assert "1 sáng kiến chờ ghép đơn vị" in says(page)
    assert names_page(top) in tree(page).xpath("//main//a/@href")
    assert "chờ ghép đơn vị" not in says(signed_in(make_staff(dai_tu)).get(reverse("desk")))


# One initiative


def test_an_initiative_is_moved_from_its_own_page(client, top, dai_tu):
    initiative = make_initiative(make_union(parent=top))

    form = form_on(client.get(initiative.get_absolute_url()), reverse("move_initiative", args=[initiative.code]))
    form.fields["unit"] = dai_tu.code
    answer = client.post(form.action, filled_in(form), follow=True)

    assert f"Sáng kiến {initiative.shown_code} nay thuộc LĐLĐ huyện Đại Từ." in says(answer)
    assert Initiative.objects.get().unit == dai_tu


def test_what_stands_in_a_dossier_is_not_moved_and_the_page_says_why(client, top, dai_tu):
    initiative = make_dossier(make_union(parent=top), entries=1).entries.get().initiative

    answer = client.post(
        reverse("move_initiative", args=[initiative.code]), {"unit": dai_tu.code, "version": "2"}, follow=True
    )

    assert f"Sáng kiến đang ở trong hồ sơ của {initiative.branch}." in says(answer)


def test_staff_below_are_not_offered_to_move_anything(top, dai_tu):
    page = signed_in(make_staff(dai_tu)).get(make_initiative(dai_tu).get_absolute_url())

    assert "Chuyển sang đơn vị khác" not in says(page)


# The worker's side


def test_what_is_sent_with_a_known_name_arrives_at_its_unit(top, dai_tu):
    make_alias(unit=dai_tu)
    campaign = make_campaign()
    values = typed(dai_tu, unit="other", unit_other="ldld huyen dai tu")
    address = reverse("initiative_form", args=[campaign.slug])

    first, again = (signed_in(make_user()).post(address, values) for _ in range(2))

    assert first["Location"] == again["Location"]
    assert "LĐLĐ huyện Đại Từ" in says(signed_in(make_user()).get(first["Location"]))
