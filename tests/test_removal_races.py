"""R19 with several people at the same moment; each lock with its negative control, as in test_races.py."""

import uuid
from functools import partial

import pytest

from dossiers import forgetting as carrying_out
from dossiers.editing import SUMMARY, describe_entry
from dossiers.filing import file_dossier
from dossiers.forgetting import carry_out
from dossiers.models import DossierEntry, Filing
from dossiers.quota import put_forward
from initiatives import forgetting
from initiatives.changing import correct
from initiatives.forgetting import ask_removal, refuse_removal, take_removal_back
from initiatives.models import Initiative
from initiatives.personal import FORGOTTEN_NAME
from initiatives.removals import RemovalRequest
from initiatives.screening import accept
from initiatives.sending import send
from record.models import Event
from record.verifying import broken_links
from tests.factories import (
    IN_TIME,
    answers,
    make_campaign,
    make_complete,
    make_dossier,
    make_initiative,
    make_national_user,
    make_union,
    make_user,
)
from tests.racing import at_once, slowly, while_open, without_backstop
from tests.removals import make_put_forward, make_removal, make_telling
from tests.test_races import EVENTS

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def submissions(number):
    return [uuid.uuid4() for _ in range(number)]


def holds_no_name(initiative):
    entries = DossierEntry.objects.filter(initiative=initiative)
    names = {Initiative.objects.get(pk=initiative.pk).full_name, *entries.values_list("authors", flat=True)}
    return names == {FORGOTTEN_NAME} and not list(broken_links())


def test_sixteen_asks_make_one_request():
    initiative = make_initiative()

    assert at_once(*[partial(ask_removal, initiative)] * 16) == [None] * 16

    assert RemovalRequest.objects.count() == 1
    assert not list(broken_links())


def test_two_administrators_cannot_both_answer():
    removal = make_removal()
    calls = [partial(carry_out, removal, by=make_national_user()) for _ in range(2)]
    calls.append(partial(refuse_removal, removal, "Chưa.", by=make_national_user()))

    assert sorted(at_once(*calls), key=str) == [None, "already_answered", "already_answered"]

    assert Event.objects.of(removal).count() == 2
    assert not list(broken_links())


def test_without_the_lock_two_administrators_would_both_answer(monkeypatch):
    removal = make_removal()

    def unlocked(request):
        return RemovalRequest.objects.select_related("initiative").get(pk=request.pk)

    monkeypatch.setattr(forgetting, "open_locked", slowly(unlocked))
    calls = [partial(refuse_removal, removal, f"Vì {n}.", by=make_national_user()) for n in range(2)]

    with without_backstop(EVENTS):
        assert at_once(*calls) == [None, None]


@pytest.mark.parametrize("author_is_first", [True, False])
def test_an_author_takes_back_or_is_forgotten_never_both(author_is_first):
    removal = make_removal()
    calls = [partial(take_removal_back, removal), partial(carry_out, removal, by=make_national_user())]

    outcomes = while_open(*(calls if author_is_first else calls[::-1]))

    assert outcomes == [None, "already_answered"]
    assert RemovalRequest.objects.get().state == ("TAKEN_BACK" if author_is_first else "DONE")


@pytest.mark.parametrize("author_is_first", [True, False])
def test_a_correction_at_the_same_moment_brings_no_name_back(author_is_first):
    initiative = make_telling()
    removal = ask_removal(initiative)
    typed = answers(initiative.unit, full_name="Tên Mới", title="Tên khác")
    calls = [
        partial(correct, initiative, typed, version=initiative.version, arrived_at=IN_TIME),
        partial(carry_out, removal, by=make_national_user()),
    ]

    outcomes = while_open(*(calls if author_is_first else calls[::-1]))

    assert outcomes == ([None, None] if author_is_first else [None, "anonymised"])
    assert holds_no_name(initiative)


@pytest.mark.parametrize("staff_are_first", [True, False])
def test_an_entry_described_at_the_same_moment_brings_no_name_back(staff_are_first):
    initiative, entry = make_put_forward()
    texts = {name: getattr(entry, name) for name in SUMMARY} | {"authors": "Đinh Riêng Tư và tổ"}
    version = entry.dossier.version
    calls = [
        partial(describe_entry, entry, texts, by=make_user(), version=version),
        partial(carry_out, ask_removal(initiative), by=make_national_user()),
    ]

    outcomes = while_open(*(calls if staff_are_first else calls[::-1]))

    assert outcomes == ([None, None] if staff_are_first else [None, "stale"])
    assert holds_no_name(initiative)


@pytest.mark.parametrize("union_is_first", [True, False])
def test_filing_at_the_same_moment_waits_or_lacks_an_author(union_is_first):
    initiative, entry = make_put_forward()
    dossier = make_complete(entry.dossier)
    calls = [
        partial(file_dossier, dossier, by=make_user(), arrived_at=IN_TIME),
        partial(carry_out, ask_removal(initiative), by=make_national_user()),
    ]

    outcomes = while_open(*(calls if union_is_first else calls[::-1]))

    assert outcomes == ([None, None] if union_is_first else [None, "entry_forgotten"])
    assert Filing.objects.count() == (1 if union_is_first else 0)
    assert holds_no_name(initiative)


def make_put_forward_meanwhile():
    """What puts an initiative forward, and what forgets its author."""
    dossier = make_dossier()
    initiative = accept(make_telling(dossier.union), by=make_user(), version=2)
    putting = partial(put_forward, dossier, initiative, by=make_user())
    return initiative, putting, partial(carry_out, ask_removal(initiative), by=make_national_user())


def test_an_initiative_put_forward_meanwhile_is_forgotten_at_the_second_try():
    initiative, putting, forgetting_it = make_put_forward_meanwhile()

    assert while_open(putting, forgetting_it) == [None, "stale"]

    forgetting_it()
    assert holds_no_name(initiative)


def test_without_looking_again_the_database_still_lets_no_copy_keep_its_name(monkeypatch):
    initiative, putting, forgetting_it = make_put_forward_meanwhile()
    monkeypatch.setattr(carrying_out, "copies_of", lambda initiative, dossiers: [])

    assert while_open(putting, forgetting_it) == [None, "IntegrityError"]

    assert Initiative.objects.get().full_name == initiative.full_name


def test_a_forgotten_author_is_not_put_forward_by_somebody_who_was_waiting():
    initiative, putting, forgetting_it = make_put_forward_meanwhile()

    assert while_open(forgetting_it, putting) == [None, "anonymised"]
    assert holds_no_name(initiative)


def test_the_first_sixteen_initiatives_of_a_version_keep_one_text():
    campaign, unit = make_campaign(), make_union()
    calls = [partial(send, campaign, number, answers(unit), arrived_at=IN_TIME) for number in submissions(16)]

    assert at_once(*calls) == [None] * 16

    assert campaign.consent_texts.count() == 1


def test_a_text_does_not_change_while_the_first_initiative_comes_in():
    campaign, unit = make_campaign(), make_union()
    (number,) = submissions(1)

    def reword():
        type(campaign).objects.filter(pk=campaign.pk).update(consent_text="Khác.")

    sending = partial(send, campaign, number, answers(unit), arrived_at=IN_TIME)

    assert while_open(sending, reword) == [None, "IntegrityError"]
    assert campaign.consent_texts.get().text == "Tôi đồng ý."
