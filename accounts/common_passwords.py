from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from accounts.limits import PASSWORD_LIMIT


class CommonInVietnam(CommonPasswordValidator):
    """Refuses passwords that are common in Vietnam, or on this site."""

    def __init__(self):
        super().__init__(settings.BASE_DIR / "fixtures" / "reference" / "common-passwords-vi.txt")


class NotEndless:
    """Refuses what is longer than signing in takes."""

    def validate(self, password, user=None):
        if len(password) > PASSWORD_LIMIT:
            raise ValidationError(f"Mật khẩu dài nhất {PASSWORD_LIMIT} ký tự.", code="password_too_long")

    def get_help_text(self):
        return f"Mật khẩu dài nhất {PASSWORD_LIMIT} ký tự."
