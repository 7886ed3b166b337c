"""Letters to those who answer requests for removal: what is due within a day, and what is overdue (R19)."""

from django.conf import settings
from django.template.loader import render_to_string

from accounts.people import addresses_of_national
from config import clock
from initiatives.limits import REMOVAL_REMIND_BEFORE
from initiatives.removals import RemovalRequest
from outbox.posting import post_many

REMINDER = "removal_reminder"


def remind():
    """Write today's reminder where one is due; run by the queue each hour, written once a day to each mailbox.

    It names no author: who answers signs in to read.
    """
    waiting = RemovalRequest.objects.open()
    urgent = waiting.filter(due_at__lte=clock.now() + REMOVAL_REMIND_BEFORE)
    first = urgent.order_by("due_at").first()
    if first is None:
        return
    overdue, number = RemovalRequest.objects.overdue().count(), urgent.count()
    facts = {"number": number, "overdue": overdue, "waiting": waiting.count(), "first": first}
    subject = f"{number} yêu cầu xóa thông tin cá nhân cần trả lời ngay"
    text = render_to_string("dossiers/mail/removals.txt", {"site": settings.SITE_URL, **facts})
    about = f"removals-{clock.today():%Y%m%d}"
    post_many(REMINDER, [(about, email, subject, text) for email in addresses_of_national()])
