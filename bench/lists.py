"""How long the lists of staff and board take, at two sizes by turns: `python -m bench.lists`.

DATABASE_URL is the large database; SMALLER names a smaller one on the same server. Each page is asked for inside this
process as each kind of person. The 95th percentile at the large size must be within 150 ms, and within 1.3 of that at
the small one where both show as many lines: at the small size a rare word, or a district, may have few. Queries do not
grow with rows: a look for something takes one step or three (config/looking.py), whichever size it is.
"""

import os
from urllib.parse import quote_plus

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 (Django first)
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.models import Level, Role, Union  # noqa: E402
from accounts.roles import grant  # noqa: E402
from bench.apart import main, row, seconds  # noqa: E402
from dossiers.models import Plan  # noqa: E402
from initiatives.indexes import take_in_words  # noqa: E402
from initiatives.models import Initiative  # noqa: E402

ROUNDS, TIMES = 3, 7
MOST_RATIO, MOST_MS = 1.3, 150
# What the steps of a look ask beside the first.
MORE_QUERIES = 7
NAMES = [name for name in (os.environ.get("SMALLER"), connection.settings_dict["NAME"]) if name]
QUERIES = {
    "list": "",
    "list, deep": "?truoc={deep}",
    "by name": "?order=name",
    "by name, deep": "?order=name&truoc={deep}",
    "common words": "?q={common}",
    "common words, deep": "?q={common}&truoc={deep}",
    "middle words": "?q={middle}",
    "rare words": "?q={rare}",
    "absent word": "?q=khongcotu",
    "absent beside a common one": "?q={common}+khongcotu",
    "waiting": "?status=SENT",
    "rejected in one field and block": "?status=REJECTED&field=community&block=enterprise",
    "withdrawn": "?status=WITHDRAWN",
    "lacking": "?lacking=on",
    "looks copied": "?copied=on",
    "looks copied, withdrawn": "?copied=on&status=WITHDRAWN",
    "first days": "?until={first_day}",
    "first days by name": "?until={first_day}&order=name",
}
ROLES = {"national": Role.NATIONAL, "board": Role.BOARD, "board of a plan": Role.BOARD}
OF_BOARD = ["initiatives_initiative", "accounts_union", "awards_fileddossier", "awards_complaint", "awards_selection"]
OF_NATIONAL = [*OF_BOARD, "record_event", "outbox_message", "accounts_user"]


class World:
    """One database: who asks, and what about. What it stores is an account for each."""

    def __init__(self, name):
        self.name = name
        self.open()
        take_in_words()  # as the queue does each minute
        tops = numbers("top")
        self.unions = {
            "national": Union.objects.get(level=Level.NATIONAL),
            "largest province": Union.objects.get(pk=tops[0]),
            "province in the middle": Union.objects.get(pk=tops[len(tops) // 2]),
            "district in the middle": Union.objects.get(pk=(of := numbers("branch"))[len(of) // 2]),
        }
        self.unions["board"] = self.unions["largest province"]
        self.plan = Plan.objects.select_related("union").order_by("pk")[0]
        self.unions["board of a plan"] = self.plan.union
        self.clients = {person: self.client(person, union) for person, union in self.unions.items()}
        self.words = words()

    def open(self):
        if connection.settings_dict["NAME"] != self.name:
            connection.close()
            connection.settings_dict["NAME"] = self.name

    def client(self, person, union):
        role = ROLES.get(person, Role.STAFF)
        user, is_new = get_user_model().objects.get_or_create(
            username=f"bench-{person.replace(' ', '-')}", defaults={"full_name": person, "email": f"{role}@example.vn"}
        )
        if is_new:
            grant(user, union, role)
        client = Client(SERVER_NAME="localhost")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def address(self, person, path):
        rows = Initiative.objects.under(self.unions[person]).order_by("pk")
        day = Initiative.objects.order_by("arrived_at").values_list("arrived_at", flat=True).first()
        middle = Initiative.objects.order_by("-pk").values_list("pk", flat=True).first() // 2
        deep = (
            rows.order_by("pk").filter(pk__gte=middle).values_list("pk", flat=True).first() if "{deep}" in path else 0
        )
        return path.format(deep=deep, first_day=f"{day:%Y-%m-%d}", plan=self.plan.pk, **self.words)


def numbers(column):
    """Return the unions of initiatives, those with the most first."""
    found = Initiative.objects.exclude(**{column: None}).order_by().values_list(column).annotate(n=Count("pk"))
    return [key for key, _ in sorted(found, key=lambda pair: -pair[1])]


def words():
    """Return words of a common, a middle and a rare kind, found in the texts of some initiatives."""
    sample = Initiative.objects.order_by("arrived_at").values_list("search_text", flat=True)[:20_000]
    texts = [set(text.split()) for text in sample]
    often = {}
    for text in texts:
        for word in text:
            if len(word) > 2:
                often[word] = often.get(word, 0) + 1
    by_number = sorted(often, key=lambda word: -often[word])
    middle = next(word for word in by_number if often[word] * 200 <= len(texts))
    return {"common": quote_plus(" ".join(by_number[:2])), "middle": middle, "rare": by_number[-1]}


def pages():
    """Yield (what it is, who asks, the address)."""
    for person in ("national", "largest province", "province in the middle", "district in the middle"):
        for what, query in QUERIES.items():
            yield what, person, reverse("initiatives") + query
    yield "typed names", "largest province", reverse("mapping")
    initiatives = reverse("admin:initiatives_initiative_changelist")
    for person, lists in (("national", OF_NATIONAL), ("board", OF_BOARD)):
        yield "admin: first page", person, reverse("admin:index")
        for name in lists:
            yield f"admin: {name}", person, reverse(f"admin:{name}_changelist")
        for what, query in (
            ("common words", "q={common}"),
            ("rare words", "q={rare}"),
            ("withdrawn", "status=WITHDRAWN"),
        ):
            yield f"admin: initiatives, {what}", person, f"{initiatives}?{query}"
    selection = reverse("admin:awards_selection_change", args=[0]).replace("/0/", "/{plan}/")
    yield "selection page", "board of a plan", selection


def measure():
    without_static_manifest()
    worlds = [World(name) for name in NAMES]
    for what, person, path in pages():
        times, asked, shown = {}, {}, {}
        for _ in range(ROUNDS):
            for world in worlds:
                world.open()
                client, address = world.clients[person], world.address(person, path)
                with CaptureQueriesContext(connection) as queries:
                    answer = client.get(address, follow=True)
                    asked[world.name] = len(connection.queries) - queries.initial_queries
                shown[world.name] = answer.content.count(b"<tr>") if answer.status_code == 200 else answer.status_code
                once = [seconds(lambda: client.get(address, follow=True)) for _ in range(TIMES)]  # noqa: B023 (at once)
                times.setdefault(world.name, []).extend(once)
        yield told(f"{what} ({person})", times, asked, shown)


def told(what, times, asked, shown):
    late = [1000 * sorted(times[name])[int(len(times[name]) * 0.95) - 1] for name in NAMES]
    ratio = late[-1] / late[0]
    facts = [f"{ms:.0f} ms, {shown[name]} lines, {asked[name]} queries" for ms, name in zip(late, NAMES, strict=True)]
    is_alike = shown[NAMES[0]] >= 0.9 * shown[NAMES[-1]]
    is_met = late[-1] <= MOST_MS and (ratio <= MOST_RATIO or not is_alike)
    is_met &= abs(asked[NAMES[-1]] - asked[NAMES[0]]) <= MORE_QUERIES
    bar = f"≤ {MOST_RATIO}" if is_alike else f"≤ {MOST_MS} ms"
    return row(what, facts[-1], against=facts[0], ratio=f"{ratio:.2f}", bar=bar, is_met=is_met)


def without_static_manifest():
    """Addresses of static files are looked up in each test client otherwise."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


if __name__ == "__main__":
    main(measure)
