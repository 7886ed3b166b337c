"""Letters to unions about their deadline: some days and hours before it, and when it is put off (R11)."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from accounts.models import Membership, Role, Union
from config import clock
from config.templatetags.moments import until
from dossiers.deadlines import in_words, unfiled
from dossiers.limits import REMIND_AT_MOST_LATE, REMIND_BEFORE
from outbox.models import Message
from outbox.posting import post

REMINDER = "deadline_reminder"
EXTENDED = "deadline_extended"


def remind():
    """Write the reminders whose moment has come. Run by the queue every few minutes; returns how many are new.

    Each is written once for a deadline: one that is put off later has reminders of its own.
    """
    now = clock.now()
    due = {about(d, before): d for d in unfiled(Union.objects.all()) if (before := due_before(d.at, now)) is not None}
    written = set(Message.objects.filter(kind=REMINDER, about__in=due).values_list("about", "recipient"))
    recipients = staff_of([deadline.union for deadline in due.values()])
    new = [
        (name, deadline, email)
        for name, deadline in due.items()
        for email in recipients.get(deadline.union.pk, [])
        if (name, email) not in written
    ]
    for name, deadline, email in new:
        left = in_words(deadline.at - now)
        subject = f"Còn {left} để nộp hồ sơ sáng kiến của {deadline.union}"
        post(REMINDER, name, email, subject, text_of("reminder", deadline=deadline, left=left))
    return len(new)


def due_before(deadline, now):
    """Return which reminder is due now, as how long before the deadline; None while none is, or it is too late."""
    if now >= deadline:
        return None
    reached = [before for before in REMIND_BEFORE if deadline - before <= now]
    last = min(reached, default=None)
    return last if last is not None and now - (deadline - last) < REMIND_AT_MOST_LATE else None


def about(deadline, before):
    return f"{deadline.plan_id}-{deadline.union.pk}-{deadline.at.timestamp():.0f}-{before // timedelta(hours=1)}"


def staff_of(unions):
    """Return {union's key: the addresses of those who prepare its dossier}."""
    found = Membership.objects.filter(role=Role.STAFF, union__in=unions, user__is_active=True).exclude(user__email="")
    recipients = {}
    for union, email in found.values_list("union", "user__email").order_by("pk"):
        recipients.setdefault(union, {})[email] = True
    return recipients


@transaction.atomic
def tell_extended(extension):
    """Tell the staff of a union that its deadline was put off, until when and why."""
    subject = f"Gia hạn nộp hồ sơ sáng kiến của {extension.union}: {until(extension.until)}"
    for email in staff_of([extension.union]).get(extension.union_id, []):
        post(EXTENDED, f"{extension.pk}", email, subject, text_of("extended", extension=extension))


def text_of(letter, **facts):
    return render_to_string(f"dossiers/mail/{letter}.txt", {"site": settings.SITE_URL, **facts})
