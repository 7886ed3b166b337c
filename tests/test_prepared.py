"""SQL that is written once for each process says what Django would write each time."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from config.prepared import Prepared, insert
from initiatives.models import Campaign, Initiative
from record.models import Event
from tests.factories import make_campaign, make_initiative, make_union

pytestmark = pytest.mark.django_db


def test_a_prepared_query_answers_as_the_queryset_does():
    named = Prepared(lambda slug, key: Campaign.objects.filter(slug=slug, pk__gte=key).order_by("pk"))
    one, other = make_campaign(slug="mot"), make_campaign(slug="hai", is_running=False)

    assert [named("mot", 0), named("hai", 0), named("ba", 0)] == [[one], [other], []]
    assert (named.first("hai", other.pk), named.first("hai", other.pk + 1)) == (other, None)
    assert named.first("' OR 1=1", 0) is None


def test_what_is_annotated_comes_along_as_django_reads_it():
    later = Prepared(lambda slug: Campaign.objects.filter(slug=slug).annotate(since=F("opens_at"), is_it=Q(slug="mot")))
    campaign = make_campaign(slug="mot")

    found = later.first("mot")

    assert (found.since, found.opens_at, found.is_it) == (campaign.opens_at, campaign.opens_at, True)
    assert found._state.db == "default"
    assert not found._state.adding


def test_a_value_that_a_query_changes_cannot_be_prepared():
    with pytest.raises(TypeError):
        Prepared(lambda name: Campaign.objects.filter(name__contains=name))("Sáng")


def copied(row, **values):
    """Return a new row with the values of another one."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{name: getattr(row, name) for name in names} | values)


def test_a_row_that_is_inserted_reads_back_as_one_that_is_saved():
    union = make_union()
    saved = make_initiative(unit=union, top=union.top, workplace="Xưởng 100%% ' \" \\")
    own = {"submission_id": "11111111-1111-4111-8111-111111111111", "code": "000000000000", "secret": "%s"}
    new = copied(saved, **own)

    insert(new)
    new.title = "Đổi tên"
    new.save()

    stored = Initiative.objects.get(code=own["code"])
    assert stored == new != saved
    for field in Initiative._meta.concrete_fields:
        if field.name not in {"id", "title", "search_text", *own}:
            assert plain(getattr(stored, field.attname)) == plain(getattr(saved, field.attname)), field.name


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def test_json_and_moments_are_stored_as_django_stores_them():
    event = Event.objects.of(make_initiative()).get()
    new = copied(event, number=2, after={"tên": ["ấ", 1, None, {"a": "b"}]})

    insert(new)

    stored = Event.objects.get(pk=new.pk)
    assert (stored.at, stored.before, stored.after, stored.by) == (
        event.at,
        {},
        {"tên": ["ấ", 1, None, {"a": "b"}]},
        None,
    )


def test_what_the_database_refuses_is_refused():
    new = copied(make_initiative())

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(new)

    assert new.pk is None
