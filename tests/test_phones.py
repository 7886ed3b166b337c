"""Phone numbers: mobiles in any usual writing are understood, everything else is refused with a sentence that helps."""

import phonenumbers
import pytest
from django.core.exceptions import ValidationError

from initiatives.phones import OLD_PREFIXES, PhoneField, international, spoken
from tests.factories import make_campaign, make_union
from tests.pages import errors_beside, filled_in, form_on, send_form, typed
from tests.refusals import refused

OLD = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083", "0124": "084",
    "0125": "085",
    "0127": "081", "0129": "082", "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037",
    "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "0912345678", "0912 345 678", "091.234.5678", "091-234-5678", "(091) 234 5678", "+84912345678",
        "+84 912 345 678",
        "84912345678", "0084912345678", "+84 (0) 912 345 678", "+840912345678",
        "０９１２３４５６７８", "0912\u00a0345\u00a0678",
        "0912\u200b345678", "\t0912345678\n", "\u202a0912345678\u202c", "ĐT: 0912 345 678", "0912–345–678",
        "0912/345/678",
    ],
)  # fmt: skip
def test_a_mobile_number_in_any_usual_writing_is_the_same_number(text):
    assert PhoneField().clean(text) == "+84912345678"


@pytest.mark.parametrize(
    "prefix", ["032", "052", "056", "058", "059", "070", "081", "086", "088", "0896", "090", "0993"]
)
def test_every_network_of_today_is_known(prefix):
    local = f"{prefix}2345678"[:10]
    number = international(local)

    assert number == f"+84{local[1:]}"
    assert international(spoken(number)) == number


@pytest.mark.parametrize("old", OLD)
@pytest.mark.parametrize("start", ["0", "+84", "84", "+84 "])
def test_a_number_of_the_old_kind_is_refused_with_the_new_one_named(old, start):
    with pytest.raises(ValidationError) as refusal:
        international(f"{start}{old[1:]} 234 5678")

    assert refusal.value.code == "old_prefix"
    assert f"{old} đã đổi thành {OLD[old]}" in refusal.value.message
    assert f"{OLD[old]}2345678?" in refusal.value.message
    assert international(f"{OLD[old]}2345678")


def test_all_21_prefixes_that_changed_are_known():
    assert OLD_PREFIXES == OLD


@pytest.mark.parametrize(
    "text",
    [
        "0243 825 1234", "0208 3855 123", "(028) 3829 7797", "1800 1234", "1900 6789", "113", "+1 202 555 0143",
        "+86 138 0013 8000", "+44 7400 123456", "0912 34 567", "0912 345 6789", "0112 345 678", "912", "số của tôi",
        "abc",
        "0912 ABC DEF", "0912 345 678 ext 5", "0912345678 hoặc 0987654321", "0912345678 (Zalo)",
        "0912345678;0987654321",
        "+84", "+", "0", "0000000000", "tel:0912345678;ext=9", "9" * 5000, "²³¹", "=0912345678+1",
        "0912345678\r\nBcc: a@b.vn",
    ],
)  # fmt: skip
def test_what_is_no_vietnamese_mobile_is_refused(text):
    with refused("not_a_mobile"):
        PhoneField().clean(text)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\x00"])
def test_no_number_at_all_is_asked_for(text):
    with refused("required"):
        PhoneField().clean(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0243 825 1234", "Hãy ghi số di động Việt Nam, ví dụ 0912 345 678."),
        ("01682345678", "Đầu số 0168 đã đổi thành 038. Có phải số của bạn là 0382345678?"),
        ("", "Hãy ghi số điện thoại di động."),
    ],
)
@pytest.mark.django_db
def test_a_number_that_is_refused_is_so_at_its_place_and_stays_there(client, text, sentence):
    campaign = make_campaign()

    response = send_form(client, campaign, typed(make_union(), phone=text))

    assert errors_beside(response) == {"phone": [sentence]}
    assert filled_in(form_on(response))["phone"] == text
    assert not campaign.initiatives.exists()


def test_a_stored_number_is_shown_as_the_library_writes_it():
    """All prefixes of mobile numbers; what is shown of a million takes a hundredth of the library's time."""
    for prefix in range(30, 100):
        number = f"+84{prefix}1234567"
        parsed = phonenumbers.parse(number)
        if phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE:
            assert spoken(number) == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
