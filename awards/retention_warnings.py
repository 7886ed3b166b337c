"""Tell national administrators, thirty days before, that a campaign's personal data will go (R19)."""

from django.conf import settings
from django.template.loader import render_to_string

from accounts.people import addresses_of_national
from awards.retention import ending
from outbox.posting import post_many

WARNING = "retention_warning"


def warn():
    """Write the warnings whose time has come; the queue's task of each day. A date is warned of once."""
    for campaign in ending():
        day = f"{campaign.personal_until:%d/%m/%Y}"
        subject = f"Sau ngày {day}, thông tin cá nhân của một chương trình sẽ được xóa"
        text = render_to_string(
            "awards/mail/retention.txt", {"campaign": campaign, "day": day, "site": settings.SITE_URL}
        )
        about = f"campaign-{campaign.pk}-{campaign.personal_until:%Y%m%d}"
        post_many(WARNING, [(about, email, subject, text) for email in addresses_of_national()])
