"""The second step of signing in: a code from an app on the phone (TOTP), or one of ten recovery codes.

Recovery codes are kept as keyed digests only. The app's key is kept as it is: the site needs it to know the code.
"""

import re
import secrets
from base64 import b32encode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from accounts.limits import RECOVERY_CODES
from accounts.models import User
from accounts.notices import tell
from accounts.sessions import end_all
from record.writing import write

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
WRONG = "Mã chưa đúng. Hãy xem mã đang hiện trong ứng dụng; đồng hồ điện thoại phải đúng giờ."


def is_required(user):
    """Whether the site wants a second step of this person: board, national staff, administrators."""
    return settings.REQUIRE_SECOND_FACTOR and (user.is_staff or user.is_superuser)


def device_of(user):
    """Return the app that this person's codes come from, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def codes_left(user):
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def new_key():
    return random_hex(20)


def new_device(user, key):
    """Return a device with this key, not stored."""
    return TOTPDevice(user=user, key=key, name="Ứng dụng", confirmed=True)


def in_letters(device):
    """Return the key as an app takes it when it is typed: groups of four letters."""
    return " ".join(re.findall(".{4}", b32encode(device.bin_key).decode()))


@transaction.atomic
def turn_on(user, key, code):
    """Ask for codes of the app with this key from now on; every session ends.

    Returns (device, recovery codes), which are shown once. Raises ValidationError: `already_on`, `wrong_code`.
    """
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if device_of(locked):
        raise ValidationError("Xác thực hai bước đã được bật.", code="already_on")
    device = new_device(locked, key)
    device.save()
    if not device.verify_token(plain(code)):
        raise ValidationError(WRONG, code="wrong_code")
    end_all(locked)
    event = write(locked, "second_factor_on", by=locked)
    tell(locked, event, "Xác thực hai bước của tài khoản vừa được bật")
    return device, make_codes(locked)


@transaction.atomic
def renew_codes(user):
    """Return new recovery codes; those from before are worthless from now on."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    write(locked, "recovery_codes_made", by=locked)
    return make_codes(locked)


@transaction.atomic
def turn_off(user, *, by):
    """Ask for no codes any more: the own choice, or help when the phone is lost (`by` None: at the console).

    Every session ends. Raises ValidationError `required` where the site wants a second step of this person and they
    turn it off themselves.
    """
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    is_own = by is not None and by.pk == locked.pk
    if is_own and is_required(locked):
        raise ValidationError("Tài khoản này bắt buộc xác thực hai bước.", code="required")
    TOTPDevice.objects.filter(user=locked).delete()
    StaticDevice.objects.filter(user=locked).delete()
    end_all(locked)
    event = write(locked, "second_factor_off" if is_own else "second_factor_reset", by=by)
    tell(locked, event, "Xác thực hai bước của tài khoản vừa bị tắt")


def make_codes(user):
    device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "Mã dự phòng"})
    device.token_set.all().delete()
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=digest_of(code))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def digest_of(code, key=None):
    """Return what is kept of a recovery code: 64 bits, which nobody gets back to the code without the site's key."""
    return salted_hmac("accounts.recovery_code", code, secret=key, algorithm="sha256").hexdigest()[:16]


def kept_digest(device, code):
    """Return the digest of a code under the key of the day on which it was made, the present one or one before."""
    digests = [digest_of(code, key) for key in (None, *settings.SECRET_KEY_FALLBACKS)]
    return device.token_set.filter(token__in=digests).values_list("token", flat=True).first() or digests[0]


def forgive(user):
    """Have wrong codes from before make nobody wait: the mailbox just proved who is there."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).update(throttling_failure_count=0, throttling_failure_timestamp=None)


def plain(code):
    """Return a code as it is compared: without spaces and hyphens, in capitals."""
    return re.sub(r"[\s-]", "", code).upper()


def check(user, code):
    """Return the device that a code is of. Wrong ones make the next try wait: 1, 2, 4, 8 … seconds.

    Raises ValidationError: `wrong_code`, `too_soon`.
    """
    code = plain(code)
    is_of_app = len(code) == 6 and code.isascii() and code.isdigit()
    with transaction.atomic():  # what is refused is counted: nothing is raised in here
        devices = (TOTPDevice if is_of_app else StaticDevice).objects.select_for_update()
        device = devices.filter(user=user, confirmed=True).first()
        allowed, why = device.verify_is_allowed() if device else (True, None)
        is_right = bool(device and allowed and device.verify_token(code if is_of_app else kept_digest(device, code)))
    if not allowed:
        until = localtime(why["locked_until"])
        raise ValidationError(f"Đã nhập sai nhiều lần. Hãy thử lại sau {until:%H:%M:%S}.", code="too_soon")
    if not is_right:
        raise ValidationError(WRONG, code="wrong_code")
    return device
