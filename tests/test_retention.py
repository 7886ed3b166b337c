"""R19: when a campaign's time for personal data is over, it goes, and every count stays as it was."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import Error
from django_q.models import OrmQ

from awards import retention
from awards.amending import revoke
from awards.complaints import conclude
from awards.models import Award, ComplaintState, Kind
from awards.retention import begin, forget_all, forget_portion, go_on, kept, over
from awards.retention_warnings import warn
from dossiers.forgetting import carry_out
from initiatives import retention as blanking
from initiatives.forgetting import ask_removal
from initiatives.letters_to_authors import LOST_CODE
from initiatives.models import Campaign, Initiative
from initiatives.personal import FORGOTTEN, FORGOTTEN_NAME
from initiatives.statistics import read
from outbox.models import Message
from outbox.posting import post
from record.models import Event, PersonalDetail
from record.verifying import broken_links
from tests.factories import make_campaign, make_complaint, make_initiative, make_national_user, make_user
from tests.removals import make_published, make_put_forward, make_telling
from tests.test_forgetting import found_in, stored_words

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 4, 21)
THEN = "2026-04-22 03:00"


@pytest.fixture
def ended(at):
    """Let a campaign's time be over, and return it as it stands then."""

    def end(campaign):
        Campaign.objects.filter(pk=campaign.pk).update(personal_until=UNTIL)
        at(THEN)
        return Campaign.objects.get(pk=campaign.pk)

    return end


def figures(campaign):
    return {name: value for name, value in read(campaign).items() if name != "counted_at"}


# Who goes, who stays


def test_all_that_is_personal_goes_and_every_count_stays(ended):
    initiative = make_telling()
    make_initiative(initiative.unit, initiative.campaign, accepted=True)
    before, places = figures(initiative.campaign), list(Award.objects.values())
    campaign = ended(initiative.campaign)

    assert forget_all(campaign) == 2

    initiative.refresh_from_db()
    assert found_in(stored_words()) == []
    assert {name: getattr(initiative, name) for name in FORGOTTEN} == FORGOTTEN
    assert (figures(campaign), list(Award.objects.values())) == (before, places)
    assert before["total"] == 2
    assert list(broken_links()) == []


def test_each_is_on_the_record_once_with_the_reason(ended):
    initiative = make_telling()
    campaign = ended(initiative.campaign)

    forget_all(campaign)
    forget_all(campaign)

    (event,) = Event.objects.of(initiative).filter(deed="anonymised")
    assert (event.by, event.by_name, event.reason) == (None, "hệ thống", blanking.TIME_IS_OVER)
    assert not PersonalDetail.objects.filter(event__subject_kind="initiative").exists()


def test_the_private_link_and_letters_go(ended):
    initiative = make_telling()
    old = initiative.secret
    post(LOST_CODE, "một", "a@example.vn", "Đường dẫn riêng", f"Của bạn: {initiative.private_path}")
    post(LOST_CODE, "hai", "a@example.vn", "Đường dẫn riêng", "Của bạn: /chuong-trinh-khac/da-nhan/x/")

    forget_all(ended(initiative.campaign))

    assert [letter.about for letter in Message.objects.all()] == ["hai"]
    assert old not in stored_words()


def test_the_awarded_stay_whole_even_if_the_award_was_taken_back(ended):
    initiative, entry = make_published()
    campaign = ended(initiative.campaign)

    assert forget_all(campaign) == 0
    for kind in (Kind.NATIONAL, Kind.PROVINCE):
        revoke(entry.plan, entry, kind, "Sai tác giả.", "13/QĐ", UNTIL, by=make_user())

    assert forget_all(campaign) == 0
    initiative.refresh_from_db()
    assert initiative.full_name == "Đinh Riêng Tư"


def test_whoever_stood_in_a_published_plan_without_an_award_goes_from_its_dossier_too(ended):
    initiative, entry = make_published(chosen=False)

    assert forget_all(ended(initiative.campaign)) == 1

    entry.refresh_from_db()
    assert (entry.authors, entry.birth_years, entry.position) == (FORGOTTEN_NAME, "", initiative.workplace)
    assert entry.rank == 1
    assert not [text for text in found_in(stored_words()) if text != "1951"]


def test_what_stands_in_a_dossier_of_an_unfinished_plan_stays(ended):
    initiative, entry = make_put_forward()

    assert forget_all(ended(initiative.campaign)) == 0

    entry.refresh_from_db()
    assert entry.authors.startswith("Đinh Riêng Tư") or "Đinh Riêng Tư" in entry.authors


def test_what_is_under_an_open_complaint_stays_until_it_is_closed(ended):
    initiative = make_initiative()
    complaint = make_complaint(initiative)
    campaign = ended(initiative.campaign)

    assert forget_all(campaign) == 0
    assert list(kept(Initiative.objects.all())) == [initiative]

    conclude(complaint, ComplaintState.DISMISSED, "Không có căn cứ.", by=make_user())
    assert forget_all(campaign) == 1


def test_who_asked_to_be_forgotten_is_answered_by_a_person(ended):
    initiative = make_initiative()
    request = ask_removal(initiative)
    campaign = ended(initiative.campaign)

    assert forget_all(campaign) == 0

    carry_out(request, by=make_national_user())
    initiative.refresh_from_db()
    assert initiative.full_name == FORGOTTEN_NAME


def test_other_campaigns_are_left_alone(ended):
    initiative = make_initiative()
    other = make_initiative(initiative.unit, make_campaign())

    forget_all(ended(initiative.campaign))

    other.refresh_from_db()
    assert other.full_name == "Nguyễn Thị Hoà"


# When


@pytest.mark.parametrize(("moment", "is_over"), [("2026-04-21 23:59", False), ("2026-04-22 00:00", True)])
def test_the_last_day_is_whole(at, moment, is_over):
    campaign = make_campaign(personal_until=UNTIL)
    at(moment)

    assert list(over()) == ([campaign] if is_over else [])


def test_without_a_date_nobody_is_forgotten(at):
    make_initiative()
    at("2099-01-01 00:00")

    assert not over()


def test_the_database_forgets_nobody_before_the_time(at):
    initiative = make_initiative()
    Campaign.objects.update(personal_until=UNTIL)
    at("2026-04-20 23:59")

    with pytest.raises(Error, match="removal_not_asked"):
        forget_portion(initiative.campaign, 0)


# In portions


def test_portions_are_bounded_and_what_a_crash_left_is_done_next_time(ended, monkeypatch):
    monkeypatch.setattr(retention, "RETENTION_PORTION", 2)
    first = make_initiative()
    campaign = ended(first.campaign)
    for _ in range(4):
        make_initiative(first.unit, campaign, arrived_at=campaign.opens_at)
    with monkeypatch.context() as crash:
        crash.setattr(blanking, "forget_many", fail_at(2))
        with pytest.raises(RuntimeError):
            forget_all(campaign)
    done = Initiative.objects.exclude(anonymised_at=None).count()

    assert 0 < done < 5
    assert Event.objects.filter(deed="anonymised").count() == done
    assert forget_all(campaign) == 5 - done
    assert list(broken_links()) == []


def fail_at(call):
    """Return what does its work until the so manieth call, which fails in the midst of a portion."""
    original, calls = blanking.forget_many, []

    def forget_many(*args, **kwargs):
        original(*args, **kwargs)
        calls.append(1)
        if len(calls) == call:
            raise RuntimeError

    return forget_many


def test_a_portion_asks_a_constant_number_of_questions(ended, django_assert_max_num_queries):
    first = make_initiative()
    campaign = ended(first.campaign)
    for _ in range(30):
        make_initiative(first.unit, campaign, arrived_at=campaign.opens_at)

    with django_assert_max_num_queries(20):
        assert forget_portion(campaign, 0)[1] == 31


def test_the_queue_begins_each_day_and_goes_on_by_itself(ended, monkeypatch):
    monkeypatch.setattr(retention, "RETENTION_SECONDS", 0)
    initiative = make_initiative()
    campaign = ended(initiative.campaign)

    begin()
    assert [task.task["args"] for task in OrmQ.objects.all()] == [(campaign.pk, 0)]
    go_on(campaign.pk, 0)
    assert OrmQ.objects.count() == 2  # no time at all: it is put off once more

    monkeypatch.setattr(retention, "RETENTION_SECONDS", 60)
    go_on(campaign.pk, 0)
    assert OrmQ.objects.count() == 2
    assert Initiative.objects.get().anonymised_at


def test_the_command_looks_before_it_leaps(ended):
    ended(make_initiative().campaign)

    def said(*options):
        out = StringIO()
        call_command("forget_after_time", *options, stdout=out)
        return out.getvalue()

    assert "1 with personal data, of which 0 stay" in said("--look")
    assert not Initiative.objects.exclude(anonymised_at=None)
    assert "1 forgotten" in said()
    assert "0 with personal data" in said()


# Who is told


def test_administrators_are_warned_thirty_days_before_and_once(at):
    make_campaign(personal_until=UNTIL)
    national, _ = make_national_user(), make_user()

    for day, letters in [("2026-03-21 09:00", 0), ("2026-03-22 09:00", 1), ("2026-04-21 09:00", 1)]:
        at(day)
        warn()
        assert Message.objects.count() == letters

    letter = Message.objects.get()
    assert letter.recipient == national.email
    assert "21/04/2026" in letter.body
    Campaign.objects.update(personal_until=UNTIL + timedelta(days=20))
    warn()
    assert Message.objects.count() == 2
