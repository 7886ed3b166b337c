"""Made-up initiatives, for trying the site at size: as right as those that were sent, on both databases."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.models import Level
from awards.demo import generating
from awards.demo.generating import generate
from config import triggers
from config.filling import checked_at_the_end, copied
from initiatives.counting import recount
from initiatives.counting_models import Uncounted
from initiatives.models import Initiative, Status
from initiatives.phones import international
from initiatives.querysets import searchable
from initiatives.sending import content_digest
from initiatives.statistics import figures_of
from outbox.models import Message
from record.models import Event
from record.verifying import broken_links
from tests.factories import make_campaign, make_initiative, make_union
from tests.test_demo import Quiet

pytestmark = pytest.mark.django_db
NUMBER = 300


@pytest.fixture
def campaign():
    """A running campaign, and a union tree: a province with two units, one of them grassroots, and a sector."""
    province = make_union(Level.TOP)
    make_union(parent=province)
    make_union(Level.GRASSROOTS, parent=make_union(parent=province))
    make_union(Level.TOP, is_sector=True)
    return make_campaign()


@pytest.fixture
def made(campaign):
    generate(NUMBER, 7)
    return Initiative.objects.order_by("pk")


def columns():
    kept = [field.attname for field in Initiative._meta.concrete_fields]
    return Initiative.objects.order_by("pk").values_list(*kept)


@pytest.mark.once
class TestEachInitiative:
    def test_keeps_what_follows_from_other_columns(self, made):
        for initiative in made.select_related("unit"):
            before = initiative.search_text, bytes(initiative.name_key), initiative.unit_key
            initiative.derive()

            assert before == (initiative.search_text, initiative.name_key, initiative.unit_key)
            assert initiative.search_text == searchable(initiative)
            assert initiative.branch == (initiative.unit.branch if initiative.unit else None)

    def test_would_pass_the_checks_of_a_form(self, made):
        for initiative in made:
            initiative.full_clean(validate_unique=False)
            assert international(initiative.phone) == initiative.phone

    def test_is_told_by_the_record_from_the_first_event_on(self, made):
        first = {event.subject_id: event for event in Event.objects.filter(subject_kind="initiative", number=1)}
        last = {event.subject_id: event.deed for event in Event.objects.order_by("number")}
        deeds = {"SENT": "sent", "ACCEPTED": "accepted", "REJECTED": "rejected", "WITHDRAWN": "withdrawn"}

        assert not list(broken_links())
        assert {event.deed for event in first.values()} == {"sent"}
        assert all(first[row.pk].after == {"content": content_digest(row)} for row in made)
        assert all(last[row.pk] == deeds[row.status] for row in made)

    def test_says_why_it_was_rejected(self, made):
        assert all(bool(row.status_reason) == (row.status == Status.REJECTED) for row in made)


def test_they_come_from_everywhere_on_all_days_in_the_order_of_their_arrival(made, campaign):
    arrivals = [row.arrived_at for row in made]
    figures = figures_of(campaign)

    assert arrivals == sorted(arrivals)
    assert figures["total"] == made.standing().count()
    assert len(figures["by_day"]) > 30
    assert all(row["count"] for row in [*figures["by_field"], *figures["by_block"], *figures["by_top"]])
    assert {row.status for row in made} == set(Status.values)
    assert made.filter(unit=None).exists()
    assert made.filter(unit__level=Level.UPPER).exists()
    assert made.filter(unit__level=Level.GRASSROOTS).exists()


def test_hardly_two_say_the_same(made):
    texts = Counter(made.exclude(description="").values_list("description", flat=True))

    assert sum(texts.values()) - len(texts) <= 5
    assert len(set(made.values_list("title", flat=True))) == NUMBER


def test_nobody_gets_a_letter(made):
    assert not Message.objects.exists()


def test_the_same_seed_makes_the_same_initiatives(campaign):
    with transaction.atomic():
        generate(40, 7)
        first = [row[1:] for row in columns()]
        transaction.set_rollback(True)
    generate(40, 7)

    assert [row[1:] for row in columns()] == first


def test_a_seed_serves_once(made):
    with pytest.raises(CommandError, match="here already"):
        call_command("generate_initiatives", 5, seed=7, stdout=Quiet())

    call_command("generate_initiatives", 5, seed=8, stdout=Quiet())
    assert made.count() == NUMBER + 5


def test_what_is_sent_afterwards_gets_a_key_of_its_own(made):
    before = made.last().pk

    assert make_initiative().pk > before


def test_without_the_record_there_are_only_initiatives(campaign):
    generate(30, 7, with_record=False)

    assert Initiative.objects.count() == 30
    assert not Event.objects.filter(subject_kind="initiative").exists()


def test_a_deployed_site_refuses(campaign, settings):
    settings.DEPLOYED = True
    with pytest.raises(CommandError, match="deployed"):
        call_command("generate_initiatives", 5, stdout=Quiet())


def test_without_a_campaign_it_says_what_to_do(db):
    with pytest.raises(CommandError, match="load_reference"):
        call_command("generate_initiatives", 5, stdout=Quiet())


def test_a_number_must_be_one(campaign):
    with pytest.raises(CommandError, match="from 1 on"):
        call_command("generate_initiatives", 0, stdout=Quiet())


@pytest.mark.once
def test_other_processes_make_the_same(campaign, monkeypatch):
    with transaction.atomic():
        generate(60, 7)
        first = [row[1:] for row in columns()]
        transaction.set_rollback(True)
    monkeypatch.setattr(generating, "LARGE", 60)
    monkeypatch.setattr(generating, "MADE_TOGETHER", 20)
    generate(60, 7)

    assert [row[1:] for row in columns()] == first


def test_copying_escapes_what_would_end_a_field_or_a_row():
    assert copied("a\tb\nc\\d\re") == r"a\tb\nc\\d\re"
    assert [copied(value) for value in (None, True, b"\x00\xff", {"a": "\n"})] == [
        r"\N",
        "t",
        r"\\x00ff",
        r'{"a": "\\n"}',
    ]


@pytest.mark.postgresql
class TestAroundALargeFill:
    def test_indexes_and_foreign_keys_are_as_before(self, campaign):
        before = structure()
        with checked_at_the_end([Initiative, Event]):
            during = structure()
            generate(30, 7)

        assert structure() == before
        assert len(during) < len(before)
        assert not triggers.missing()

    def test_also_when_something_breaks_in_between(self, campaign):
        before = structure()
        with pytest.raises(ZeroDivisionError), transaction.atomic(), checked_at_the_end([Initiative, Event]):
            raise ZeroDivisionError

        assert structure() == before


def structure():
    """Return what indexes and constraints the two tables have, in the database's own words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text = ANY(%(tables)s) "
            "UNION ALL "
            "SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid::regclass::text = ANY(%(tables)s)",
            {"tables": ["initiatives_initiative", "record_event"]},
        )
        return sorted(row[0] for row in cursor.fetchall())


def test_the_figures_hold_what_was_generated(campaign, made):
    assert Uncounted.objects.count() == 0
    assert figures_of(campaign)["total"] == made.standing().count() > 0
    assert recount() == 0
