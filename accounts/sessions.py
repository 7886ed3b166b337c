"""How long a sign-in lasts, and how it ends: by itself, or everywhere at once.

Times are real ones: a demonstration's clock must not stretch a session.
"""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.limits import SESSION_IDLE, SESSION_LASTS, SESSION_NOTED
from accounts.models import User
from config import clock
from record.writing import write

SINCE, SEEN = "signed_in_at", "seen_at"


def begin(sender, request, user, **more):
    """Note when somebody signed in: in the session, and for people to read by the site's clock."""
    request.session[SINCE] = request.session[SEEN] = timezone.now().timestamp()
    user.last_login = clock.now()
    user.save(update_fields=["last_login"])


def watch():
    """Have `begin` called at each sign-in, in place of Django's own note of it."""
    user_logged_in.disconnect(dispatch_uid="update_last_login")
    user_logged_in.connect(begin, dispatch_uid="accounts.sessions.begin")


def is_over(session):
    """Whether somebody signed in too long ago, or was away for too long."""
    now = timezone.now().timestamp()
    since, seen = session.get(SINCE, 0), session.get(SEEN, 0)
    return now - since > SESSION_LASTS.total_seconds() or now - seen > SESSION_IDLE.total_seconds()


def note_visit(session):
    """Remember that somebody is at work, a few times an hour: each time is a write."""
    now = timezone.now().timestamp()
    if now - session[SEEN] > SESSION_NOTED.total_seconds():
        session[SEEN] = now


def end_all(user):
    """End every session of this person, at the next request of each."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)


def end_others(request):
    """End every session of who is signed in but this one, on the record."""
    with transaction.atomic():
        end_all(request.user)
        write(request.user, "sessions_ended", by=request.user)
    keep_this(request)


def keep_this(request):
    """Let the session of this request go on after all were ended, under a new key."""
    request.user.refresh_from_db(fields=["sessions_ended"])
    update_session_auth_hash(request, request.user)
