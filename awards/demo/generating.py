"""Fill a site that is tried at size with made-up initiatives: all of them or none, the same for the same seed.

They are thought out by as many processes as there are processors and stored by one, in one transaction.
"""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from accounts.models import Union
from awards.demo.crowd import Crowd, Order, events_of, submission_of, units_below
from config.filling import by_processes, checked_at_the_end, columns_of, fill, locked, made_ready
from initiatives.consents import keep_consent_text
from initiatives.counting import recount
from initiatives.models import Campaign, Initiative
from record.models import Event

MADE_TOGETHER = 10_000
# From here on other processes help, and indexes are built when all rows are there.
LARGE = 20_000


@transaction.atomic
def generate(number, seed, *, with_record=True, told=lambda done: None):
    """Store so many initiatives in the running campaign, and an event or two on the record of each.

    No letters are written. `told` is called with the number stored so far. Raises ValidationError `no_campaign`, and
    `seed_used` when these initiatives are there already.
    """
    campaign = Campaign.objects.running().first()
    if campaign is None:
        raise ValidationError("No campaign is running: run `manage.py load_reference` first.", code="no_campaign")
    if Initiative.objects.filter(submission_id=submission_of(seed, 0)).exists():
        raise ValidationError(f"The initiatives of seed {seed} are here already: take another.", code="seed_used")
    keep_consent_text(campaign)
    models = [Initiative, Event] if with_record else [Initiative]
    locked(models)
    order = order_of(campaign, number, seed)
    done = 0
    with checked_at_the_end(models if number >= LARGE else []):
        for size, tables in made(order, models):
            for model, rows in zip(models, tables, strict=True):
                fill(model, columns(model), rows)
            done += size
            told(done)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    recount(alone=True)


def order_of(campaign, number, seed):
    tops = tuple(Union.objects.tops().order_by("code"))
    units = tuple(units_below(top) for top in tops)
    first_key = (Initiative.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    return Order(campaign, number, seed, first_key, tops, units)


def columns(model):
    """Return the fields that are filled in; events are numbered by the database, as they come."""
    return columns_of(model, without_key=model is Event)


def made(order, models):
    """Yield (how many, the rows of each model) until all initiatives of an order are made."""
    steps = [range(at, min(at + MADE_TOGETHER, order.number)) for at in range(0, order.number, MADE_TOGETHER)]
    if order.number < LARGE:
        yield from ((len(step), rows_of(order, models, step)) for step in steps)
        return
    yield from by_processes(rows_of, ((len(step), (order, models, step)) for step in steps))


def rows_of(order, models, numbers):
    """Return the rows of the initiatives with these numbers, a list or block for each model, ready to be stored."""
    crowd = crowd_of(order)
    initiatives = [crowd.initiative(number) for number in numbers]
    tables = [initiatives]
    if Event in models:
        tables.append([event for initiative in initiatives for event in events_of(initiative)])
    return [made_ready(rows, columns(model)) for model, rows in zip(models, tables, strict=True)]


@lru_cache(maxsize=1)
def crowd_of(order):
    """Return the Crowd of an Order, made once in each process."""
    return Crowd(order)
