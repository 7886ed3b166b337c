"""How many initiatives a second a site on SQLite takes from eight senders at once: `python -m bench.sqlite_sends`.

The site is as `make run` has it: two workers of four threads, WAL, every commit on the disk. A sender opens the form
once and sends from then on; each sending is an initiative of its own.
"""

import threading
import time
from collections import Counter

from bench.apart import computing_below, main, row
from bench.local_site import Visitor, local_site

SENDERS = 8
SECONDS = 10
BAR = 30


def sent_by(port, until, answers, slowest):
    visitor = Visitor(port)
    token = visitor.open_form()
    while time.monotonic() < until:
        begun = time.perf_counter()
        answers[visitor.send(token)[0]] += 1
        slowest.append(time.perf_counter() - begun)


def measure():
    answers, times = Counter(), []
    with local_site() as (port, server):
        for _ in range(4):
            Visitor(port).send(Visitor(port).open_form())  # the first requests of a process take longer
        before, begun = computing_below(server.pid), time.monotonic()
        arguments = (port, begun + SECONDS, answers, times)
        senders = [threading.Thread(target=sent_by, args=arguments) for _ in range(SENDERS)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        took, computing = time.monotonic() - begun, computing_below(server.pid) - before
    taken = answers[302] + answers[303]
    yield row(
        f"SQLite: {SENDERS} senders at once", f"{taken / took:.0f} a second", bar=f"≥ {BAR}", is_met=taken / took >= BAR
    )
    refused = sum(answers.values()) - taken
    yield row("… refused", f"{refused} of {taken + refused}", bar="none", is_met=refused == 0)
    yield row("… computing of both workers a sending", f"{1000 * computing / taken:.1f} ms")
    yield row("… slowest answer", f"{max(times):.2f} s")


if __name__ == "__main__":
    main(measure)
