"""A scene with something of everything, the people on it, and where each of them begins to look around."""

from django.urls import reverse

from accounts.models import User
from awards.meetings import open_minutes
from dossiers.models import Extension
from initiatives.exporting import begin
from tests.board_addresses import pages_about
from tests.council import details
from tests.factories import IN_TIME, make_complaint, make_dossier, make_plan, make_typed, make_user
from tests.probing import Person
from tests.removals import make_published
from tests.scoring import make_member
from tests.test_access import PAGES
from tests.world import World, fill

STARTS = ["/", "/dang-nhap/", "/mat-khau/quen/", "/cong-doan/", "/quan-tri/", "/robots.txt", "/sitemap.xml"]
# These see most; the others are tried with less.
ROLES = ["national", "board here", "staff near", "staff next", "staff here", "nobody"]
OF_SECRET = ["", "sua/", "rut/", "bien-nhan.pdf", "ma-qr.svg", "du-lieu/", "du-lieu.json", "du-lieu/xoa/"]
PARAMETER = "a-word"


def set_stage():
    """Return {name: (Person, addresses to begin with)}."""
    world = World()
    fill(world)
    initiative, _ = make_published(make_dossier(plan=make_plan(campaign=world.plan.campaign)))
    make_typed(world.here, "Công đoàn Công ty Mới", world.plan.campaign)
    begin(world.users["staff near"], "xlsx", "")
    private = [f"{initiative.private_path}{page}" for page in OF_SECRET]
    public = [page.format(slug=initiative.campaign.slug, top=initiative.top.code) for page in public_pages()]
    people = {name: Person(name, User.objects.get(pk=world.users[name].pk)) for name in ROLES}
    administrator = User.objects.create_superuser("quan-tri", password="sangkien-demo", full_name="Quản Trị")
    people = {"administrator": Person("administrator", administrator)} | people
    anonymous = {"anonymous": (Person("anonymous"), STARTS + public), "worker": (Person("worker"), private)}
    return anonymous | {name: (person, STARTS + of_board(world)) for name, person in people.items()}


def public_pages():
    pages = [
        "",
        "gui-sang-kien/",
        "theo-doi/",
        "mat-ma/",
        "thong-ke/",
        "ma-qr/",
        "ket-qua/",
        "lay-y-kien/",
        "don-vi/{top}.json",
    ]
    pages += [
        "thong-ke.json",
        "thong-ke/{top}/",
        "ma-qr.svg",
        "ma-qr.png",
        "ma-qr.pdf",
        "huy-hieu.svg",
        "lay-y-kien/{top}/",
    ]
    return ["/{slug}/" + page for page in pages]


def of_board(world):
    dossier = world.dossiers["near"]
    values = {"until": IN_TIME, "reason": "Lũ.", "granted_by": make_user(), "granted_at": IN_TIME}
    extension = Extension.objects.filter(plan=world.plan).first() or Extension.objects.create(plan=world.plan, **values)
    complaint = world.initiatives["near"].complaints.first() or make_complaint(world.initiatives["near"])
    meeting = world.plan.meetings.first() or open_minutes(world.plan, details(make_member(world.plan)), by=make_user())
    pages = pages_about(dossier, complaint, extension, meeting)
    return [*pages, reverse("union_profile", args=[world.near.code])]


def paths_with_words():
    """Return addresses with `{}` where the table of addresses takes a word."""
    samples = [f"/{address}" for address in PAGES.values()]
    return sorted({address.replace(PARAMETER, "{}") for address in samples if PARAMETER in address})
