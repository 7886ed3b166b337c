"""What the tests of the council's meetings and papers share."""

from datetime import date

from awards.meetings import close_minutes, correct_minutes, keep_minutes, open_minutes
from awards.models import Certificate, Duty, Kind, PaperSettings
from awards.publishing import publish
from awards.selection import choose
from tests.factories import IN_TIME, make_plan, make_user, make_valid
from tests.scoring import make_member


def details(chair, **values):
    return {
        "held_at": IN_TIME,
        "place": "Hội trường tầng 3",
        "chaired_by": chair,
        "secretary": "Lý Văn Sơn",
        "quorum": 2,
        "conclusion": "Thống nhất danh sách.",
    } | values


def make_meeting(plan=None, *, members=3, present=None, votes=(), **values):
    """A meeting of a council of so many, kept once: all came unless `present` says how many; `votes` by entry."""
    plan = plan or make_plan()
    people = [make_member(plan, duty=Duty.MEMBER if number else Duty.CHAIR) for number in range(members)]
    meeting = open_minutes(plan, details(people[0], **values), by=make_user())
    came = members if present is None else present
    attendance = {member: (number < came, "") for number, member in enumerate(people)}
    return keep_minutes(meeting, details(people[0], **values), attendance, dict(votes), by=make_user(), version=1)


def make_closed(plan=None, **values):
    meeting = make_meeting(plan, **values)
    return close_minutes(meeting, by=make_user(), version=meeting.version)


def make_attendance():
    return make_meeting().attendance.last()


def make_vote(counts=(2, 1, 0)):
    dossier = make_valid()
    return make_meeting(dossier.plan, votes={dossier.entries.get(): counts}).votes.get()


def make_minutes_correction():
    return correct_minutes(make_closed(), "Sửa tên một tác giả.", by=make_user())


def make_settings():
    return PaperSettings.objects.create(plan=make_plan())


def make_chosen_plan(awards=2, nominations=1, *, titles=(), authors=()):
    """A plan with so many awards; the first ones get these titles and authors."""
    plan, by, entries = make_plan(quota_upper=30), make_user(), []
    dossier = make_valid(plan=plan, entries=awards)
    for number, entry in enumerate(dossier.entries.standing()):
        entry.title = titles[number] if number < len(titles) else f"Sáng kiến số {number + 1:02d}"
        entry.authors = authors[number] if number < len(authors) else f"Nguyễn Thị Hoà {number + 1}"
        entry.save()
        choose(plan, entry, Kind.PROVINCE, by=by)
        if number < nominations:
            choose(plan, entry, Kind.NATIONAL, by=by)
        entries.append(entry)
    return plan


def make_published_plan(*args, **values):
    plan = make_chosen_plan(*args, **values)
    publish(plan, "112/QĐ-LĐLĐ", date(2021, 4, 1), by=make_user())
    plan.refresh_from_db()
    return plan


def make_certificate():
    return Certificate.objects.filter(award__plan=make_published_plan(1, 0)).get()
