"""Vietnamese mobile numbers in any usual writing, stored as +84…"""

import re

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError

from config.text import clean_line

# The 11-digit prefixes that ended in 2018, and what became of them.
OLD_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
# The library reads letters as the keys of an old telephone: "0912 ABC DEF" would be a number.
LETTER_IN_NUMBER = re.compile(r"\d.*[^\W\d_]")
HINT = "Hãy ghi số di động Việt Nam, ví dụ 0912 345 678."


def international(text):
    """Return a mobile number as +84…; raises ValidationError `old_prefix` or `not_a_mobile`."""
    digits = "".join(character for character in text if character.isdigit())
    national = "0" + digits[2:] if digits.startswith("84") else digits
    if len(national) == 11 and (new := OLD_PREFIXES.get(national[:4])):
        raise ValidationError(
            f"Đầu số {national[:4]} đã đổi thành {new}. Có phải số của bạn là {new}{national[4:]}?", code="old_prefix"
        )
    if LETTER_IN_NUMBER.search(text):
        raise ValidationError(HINT, code="not_a_mobile")
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException as error:
        raise ValidationError(HINT, code="not_a_mobile") from error
    is_mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    if number.country_code != 84 or not is_mobile or number.extension:
        raise ValidationError(HINT, code="not_a_mobile")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spoken(number):
    """Return a stored number as people write it: 0912 345 678."""
    return f"0{number[3:6]} {number[6:9]} {number[9:]}"


class PhoneField(forms.CharField):
    """A mobile number; its value is the international form."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})

    def to_python(self, value):
        text = clean_line(super().to_python(value))[:50]
        return international(text) if text else ""
