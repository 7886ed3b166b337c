"""Two people import the same paper at the same moment: each initiative is stored once, and nobody gets an error."""

from functools import partial

import pytest

from initiatives import importing
from initiatives.import_models import Import, State
from initiatives.models import Campaign, Initiative
from initiatives.sending import send
from record.models import Event
from record.verifying import broken_links
from tests.factories import IN_TIME, answers, make_initiative, make_union
from tests.papers import OrmQ, paper, upload, workbook
from tests.racing import at_once, slowly, without_backstop

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def confirmed_imports(number, rows):
    """This many imports of the same rows, each confirmed, none stored; what would store them."""
    union = make_union()
    found = [upload(union, workbook(rows)) for _ in range(number)]
    for one in found:
        importing.confirm(one, by=one.by, arrived_at=IN_TIME)
    OrmQ.objects.all().delete()
    return [partial(importing.store, one.pk) for one in found]


def test_imports_of_the_same_rows_at_once_store_each_once(monkeypatch):
    stores = confirmed_imports(4, [paper(number) for number in range(5)])
    monkeypatch.setattr(importing, "mark_known", slowly(importing.mark_known))

    assert at_once(*stores) == [None] * 4

    assert Initiative.objects.count() == 5
    assert sorted(Import.objects.values_list("state", "new_rows", "known_rows")) == [("DONE", 0, 5)] * 3 + [
        ("DONE", 5, 0)
    ]
    assert not list(broken_links())


def test_without_the_lock_the_database_still_stores_each_once(monkeypatch):
    stores = confirmed_imports(4, [paper(number) for number in range(5)])
    monkeypatch.setattr(importing, "lock", lambda pk: Campaign.objects.get(pk=pk))
    monkeypatch.setattr(importing, "mark_known", slowly(importing.mark_known))

    at_once(*stores)

    assert Initiative.objects.count() == 5


def test_without_lock_and_unique_submission_rows_would_be_stored_several_times(monkeypatch):
    stores = confirmed_imports(4, [paper(number) for number in range(5)])
    monkeypatch.setattr(importing, "lock", lambda pk: Campaign.objects.get(pk=pk))
    monkeypatch.setattr(importing, "mark_known", slowly(importing.mark_known))

    with without_backstop((Initiative, ["submission_id"])):
        at_once(*stores)
        assert Initiative.objects.count() > 5


def test_one_import_run_by_two_workers_at_once_is_stored_once(monkeypatch):
    (store,) = confirmed_imports(1, [paper(1), paper(2)])
    monkeypatch.setattr(importing, "mark_known", slowly(importing.mark_known))

    assert at_once(store, store) == [None, None]

    assert Initiative.objects.count() == 2
    assert Event.objects.filter(deed="imported").count() == 2
    assert Import.objects.get().state == State.DONE


def test_confirming_twice_at_once_is_confirmed_once():
    found = upload(make_union(), workbook([paper()]))

    assert at_once(*[partial(importing.confirm, found, by=found.by, arrived_at=IN_TIME)] * 4) == [None] * 4

    assert OrmQ.objects.count() == 1


def test_who_sends_an_initiative_does_not_wait_for_an_import():
    union = make_union()
    (store,) = confirmed_imports(1, [paper()])
    campaign = Campaign.objects.get()
    make_initiative(union)  # the first one keeps the words consented to, for which it locks the campaign itself
    sent = []

    def send_meanwhile(*_, **__):
        sent.extend(at_once(partial(send, campaign, "1" * 32, answers(union), arrived_at=IN_TIME)))

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(importing.letters_to_authors, "send_private_links", send_meanwhile)
        store()

    assert sent == [None]
    assert Initiative.objects.count() == 3
