"""Run in a process of its own, on one database: time the pages of staff, board and administrators, count their queries.

Prints JSON: {"pages": {name: [95th percentile in ms, queries]}, "words": the words that were looked for}. The
words of a first run are given to the next as its argument, so that both sizes look for the same.
"""

import json
import os
import sys
import time
from collections import Counter
from itertools import pairwise
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402 (Django first)
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.models import Role, Union, User  # noqa: E402
from accounts.roles import grant  # noqa: E402
from config.text import fold  # noqa: E402
from dossiers.models import Plan  # noqa: E402
from initiatives.models import Initiative  # noqa: E402

TIMES = 40
SAMPLE = 4000
PROVINCE = "19"
ABSENT = "zyxo qwfk"


def person(name, role, union):
    """Return a signed-in Client of somebody with this role, who is made where there is none yet."""
    user, _ = User.objects.get_or_create(username=name, defaults={"full_name": name})
    grant(user, union, role)
    return signed_in(user)


def signed_in(user):
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def administrator():
    values = {"full_name": "bench-admin", "is_staff": True, "is_superuser": True}
    return signed_in(User.objects.get_or_create(username="bench-admin", defaults=values)[0])


def words_of_titles():
    """Return {kind: two words without tone marks}: in many titles of a sample, in a hundredth, in one, in none."""
    found = Counter()
    for title in Initiative.objects.order_by("pk").values_list("title", flat=True)[:SAMPLE]:
        words = [word for word in fold(title).split() if word.isalnum()]
        found.update({" ".join(pair) for pair in pairwise(words)})
    by_number = found.most_common()
    middle = min(by_number, key=lambda pair: abs(pair[1] - SAMPLE / 100))
    return {"common": by_number[0][0], "middle": middle[0], "rare": by_number[-1][0], "absent": ABSENT}


def addresses(words):
    """Yield (name, Client, address) of every page."""
    top = Union.objects.get(code=PROVINCE)
    national = person("bench-national", Role.NATIONAL, Union.objects.get(level="NATIONAL"))
    staff, board = person("bench-staff", Role.STAFF, top), person("bench-board", Role.BOARD, top)
    listed = reverse("initiatives")
    for where, client in (("country", national), ("province", staff)):
        rows = Initiative.objects.visible_to(User.objects.get(pk=client.session["_auth_user_id"]))
        yield f"list, {where}", client, listed
        yield f"list, {where}, deep", client, f"{listed}?truoc={middle_key(rows)}"
        yield f"list, {where}, filtered", client, f"{listed}?status=SENT&field=community"
        for kind, text in words.items():
            yield f"search, {where}, {kind} words", client, f"{listed}?{urlencode({'q': text})}"
    admin = administrator()
    for model in ("initiatives_initiative", "accounts_union", "record_event", "outbox_message"):
        yield f"admin list of {model}", admin, reverse(f"admin:{model}_changelist")
    initiatives = reverse("admin:initiatives_initiative_changelist")
    yield "admin list, common words", admin, f"{initiatives}?{urlencode({'q': words['common']})}"
    yield "admin list, rare words", admin, f"{initiatives}?{urlencode({'q': words['rare']})}"
    plan = Plan.objects.get(union=top)
    yield "selection page", board, reverse("admin:awards_selection_change", args=[plan.pk])


def middle_key(rows):
    """Return a key in the middle of the rows, found without counting them."""
    first, last = (rows.order_by(order).values_list("pk", flat=True).first() for order in ("pk", "-pk"))
    return (first + last) // 2


def measured(client, address):
    """Return [the 95th percentile in ms, the number of queries] of a page."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
        number = len(queries)
    spent = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(address)
        spent.append((time.perf_counter() - begun) * 1000)
    return [sorted(spent)[int(0.95 * TIMES) - 1], number]


def main():
    words = json.loads(sys.argv[1]) if len(sys.argv) > 1 else words_of_titles()
    pages = {name: measured(client, address) for name, client, address in addresses(words)}
    print(json.dumps({"pages": pages, "words": words}))


if __name__ == "__main__":
    main()
