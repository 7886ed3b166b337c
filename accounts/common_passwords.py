from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator


class CommonInVietnam(CommonPasswordValidator):
    """Refuses passwords that are common in Vietnam, or on this site."""

    def __init__(self):
        super().__init__(settings.BASE_DIR / "fixtures" / "reference" / "common-passwords-vi.txt")
