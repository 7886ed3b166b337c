"""Pairs that are alike are found by the queue, and follow their texts as these come, change and go."""

import random
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from bench.copied_texts import bodies
from config.clock import now
from initiatives import copies_index
from initiatives.changing import correct, withdraw
from initiatives.copies import COMMON, Runs
from initiatives.copies_index import look_for_missed, nearest, sign_missed, sweep
from initiatives.copies_models import Fingerprint, Resemblance, Said, Signature, Sweep
from initiatives.copies_verdicts import say_no_copy
from initiatives.management.commands import find_copies
from initiatives.models import Initiative
from initiatives.screening import accept
from record.models import Event
from record.verifying import broken_links
from tests.factories import IN_TIME, answers, make_campaign, make_initiative, make_staff, make_union, make_user
from tests.removals import forget

pytestmark = pytest.mark.django_db

TEXTS = [text for _, text in bodies()]
LATER = IN_TIME + timedelta(hours=1)


def send(text=0, **values):
    body = text if isinstance(text, str) else TEXTS[text]
    return make_initiative(description=body[:1000], effect="Tốt.", **values)


def rewrite(initiative, text):
    typed = answers(initiative.unit, description=TEXTS[text][:1000], effect="Tốt.")
    return correct(initiative, typed, version=initiative.version, arrived_at=IN_TIME)


def pairs():
    rows = Resemblance.objects.filter(percent__gt=0).order_by("earlier", "later")
    return [(row.earlier_id, row.later_id) for row in rows]


def prints_are_right():
    """Whether the index holds for each initiative what its signature says, and nothing else."""
    signed = {(n, row.pk) for row in Signature.objects.all() for n in Runs(copies_index.unpacked(row.runs)).prints}
    return signed == set(Fingerprint.objects.values_list("number", "initiative_id"))


@pytest.fixture(autouse=True)
def _deeds_are_over(monkeypatch):
    monkeypatch.setattr(copies_index, "DEEDS_LAST", timedelta(seconds=-1))


def test_sending_itself_looks_for_nothing():
    send()

    assert not Signature.objects.exists()
    assert not Fingerprint.objects.exists()


def test_a_copy_is_found_and_the_one_that_arrived_first_is_the_earlier():
    second, first, other = send(arrived_at=LATER), send(arrived_at=IN_TIME), send(1)

    assert sweep() == 3
    assert pairs() == [(first.pk, second.pk)]
    assert Resemblance.objects.get().percent == 100
    assert nearest(other) == []
    assert prints_are_right()


def test_a_copy_from_an_earlier_campaign_is_found():
    campaign = make_campaign(is_running=False)
    earlier = send(campaign=campaign)
    later = send(campaign=make_campaign(), arrived_at=LATER)

    sweep()

    assert pairs() == [(earlier.pk, later.pk)]


def test_what_was_seen_is_not_looked_at_again():
    send()
    sweep()
    signed_at = Sweep.objects.get().last_event

    assert sweep() == 0
    assert Sweep.objects.get().last_event == signed_at == Event.objects.order_by("pk").last().pk


def test_deeds_that_may_still_be_under_way_are_waited_for(monkeypatch):
    monkeypatch.setattr(copies_index, "DEEDS_LAST", timedelta(minutes=1))
    initiative = send()

    assert sweep() == 0
    monkeypatch.setattr(copies_index.clock, "now", lambda: now() + timedelta(minutes=2))
    assert sweep() == 1
    assert Signature.objects.get().pk == initiative.pk


def test_screening_does_not_make_it_another_text():
    first, second = send(), send()
    sweep()
    found = Resemblance.objects.get()
    accept(second, by=make_user(), version=1)

    assert sweep() == 1
    assert Resemblance.objects.get() == found
    assert Signature.objects.get(pk=second.pk).version == 2
    assert pairs() == [(first.pk, second.pk)]


def test_a_corrected_text_is_compared_anew():
    first, second, third = send(0), send(0), send(1)
    sweep()
    rewrite(second, 1)
    sweep()

    assert pairs() == [(second.pk, third.pk)]
    assert prints_are_right()
    assert nearest(first) == []


@pytest.mark.parametrize("goes", [lambda one: withdraw(one, arrived_at=IN_TIME), forget])
def test_what_is_withdrawn_or_forgotten_leaves_the_index(goes):
    first, second = send(), send()
    sweep()
    goes(first)
    assert not Resemblance.objects.standing().exists()

    sweep()

    assert not Resemblance.objects.exists()
    assert prints_are_right()
    assert not Fingerprint.objects.filter(initiative_id=first.pk).exists()
    assert nearest(second) == []


def make_said():
    unit = make_union()
    first, second = send(unit=unit), send(unit=unit)
    sweep()
    return first, second, say_no_copy(Resemblance.objects.get(), "Cùng nhóm.", by=make_staff(unit), version=1)


def test_what_people_said_stays_while_the_texts_do():
    *_, pair = make_said()
    Signature.objects.update(method=0)

    sign_missed()

    pair.refresh_from_db()
    assert (pair.said, pair.reason, pair.percent) == (Said.BY_UNION, "Cùng nhóm.", 100)


def test_what_people_said_of_other_texts_is_asked_again():
    _, second, pair = make_said()
    second = rewrite(second, 2)
    sweep()
    pair.refresh_from_db()
    assert (pair.percent, pair.said) == (0, Said.BY_UNION)  # on record, and shown nowhere

    rewrite(second, 0)
    sweep()

    pair.refresh_from_db()
    assert (pair.percent, pair.said, pair.reason, pair.version) == (100, Said.NOTHING, "", 3)
    assert list(Event.objects.of(pair).values_list("deed", flat=True)) == ["no_copy", "resemblance_reopened"]
    assert not list(broken_links())


def test_the_nearest_ten_are_kept_and_others_who_found_this_one_keep_it():
    everybody = [send(f"{TEXTS[0]} {place}") for place in range(13)]
    sweep()

    assert Resemblance.objects.filter(later=everybody[12]).count() == 10
    before = pairs()
    Signature.objects.update(method=0)
    sign_missed()
    assert set(before) <= set(pairs())


def test_of_a_text_that_very_many_have_copies_are_found_too(monkeypatch):
    monkeypatch.setattr(copies_index, "COMMON", 3)
    everybody = [send() for _ in range(6)]
    sweep()

    assert Resemblance.objects.filter(later=everybody[5]).count() >= 3
    assert COMMON > 3


def test_the_longest_text_of_the_shortest_words_is_signed(monkeypatch):
    monkeypatch.setattr(copies_index, "ASKED_TOGETHER", 7)
    chance = random.Random(1)
    text = " ".join(chance.choice("abcdefghiklmnopqrstuvxy") for _ in range(500))
    first, second = send(text), send(text)

    sweep()

    assert pairs() == [(first.pk, second.pk)]
    assert Fingerprint.objects.filter(initiative_id=first.pk).count() > 7


def test_a_walk_that_is_stopped_goes_on_where_it_was():
    for text in range(6):
        send(text)

    class Stopped(Exception):
        pass

    def stop(key, last, signed):
        if signed == 2:
            raise Stopped

    original, copies_index.SIGNED_TOGETHER = copies_index.SIGNED_TOGETHER, 2
    try:
        with pytest.raises(Stopped):
            sign_missed(told=stop)
    finally:
        copies_index.SIGNED_TOGETHER = original
    assert Signature.objects.count() == 2

    assert sign_missed() == 4
    assert look_for_missed() == 0
    assert prints_are_right()


@pytest.mark.parametrize("number", [1, 3])
def test_signing_takes_a_few_statements_a_text(django_assert_num_queries, number):
    for text in range(3, 3 + number):
        send(text)
    Sweep.objects.create(pk=1)
    of_all, of_each = 7, 3  # with the transaction's two; pairs, holders of its prints, new prints

    with django_assert_num_queries(of_all + of_each * number):
        copies_index.sign_some(Initiative.objects.values_list("pk", flat=True))


def test_the_command_compares_all_says_how_far_it_is_and_can_do_it_anew():
    for _ in range(3):
        send()
    said = StringIO()

    call_command("find_copies", stdout=said)
    assert "100%" in said.getvalue()
    assert said.getvalue().endswith("3 initiatives compared.\n")
    call_command("find_copies", stdout=(again := StringIO()))
    assert "0 initiatives" in again.getvalue()
    call_command("find_copies", anew=True, stdout=(anew := StringIO()))
    assert "3 initiatives" in anew.getvalue()
    assert len(pairs()) == 3


def test_the_command_may_be_stopped(monkeypatch):
    def stop(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(find_copies, "sign_missed", stop)
    call_command("find_copies", stdout=(said := StringIO()))

    assert "Run it again" in said.getvalue()
