"""The demonstration. It is loaded once for all tests of the class, which is what Django's TestCase is good at."""

import random
import tempfile
from collections import Counter
from datetime import date

import phonenumbers
import pytest
from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from django.utils.timezone import localtime

from accounts.models import Union, User
from awards.candidates import eligible
from awards.demo import letters
from awards.demo.accounts import NAMES, PASSWORD
from awards.demo.drafts import drafts_of
from awards.demo.loading import SEED
from awards.demo.texts import copied_text, read_texts
from awards.models import Complaint
from config import clock
from dossiers.checklist import missing
from dossiers.models import Dossier, Plan
from dossiers.scans import checked
from initiatives.copies_models import Resemblance
from initiatives.limits import DESCRIPTION_LIMIT
from initiatives.models import Initiative
from outbox.models import Message
from record.models import Event
from record.verifying import broken_links
from tests.conftest import moment

DEMO_STARTS = moment("2021-04-01 08:00")


@pytest.mark.scale
class TestDemo(TestCase):
    @classmethod
    def setUpTestData(cls):
        # The fixtures that keep tests away from the real storage work for one test each, later than this.
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        with override_settings(MEDIA_ROOT=folder.name):
            call_command("load_reference", verbosity=0, stdout=Quiet())
            call_command("load_demo", stdout=Quiet())

    def test_each_of_the_600_texts_is_one_initiative_and_one_more_is_copied(self):
        stored = set(Initiative.objects.values_list("submission_id", flat=True))

        assert Initiative.objects.count() == 601
        assert stored == {text.submission_id for text in [*read_texts(), copied_text()]}

    def test_the_copied_one_is_found_by_its_union_and_by_that_of_the_earlier_one(self):
        pair = Resemblance.objects.get()

        assert pair.later.submission_id == copied_text().submission_id
        assert (pair.later.unit.local_code, pair.earlier.unit.local_code) == ("TN08", "TN06")
        assert 50 < pair.percent < 100
        assert pair.later.status == "SENT"
        assert pair.found_at == DEMO_STARTS

    def test_every_province_and_thai_nguyen_above_all(self):
        counts = Counter(Initiative.objects.values_list("top__code", flat=True))

        assert not set(Union.objects.provinces().values_list("code", flat=True)) - set(counts)
        assert counts["19"] >= 200
        assert counts.most_common(1)[0][0] == "19"

    def test_loading_again_changes_nothing(self):
        before = row_counts()
        call_command("load_demo", stdout=Quiet())

        assert row_counts() == before

    def test_another_first_load_would_be_the_same(self):
        first, second = (drafts_of(read_texts(), random.Random(SEED)) for _ in range(2))

        assert first == second

    def test_every_demo_sign_in_works_and_nobody_else_has_a_password(self):
        passwords = list(User.objects.filter(username__in=NAMES).values_list("password", flat=True))

        assert len(passwords) == len(NAMES)
        assert all(check_password(PASSWORD, password) for password in set(passwords))
        assert not any(user.has_usable_password() for user in User.objects.exclude(username__in=NAMES))

    def test_nothing_leads_to_a_real_person(self):
        addresses = [
            *Initiative.objects.exclude(email="").values_list("email", flat=True),
            *User.objects.exclude(email="").values_list("email", flat=True),
            *Message.objects.values_list("recipient", flat=True),
        ]

        assert {address.split("@")[1] for address in addresses} == {"vidu.invalid"}

    def test_every_telephone_number_is_a_mobile_one_and_stands_once(self):
        phones = list(Initiative.objects.values_list("phone", flat=True))
        mobile = phonenumbers.PhoneNumberType.MOBILE

        assert len(set(phones)) == 601
        assert all(phone.startswith("+84559") for phone in phones)
        assert {phonenumbers.number_type(phonenumbers.parse(phone)) for phone in phones} == {mobile}

    def test_every_description_fits_and_only_a_secret_one_is_empty(self):
        for initiative in Initiative.objects.all():
            assert len(initiative.description) <= DESCRIPTION_LIMIT
            assert initiative.description or initiative.is_secret

    def test_every_initiative_is_in_time_and_was_practised_before_it_was_sent(self):
        campaign = Plan.objects.get().campaign
        for initiative in Initiative.objects.all():
            assert campaign.opens_at <= initiative.arrived_at < moment("2021-04-01 07:45")
            assert campaign.practice_from <= initiative.started_on <= localtime(initiative.arrived_at).date()

    def test_the_record_holds_and_nothing_in_it_is_later_than_the_demonstration(self):
        assert list(broken_links()) == []
        assert not Event.objects.filter(at__gte=DEMO_STARTS).exists()
        assert Event.objects.filter(deed="sent").values("at").distinct().count() == 601

    def test_a_screened_initiative_was_screened_after_it_was_sent(self):
        sent = dict(Event.objects.filter(deed="sent").values_list("subject_id", "at"))
        decisions = Event.objects.filter(deed__in=["accepted", "rejected"])

        assert all(sent[decision.subject_id] < decision.at for decision in decisions)
        assert all(decision.reason for decision in decisions if decision.deed == "rejected")

    def test_dai_tu_has_work_and_a_choice_and_no_dossier(self):
        dai_tu = Union.objects.by_code("TN08").get()
        statuses = Counter(Initiative.objects.under(dai_tu).values_list("status", flat=True))

        assert statuses["SENT"] >= 8
        assert statuses["ACCEPTED"] >= 4
        assert statuses["REJECTED"] >= 1
        assert not Dossier.objects.filter(union=dai_tu).exists()

    def test_thai_nguyen_is_mostly_screened_and_the_country_hardly(self):
        local = Counter(Initiative.objects.filter(top__code="19").values_list("status", flat=True))
        elsewhere = Counter(Initiative.objects.exclude(top__code="19").values_list("status", flat=True))

        assert 0.5 < local["ACCEPTED"] / local.total() < 0.7
        assert 0.05 < local["REJECTED"] / local.total() < 0.15
        assert 1 <= elsewhere["ACCEPTED"] < elsewhere["SENT"] / 10

    def test_four_dossiers_stand_in_four_states(self):
        found = {dossier.union.local_code or dossier.union.code: dossier for dossier in Dossier.objects.all()}
        states = {code: (dossier.state, dossier.entries.standing().count()) for code, dossier in found.items()}

        assert states == {"TN02": ("VALID", 3), "TN05": ("RETURNED", 3), "TN03": ("FILED", 2), "TN41": ("DRAFT", 6)}
        assert found["TN05"].state_reason
        assert [dossier for code, dossier in found.items() if missing(dossier)] == [found["TN41"]]

    def test_the_board_can_choose_although_there_was_a_complaint(self):
        assert Complaint.objects.get().state == "DISMISSED"
        assert eligible(Plan.objects.get()).count() == 3

    def test_the_clock_runs_on_afterwards(self):
        assert clock.now.__module__ == "config.clock"

    def test_a_deployed_site_refuses(self):
        with override_settings(DEPLOYED=True), pytest.raises(CommandError, match="deployed"):
            call_command("load_demo", stdout=Quiet())


@pytest.mark.django_db
def test_without_reference_data_the_command_says_what_to_run_first():
    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_demo", stdout=Quiet())

    assert not User.objects.exists()


def test_a_machine_without_fonts_still_gets_a_letter(monkeypatch):
    monkeypatch.setattr(letters, "FONTS", ["khong-co.ttf"])
    letters.serif.cache_clear()
    content = letters.scanned_letter(Dossier(letter_date=date(2021, 3, 31)), [])
    letters.serif.cache_clear()

    assert checked(content).kind == "pdf"


class Quiet:
    """Where the command's table goes in tests."""

    def write(self, text):
        return len(text)


def row_counts():
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.managed}
