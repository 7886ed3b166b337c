"""How much memory one web worker has before, during and after load: `python -m bench.memory`.

Two clients open the public pages and send initiatives for BENCH_SECONDS (120), to one worker of four threads. Run it
for 3,600 to see an hour.
"""

import os
import threading
import time

from bench.apart import at_most, children_of, main, memory_of, row
from bench.local_site import FORM, Visitor, local_site

SECONDS = int(os.environ.get("BENCH_SECONDS", 120))
CLIENTS = 2
BAR_MB = 120
FLAT = 1.1
HOME = FORM.removesuffix("gui-sang-kien/")
PAGES = ["", "thong-ke/", "thong-ke.json", "thong-ke/theo-ngay.svg", "huong-dan/", "ket-qua/", "ma-qr/", "theo-doi/"]


def visit(port, until, asked):
    visitor = Visitor(port)
    while time.monotonic() < until:
        _, receipt = visitor.send(visitor.open_form())
        for path in (receipt, *(HOME + page for page in PAGES)):
            asked.append(visitor.ask("GET", path)[0])


def measure():
    with local_site(os.environ.get("BENCH_SITE_DATABASE"), workers=1) as (port, server):
        asked, found = [], []
        (worker,) = children_of(server.pid)
        started = memory_of(worker)
        visit(port, time.monotonic() + 1, [])
        warm, until = memory_of(worker), time.monotonic() + SECONDS
        clients = [threading.Thread(target=visit, args=(port, until, asked)) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        while time.monotonic() < until:
            time.sleep(min(5, SECONDS / 4))
            found.append(memory_of(worker))
        for client in clients:
            client.join()
        wrong = sum(status >= 400 for status in asked)
    half = found[len(found) // 2]
    yield row("a worker that has answered nothing yet", f"{started:.0f} MB")
    yield row("… a few requests", f"{warm:.0f} MB")
    yield row("… half of them", f"{half:.0f} MB")
    yield at_most(f"… {len(asked):,} in {SECONDS} s", found[-1], BAR_MB, "MB")
    yield row("… against half", f"{found[-1] / half:.2f} ×", bar=f"≤ {FLAT} ×", is_met=found[-1] / half <= FLAT)
    yield row("answers that were errors", f"{wrong}", bar="none", is_met=wrong == 0)


if __name__ == "__main__":
    main(measure)
