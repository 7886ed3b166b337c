"""What authors are told about a published list: that their initiative is on it, or was left out of a corrected one."""

from django.conf import settings
from django.template.loader import render_to_string

from awards.models import Complaint, ComplaintState
from dossiers.models import DossierEntry
from initiatives.models import Initiative, Status
from outbox.posting import post_many
from record.writing import write_many

SHORTLISTED = "shortlisted"
UNLISTED = "unlisted"
SUBJECTS = {
    SHORTLISTED: "Sáng kiến {} có trong danh sách lấy ý kiến",
    UNLISTED: "Sáng kiến {} không còn trong danh sách lấy ý kiến",
}


def tell_listed(shortlist, former, *, by):
    """Tell those who are new on a list and those whom it leaves out: on their record and by letter, once each.

    Whoever withdrew, or was told before that the initiative is excluded, is told nothing more.
    """
    before = {row["entry"] for row in former.entries} if former else set()
    now = {row["entry"] for row in shortlist.entries}
    tell(SHORTLISTED, initiatives_of(now - before), shortlist, by)
    upheld = Complaint.objects.filter(state=ComplaintState.UPHELD).values("initiative")
    left_out = initiatives_of(before - now).exclude(status=Status.WITHDRAWN).exclude(pk__in=upheld)
    tell(UNLISTED, left_out, shortlist, by)


def initiatives_of(keys):
    entries = DossierEntry.objects.filter(pk__in=keys)
    found = Initiative.objects.filter(pk__in=entries.values("initiative"))
    return found.select_related("campaign").order_by("pk")


def tell(kind, initiatives, shortlist, by):
    initiatives = list(initiatives)
    write_many(kind, [(one, {}, {"list": shortlist.version}, "") for one in initiatives], by=by)
    post_many(kind, [letter(kind, one, shortlist) for one in initiatives if one.email])


def letter(kind, initiative, shortlist):
    """Return (about, recipient, subject, body)."""
    context = {"initiative": initiative, "campaign": initiative.campaign, "site": settings.SITE_URL}
    body = render_to_string(f"awards/mail/{kind}.txt", {**context, "shortlist": shortlist})
    about = f"{initiative.code} {shortlist.version}"
    return about, initiative.email, SUBJECTS[kind].format(initiative.shown_code), body
