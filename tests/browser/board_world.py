"""A plan shortly before its board sits: 20 filed dossiers with 67 entries, 19 of them found valid.

Read by the browser test of the board's story through `manage.py shell`, on a site that has the reference data only.
"""

import random
from datetime import date
from decimal import Decimal
from itertools import chain, islice

from django.db import transaction

from accounts.models import Level, Role, Union, User
from accounts.roles import grant
from awards.candidates import in_the_running
from awards.criteria import criteria_of
from awards.demo.accounts import make_sign_ins
from awards.demo.dossiers import Plot, file, prepare
from awards.demo.drafts import draft_of
from awards.demo.loading import local_plan
from awards.demo.places import Place
from awards.demo.texts import FILES, texts_of
from awards.demo.times import at, clock_at
from awards.findings import find, judge_valid
from awards.marking import keep
from awards.models import Condition, Recusal, ScoreSheet
from awards.scoring import council_of, has_conflict
from dossiers.models import QuotaException
from initiatives.screening import accept
from initiatives.sending import send
from record.models import Event
from record.reading import UNSAID, label_of

# Two more than the reference data has; with ten of Samsung's and three of the steel works' 67 entries come together.
MORE = [("TN91", "Công đoàn Đại học Thái Nguyên"), ("TN92", "Công đoàn ngành Văn hóa và Du lịch tỉnh Thái Nguyên")]
SAMSUNG, STEEL, UNJUDGED = "TN41", "TN42", "TN08"
SEATS = [
    ("hoi-dong-2", "Nông Thị Kim Oanh"),
    ("hoi-dong-3", "Vi Đức Mạnh"),
    ("hoi-dong-4", "Hoàng Thị Duyên"),
]
SHARED_ADDRESS = "to.cai.tien@example.vn"
ENTRIES = 67


@transaction.atomic
def load():
    rng = random.Random(67)
    plan = local_plan()
    make_sign_ins()
    name_board(plan)
    unions = make_unions(plan)
    assert (len(unions), sum(quota for _, quota in unions)) == (20, ENTRIES)
    send_all(plan, unions, rng)
    board = User.objects.get(username="hoi-dong")
    for number, (union, quota) in enumerate(unions, start=1):
        code, opened_at = union.local_code or union.code, at(4, 12, 8, number)
        plot = Plot(code, quota, opened_at, f"{number:02d}/TTr", date(2021, 4, 14), "Ma Văn Ký")
        dossier = file(prepare(plan, plot, rng), plot, rng, filed_at=at(4, 15, 9, number))
        if plot.code != UNJUDGED:
            with clock_at(at(4, 17, 9, number)):
                find_valid(dossier, board)


def find_valid(dossier, board):
    for condition in (Condition.NO_COMPLAINT, Condition.NO_DISPUTE):
        find(dossier, condition, True, "Đến ngày xét không nhận được đơn nào.", by=board)
    judge_valid(dossier, "Hồ sơ nộp đúng hạn, đủ văn bản, không có đơn.", by=board)


def name_board(plan):
    password = User.objects.get(username="hoi-dong").password
    for username, full_name in SEATS:
        user = User.objects.create(username=username, full_name=full_name, password=password)
        grant(user, plan.union, Role.BOARD)


def make_unions(plan):
    """Return [(union, quota)] of all that file."""
    for code, name in MORE:
        Union.objects.create(level=Level.UPPER, parent=plan.union, code=code, name=name, short_name=name[10:40])
    QuotaException.objects.create(plan=plan, union=Union.objects.by_code(STEEL).get(), quota=3)
    unions = Union.objects.filter(parent=plan.union).order_by("level", "name")
    return [(union, plan.quota_of(union)) for union in unions]


def send_all(plan, unions, rng):
    """Let workers of each union send as many as it may put forward, and have them accepted."""
    own, *others = ([text for text in texts_of(file) if not text.is_secret] for file in FILES)
    rest = chain(*others)
    number = 0
    for union, quota in unions:
        texts = [text for text in own if text.unit_code == (union.local_code or union.code)][:quota]
        for text in [*texts, *islice(rest, quota - len(texts))]:
            number += 1
            send_one(plan, union, text, number, rng)


def send_one(plan, union, text, number, rng):
    draft = draft_of(text, number, Place(top=plan.union, unit=union), rng)
    answers = draft.answers | {"birth_year": 1985}
    if number in (5, 6):
        answers["email"] = SHARED_ADDRESS
    with clock_at(at(3, 20, 9)):
        initiative = send(plan.campaign, draft.submission_id, answers, arrived_at=at(3, 20, 9))
    with clock_at(at(3, 25, 9)):
        accept(initiative, by=User.objects.get(username="hoi-dong"), version=initiative.version)


# Marks

TIED_PLACES = (30, 31)


@transaction.atomic
def mark_rest():
    """Let the council hand in what is missing: nobody shares a rank but two entries, across the thirtieth place."""
    plan = local_plan()
    members = list(council_of(plan))
    entries = in_the_running(plan).select_related("dossier", "plan")
    sheets = {entry.pk: list(ScoreSheet.objects.handed_in().filter(entry=entry)) for entry in entries}
    # First those that were marked in the browser, last those that a complaint holds: they take no place.
    ordered = sorted(entries, key=lambda entry: (entry.is_held, not sheets[entry.pk], entry.pk))
    for place, entry in enumerate(ordered, start=1):
        total = Decimal(93 - place + (place == TIED_PLACES[1]))
        mark_as(entry, members, sheets[entry.pk], total)


def mark_as(entry, members, sheets, total):
    """Have two members in all give an entry this total; what is handed in keeps its own."""
    total = sheets[0].total if sheets else total
    marked = {sheet.member_id for sheet in sheets}
    aside = set(Recusal.objects.filter(entry=entry).values_list("member", flat=True))
    free = [member for member in members if member.pk not in marked | aside and not has_conflict(member, entry)]
    for member in free[(entry.pk % 2) :][: 2 - len(sheets)]:
        keep(entry, member, points_of(entry.plan, total), "", by=member.user, version=0, hand_in=True)


def points_of(plan, total):
    """Return marks that make this total: by each criterion its share, the last takes what is left."""
    criteria, given = list(criteria_of(plan)), {}
    for criterion in criteria[:-1]:
        given[criterion.pk] = (None, (total * criterion.max_points / 100).quantize(Decimal("0.1")))
    given[criteria[-1].pk] = (None, total - sum(points for _, points in given.values()))
    return given


# The record


def say_all():
    """See that every value that this story left on the record has words."""
    names = {(event.subject_kind, name) for event in Event.objects.all() for name in {**event.before, **event.after}}
    unsaid = {(kind, name) for kind, name in names if name not in UNSAID and label_of(kind, name) == name}
    assert not unsaid, unsaid
