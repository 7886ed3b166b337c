"""How a union stands on its papers: derived from its name, laid down by its staff, on record."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Level
from dossiers.letterhead import abbreviation_of, keep_profile, letterhead_of, place_of, shown_date
from dossiers.models import UnionProfile
from record.models import Event
from tests.documents import PROFILE
from tests.factories import make_dossier, make_national, make_staff, make_union, make_user
from tests.pages import errors_beside, filled_in, form_on, says, signed_in
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def top():
    return make_union(Level.TOP, name="LĐLĐ tỉnh Thái Nguyên", short_name="Thái Nguyên")


@pytest.mark.parametrize(
    ("name", "level", "place", "abbreviation"),
    [
        ("LĐLĐ huyện Đại Từ", Level.UPPER, "Đại Từ", "LĐLĐ"),
        ("LĐLĐ thành phố Thái Nguyên", Level.UPPER, "Thái Nguyên", "LĐLĐ"),
        ("LĐLĐ thị xã Phổ Yên", Level.UPPER, "Phổ Yên", "LĐLĐ"),
        ("LĐLĐ quận 1", Level.UPPER, "Quận 1", "LĐLĐ"),
        ("LĐLĐ quận Quan Hóa", Level.UPPER, "Quan Hóa", "LĐLĐ"),
        ("Công đoàn ngành Y tế tỉnh Thái Nguyên", Level.UPPER, "Thái Nguyên", "CĐN"),
        ("Công đoàn Viên chức tỉnh Thái Nguyên", Level.UPPER, "Thái Nguyên", "CĐVC"),
        ("Công đoàn các khu công nghiệp tỉnh Thái Nguyên", Level.UPPER, "Thái Nguyên", "CĐKCN"),
        ("Công đoàn Công ty TNHH Samsung Electronics", Level.GRASSROOTS, "Thái Nguyên", "CĐCS"),
    ],
)
def test_place_and_abbreviation_come_from_the_name(top, name, level, place, abbreviation):
    union = make_union(level, top, name=name)

    assert (place_of(union), abbreviation_of(union)) == (place, abbreviation)


def test_a_sectors_unions_are_dated_in_the_capital():
    sector = make_union(Level.TOP, name="Công đoàn Y tế Việt Nam", is_sector=True)

    assert place_of(sector) == place_of(make_union(parent=sector, name="Công đoàn Bệnh viện K")) == "Hà Nội"
    assert place_of(make_national()) == "Hà Nội"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2021, 1, 5), "ngày 05 tháng 01 năm 2021"),
        (date(2021, 2, 28), "ngày 28 tháng 02 năm 2021"),
        (date(2021, 3, 9), "ngày 09 tháng 3 năm 2021"),
        (date(2021, 12, 10), "ngày 10 tháng 12 năm 2021"),
        (None, "ngày … tháng … năm …"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_zero(day, said):
    assert shown_date(day) == said


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("15/TTr-LĐLĐ", "15/TTr-LĐLĐ"), ("15", "15/TTr-CĐCS"), ("", "……/TTr-CĐCS"), ("7/TTr-BTV", "7/TTr-BTV")],
)
def test_a_number_gets_its_signs_unless_they_were_typed(top, typed, printed):
    dossier = make_dossier(make_union(Level.GRASSROOTS, top, name="Công đoàn Công ty May"))
    dossier.letter_number = typed

    assert letterhead_of(dossier).number == printed


def test_a_deputy_signs_for_the_chair_and_a_small_union_for_its_executive_committee(top):
    dossier = make_dossier(make_union(parent=top))
    values = PROFILE | {"signer_title": "DEPUTY", "committee": "EXECUTIVE"}
    keep_profile(dossier.union, values, by=make_user(), version=0)

    head = letterhead_of(dossier)

    assert (head.on_behalf, head.titles) == ("TM. BAN CHẤP HÀNH", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"])
    assert (head.own_line, head.signer) == ("LIÊN ĐOÀN LAO ĐỘNG HUYỆN ĐẠI TỪ", "Trần Văn Bình")


def test_what_a_union_lays_down_is_on_record_with_who_and_what_before():
    union, by = make_union(), make_user()
    keep_profile(union, PROFILE, by=by, version=0)
    profile = keep_profile(union, PROFILE | {"signer": "Lê Thị Hoa"}, by=by, version=1)

    first, second = Event.objects.of(profile)

    assert (first.deed, second.deed, second.by) == ("created", "changed", by)
    assert (second.before, second.after) == ({"signer": "Trần Văn Bình"}, {"signer": "Lê Thị Hoa"})


def test_saving_without_a_change_writes_nothing():
    union = make_union()
    keep_profile(union, PROFILE, by=make_user(), version=0)

    profile = keep_profile(union, PROFILE, by=make_user(), version=1)

    assert (profile.version, Event.objects.of(profile).count()) == (1, 1)


@pytest.mark.parametrize("version", [0, 2])
def test_two_people_do_not_overwrite_each_other(version):
    union = make_union()
    keep_profile(union, PROFILE, by=make_user(), version=0)

    with refused("stale"):
        keep_profile(union, PROFILE | {"place": "Huế"}, by=make_user(), version=version)

    assert UnionProfile.objects.get().place == "Đại Từ"


# The page


def address(union):
    return reverse("union_profile", args=[union.code])


def test_the_page_is_filled_in_and_keeps_what_is_saved(top):
    union = make_union(parent=top, name="LĐLĐ huyện Đại Từ")
    client = signed_in(make_staff(union))
    page = client.get(address(union))
    values = filled_in(form_on(page))

    assert values["own_line"] == "Liên đoàn Lao động huyện Đại Từ"
    assert "điền sẵn theo tên công đoàn" in says(page)
    answer = client.post(address(union), values | {"signer": "Trần  Văn Bình", "signer_title": "DEPUTY"}, follow=True)

    assert "Đã lưu thông tin in trên văn bản." in says(answer)
    profile = UnionProfile.objects.get()
    assert (profile.union, profile.signer, profile.signer_title) == (union, "Trần Văn Bình", "DEPUTY")
    assert "điền sẵn theo tên công đoàn" not in says(answer)


def test_a_refused_page_says_why_beside_the_field_and_keeps_what_was_typed():
    union = make_union()
    client = signed_in(make_staff(union))
    values = PROFILE | {"version": "0", "place": "", "own_line": "ệ" * 251, "signer_title": "KING"}

    answer = client.post(address(union), values)

    assert answer.status_code == 422
    assert set(errors_beside(answer)) == {"place", "own_line", "signer_title"}
    assert filled_in(form_on(answer))["own_line"] == "ệ" * 251
    assert not UnionProfile.objects.exists()


def test_a_page_that_somebody_overtook_is_refused_once_and_keeps_what_was_typed():
    union = make_union()
    client = signed_in(make_staff(union))
    keep_profile(union, PROFILE, by=make_user(), version=0)

    answer = client.post(address(union), PROFILE | {"version": "0", "place": "Huế"})

    assert answer.status_code == 422
    assert "Một người khác vừa thay đổi" in says(answer)
    assert client.post(address(union), filled_in(form_on(answer))).status_code == 302
    assert UnionProfile.objects.get().place == "Huế"


def test_the_desk_and_the_dossier_lead_to_it(top):
    dossier = make_dossier(make_union(parent=top))
    client = signed_in(make_staff(dossier.union))

    for page in (reverse("desk"), dossier.get_absolute_url()):
        assert address(dossier.union) in client.get(page).content.decode()


def test_the_signer_of_the_profile_is_offered_to_a_dossier_that_has_none(top):
    dossier = make_dossier(make_union(parent=top))
    keep_profile(dossier.union, PROFILE, by=make_user(), version=0)

    page = signed_in(make_staff(dossier.union)).get(dossier.get_absolute_url())

    action = reverse("letter_details", args=[dossier.pk])
    assert filled_in(form_on(page, action))["signer"] == "Trần Văn Bình"
