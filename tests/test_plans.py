"""No page reads more of the large tables than a bounded stretch: every query of every list is explained at size.

The pages are those of the desk's table (tests/desk_access.py), every list of the admin, every box in which a row is
looked for and the pages about one province's things (tests/board_addresses.py): a page added next year is among them.
"""

import json
from itertools import chain

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config import looking
from dossiers.models import Extension
from initiatives.choices import Status
from record.writing import write
from tests.board_addresses import pages_about
from tests.boards import hold
from tests.council import make_meeting
from tests.desk_access import ROWS, make_scene
from tests.factories import (
    IN_TIME,
    make_board,
    make_dossier,
    make_initiative,
    make_national_user,
    make_staff,
    make_typed,
    make_union,
)
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql, pytest.mark.scale]

BIG = {
    "initiatives_initiative",
    "initiatives_fingerprint",
    "initiatives_signature",
    "record_event",
    "record_personaldetail",
    "outbox_message",
}
CLONES = 2500
# What one query may read of them, with walks of LONG_WALK rows: less than a third of what one union has here.
MOST_READ = 800
LONG_WALK = 300
FILES = {
    "posters_file",
    "summary_table",
    "letter_draft",
    "import_template",
    "letter_file",
    "letter_thumbnail",
    "filed_table",
}
FILTERS = [
    "",
    "?order=name",
    "?q=khongco+viec",
    "?q=ab",
    "?q=khongco&order=name",
    "?status=SENT",
    "?status=SENT&order=name",
    "?status=WITHDRAWN&field=community&block=administrative",
    "?status=WITHDRAWN&order=name",
    "?lacking=on",
    "?copied=on",
    "?copied=on&order=name",
    "?since=2021-03-15&until=2021-03-15",
    "?since=2021-03-15&until=2021-03-15&order=name",
    "?q=khongco&status=SENT&lacking=on&copied=on",
]


def cloned(row, number, **expressions):
    """Store copies of a row, numbered by `g`; what is to differ in SQL, by column."""
    names = [field.column for field in row._meta.concrete_fields if field.column != "id"]
    values = ", ".join(expressions.get(name, f"r.{name}") for name in names)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} "  # noqa: S608 (names of our own)
            f"FROM {table} r, generate_series(1, {number}) g WHERE r.id = {row.pk}"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")


def crowd(initiative, number=CLONES, **expressions):
    """Store copies of an initiative, a minute apart, almost all of them accepted."""
    unlike = f"'{initiative.pk}-' || g"
    cloned(
        initiative,
        number,
        code=f"upper(left(md5('c' || {unlike}), 12))",
        secret=f"md5('s' || {unlike})",
        submission_id=f"md5('u' || {unlike})::uuid",
        arrived_at="r.arrived_at - g * interval '1 minute'",
        name_key="r.name_key || decode(md5(g::text), 'hex')",
        search_text="r.search_text || ' ' || md5(g::text)",
        status=f"CASE WHEN g = {number} THEN '{Status.SENT}' ELSE '{Status.ACCEPTED}' END",
        **expressions,
    )


@pytest.fixture
def scene(monkeypatch):
    """A province with a district, each table large: (its filed dossier, {page: address}, an open dossier beside)."""
    monkeypatch.setattr(looking, "SHORT_WALK", 50)
    monkeypatch.setattr(looking, "LONG_WALK", LONG_WALK)
    monkeypatch.setattr(looking, "MOST_LEAPT", 150)
    dossier, addresses = make_scene()
    top = dossier.plan.union
    beside = make_dossier(make_union(parent=top), dossier.plan)
    typed = make_typed(top, "Xưởng X", dossier.plan.campaign)
    one = make_initiative(dossier.union, dossier.plan.campaign)
    for initiative in (one, make_initiative(beside.union, dossier.plan.campaign), make_initiative()):
        crowd(initiative)
    crowd(typed, unit_key="md5(g::text)")
    event = write(one, "sent", by=None, is_first=False)
    cloned(event, 4 * CLONES, subject_id="g + 1000000")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO record_personaldetail (event_id, salt, before, after) "
            "SELECT e.id, 'x', '{}', '{}' FROM record_event e WHERE e.subject_id > 1000000"
        )
        cursor.execute(
            "INSERT INTO outbox_message "
            "(kind, about, recipient, subject, body, attachments, tries, last_error, sent_at) "
            "SELECT 'sent', g, 'a@example.vn', 'x', 'x', '[]', 1, '', now() FROM generate_series(1, 10000) g"
        )
        for table in BIG:
            cursor.execute(f"ANALYZE {table}")
        # At size nothing is dearer than reading a table whole; here it would be cheap.
        cursor.execute("SET LOCAL enable_seqscan = off")
    return dossier, addresses, beside


def pages_of(person, scene):
    """Return the addresses that a person of the scene opens."""
    _, addresses, beside = scene
    desk = [addresses[name] for name, method in ROWS if method == "GET" and name not in FILES]
    lists = [addresses["initiatives"] + filters for filters in FILTERS]
    pages = [*desk, *lists, f"{addresses['initiative']}?status=WITHDRAWN&q=khongco", f"{addresses['posters']}"]
    if person == "beside":
        choose = reverse("choose_initiatives", args=[beside.pk])
        return [*pages, choose, f"{choose}?q=khongco"]
    return pages


def admin_pages(scene):
    """Return every list of the admin, with each of its filters, every box, and the pages about one province."""
    dossier, _, _ = scene
    board = make_board(dossier.plan.union)
    late = {"plan": dossier.plan, "union": dossier.union, "granted_by": board, "granted_at": IN_TIME}
    extension = Extension.objects.create(**late, until=IN_TIME, reason="Lũ.")
    pages = pages_about(dossier, hold(dossier.entries.get()), extension, make_meeting(dossier.plan))
    pages = [page for page in pages if "/tep/" not in page and "/bang" not in page and "/to-trinh" not in page]
    for model, shown in admin.site._registry.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        pages += [address, f"{address}?q=khongco"] + [f"{address}?{query}" for query in filters_of(shown)]
        inlines = [inline(model, admin.site) for inline in shown.inlines]
        for name, where in chain(*(((n, one) for n in one.autocomplete_fields) for one in (shown, *inlines))):
            box = f"app_label={where.opts.app_label}&model_name={where.opts.model_name}&field_name={name}"
            pages += [f"{reverse('admin:autocomplete')}?{box}&term={term}" for term in ("", "khongco")]
    return [reverse("admin:index"), *pages], board


def filters_of(shown):
    for made in shown.list_filter:
        choices = getattr(made, "choices_class", None)
        values = choices.values if choices else list(getattr(made, "words", {}))[:3]
        yield from (f"{getattr(made, 'field', None) or made.parameter_name}={value}" for value in values)


def read_by(plan):
    """Return how many rows of the large tables, or entries of an index, each part of a plan reads."""
    mine = plan.get("Relation Name") in BIG or plan["Node Type"] == "Bitmap Index Scan"
    removed = sum(plan.get(f"Rows Removed by {what}", 0) for what in ("Filter", "Index Recheck"))
    own = [(plan["Actual Rows"] + removed) * plan["Actual Loops"]] if mine else []
    return own + [number for part in plan.get("Plans", ()) for number in read_by(part)]


def unbounded(client, address):
    """Return the queries of a page that read too much, with how much; figures that are kept for a minute aside."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code in {200, 302, 404}, address
    found, is_hurried = [], False
    for sql in [query["sql"] for query in queries]:
        if "set_config" in sql:  # what is between is bounded by time
            is_hurried = not is_hurried
        elif sql.startswith("SELECT") and not is_hurried and any(table in sql for table in BIG):
            if "FOR UPDATE" in sql:
                continue
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
                plan = cursor.fetchone()[0]
            plan = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
            if (most := max(read_by(plan), default=0)) > MOST_READ:
                found.append((address, most, sql))
    return found


@pytest.mark.parametrize("person", ["own", "beside", "above", "board", "national"])
def test_no_page_of_the_desk_reads_a_large_table_whole(scene, person):
    dossier, _, beside = scene
    top = dossier.plan.union
    people = {
        "own": lambda: make_staff(dossier.union),
        "beside": lambda: make_staff(beside.union),
        "above": lambda: make_staff(top),
        "board": lambda: make_board(top),
        "national": make_national_user,
    }
    client = signed_in(people[person]())

    assert [found for address in pages_of(person, scene) for found in unbounded(client, address)] == []


@pytest.mark.parametrize("person", ["board", "national"])
def test_no_page_of_the_admin_reads_a_large_table_whole(scene, person):
    pages, board = admin_pages(scene)
    client = signed_in(board if person == "board" else make_national_user())
    if person == "board":
        pages = [page for page in pages if client.get(page).status_code == 200]
        assert len(pages) > 30

    assert [found for address in pages for found in unbounded(client, address)] == []


def test_the_guard_sees_a_list_that_is_read_whole(scene, monkeypatch):
    monkeypatch.setattr(looking, "LONG_WALK", 100_000)
    client = signed_in(make_national_user())

    assert unbounded(client, reverse("initiatives") + "?field=community")
    assert not unbounded(client, reverse("initiatives"))
