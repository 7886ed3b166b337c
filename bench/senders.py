"""People who send an initiative in the last minute, each as a browser would; and people who only look around.

This stands where the front server stands: it stamps what arrives (`X-Request-Start`) and hands it on in its turn
(bench/front.py). Nobody here waits for anybody else: who arrives next arrives at the appointed moment.
"""

import asyncio
import re
import time
import uuid
import zlib
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.front import Front
from bench.sites import THREADS, WORKERS

# Longer than anybody may wait: so slow an answer is told as it is.
PATIENCE = 120
TOKEN = "x" * 32
CODE = re.compile(rb'class="code"[^>]*>([0-9A-Z-]+)<')
PUT_OFF = 429
KEPT = "đã được giữ chắc chắn".encode()
# Who was told that the form is kept, and closes the page: one of so many.
ONE_LEAVES = 8


@dataclass
class Answer:
    """What came back to one request; `seconds` from its stamp to the last byte."""

    what: str
    status: int
    headers: dict
    body: bytes
    stamp: float
    seconds: float


@dataclass
class Sending:
    """One person with one initiative: the stamps of all that was sent, and what came of it."""

    number: int
    begun: float
    submission_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    right_stamps: list = field(default_factory=list)  # of forms without mistake
    outcome: str = "nothing sent"
    code: str = ""
    answered: float | None = None  # seconds from the first form to its first answer
    known: float | None = None  # seconds from the form that was taken to the page that says so
    receipt: float | None = None  # and to its receipt


class Crowd:
    """Everybody who visits one site in one run."""

    def __init__(self, port, campaign, typed):
        """`campaign` is its path; `typed(number)` returns what the person of that number types, by names of fields."""
        self.front = Front(port, WORKERS * THREADS)
        self.campaign, self.form, self.typed = campaign, f"{campaign}gui-sang-kien/", typed
        self.all, self.broken = [], []

    async def ask(self, what, path, values=None):
        """Send one request; returns the Answer, or None when none came."""
        stamp = time.time()
        body = urlencode(values).encode() if values else b""
        lines = [
            f"{'POST' if values else 'GET'} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Accept: text/html",
            "Accept-Encoding: gzip",
            f"X-Request-Start: t={stamp:.6f}",
            f"Cookie: csrftoken={TOKEN}",
        ]
        if values:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        try:
            raw = await asyncio.wait_for(
                self.front.exchange("\r\n".join(lines).encode() + b"\r\n\r\n" + body), PATIENCE
            )
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.broken.append(f"{what}: {type(error).__name__} after {time.time() - stamp:.1f} s")
            return None
        head, _, body = raw.partition(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in fields)}
        if headers.get("content-encoding") == "gzip":
            body = zlib.decompress(body, 31)
        answer = Answer(what, int(status.split()[1]), headers, body, stamp, time.time() - stamp)
        self.all.append(answer)
        return answer

    async def open(self, what, path):
        """Open a page as a browser does that follows `Refresh`, until it is shown."""
        while (answer := await self.ask(what, path)) and answer.status == PUT_OFF:
            await asyncio.sleep(int(answer.headers["refresh"]))
        return answer

    # --- Sending ----------------------------------------------------------------------------------

    def values(self, sending):
        told = {"submission_id": sending.submission_id, "csrfmiddlewaretoken": TOKEN, "consent": "on"}
        return self.typed(sending.number) | told

    async def send(self, number):
        """One person sends one initiative: every second opens the form first, some make a mistake, some tap twice."""
        sending = Sending(number, time.time())
        if number % 2:
            page = await self.open("form", self.form)
            if page is None or b'id="initiative-form"' not in page.body:
                sending.outcome = "form too late" if page else "broken"
                return sending
        if number % 20 == 7:
            await self.post(sending, self.values(sending) | {"effect": ""}, is_right=False)
        taps = [self.post(sending, self.values(sending))]
        if number % 20 == 12:
            taps.append(self.post(sending, self.values(sending)))
        answers = [answer for answer in await asyncio.gather(*taps) if answer]
        await self.follow(sending, answers)
        return sending

    async def post(self, sending, values, *, is_right=True):
        """Send a form; a mistake is told with 422."""
        answer = await self.ask("send", self.form, values)
        if answer and is_right:
            sending.right_stamps.append(round(answer.stamp, 6))
        if answer and sending.answered is None:
            sending.answered = answer.seconds
        return answer

    async def follow(self, sending, answers):
        """Go where the answers lead: to the receipt, or nowhere when it came too late."""
        taken = [answer for answer in answers if answer.status == 302]
        if not taken:
            sending.outcome = "refused as late" if {answer.status for answer in answers} == {403} else "broken"
            return
        codes = await asyncio.gather(*(self.receipt(sending, answer) for answer in taken))
        sending.code = max(filter(None, codes), default="")
        same = None not in codes and set(codes) <= {"", sending.code}
        sending.outcome = "broken" if not same else "receipt" if sending.code else "left"

    async def receipt(self, sending, taken):
        """Go from the answer to a form until the receipt is shown; returns its code, "" when the page was closed.

        None when something else came.
        """
        path = taken.headers["location"]
        while page := await self.ask("kept" if "/da-den/" in path else "receipt", path):
            now = page.stamp + page.seconds - taken.stamp
            if page.status == 302:
                path = page.headers["location"]
                continue
            sending.known = sending.known or now
            if page.status == 200 and KEPT in page.body:
                if sending.number % ONE_LEAVES == 0:
                    return ""
                await asyncio.sleep(int(page.headers["refresh"]))
            elif found := CODE.search(page.body):
                sending.receipt = sending.receipt or now
                return found[1].decode().replace("-", "")
            else:
                break
        return None

    async def look_around(self, number):
        """Somebody who only wants to see a page."""
        what, path = [("landing", ""), ("statistics", "thong-ke/"), ("guide", "huong-dan/")][number % 3]
        await self.open(what, self.campaign + path)

    # --- What became of it ------------------------------------------------------------------------

    def statuses(self):
        """Return {what was asked for: {status: how many}}."""
        found = {}
        for answer in self.all:
            status = "waiting" if KEPT in answer.body else answer.status
            found.setdefault(answer.what, Counter())[status] += 1
        return found


async def at_moments(moments, begin):
    """Start `begin(number)` at each of these moments (seconds from now), whatever became of those before; wait for all.

    Returns (what they returned, by how many seconds the latest start was late).
    """
    begun, late, tasks = time.perf_counter(), 0, []
    for number, moment in enumerate(moments):
        pause = begun + moment - time.perf_counter()
        if pause > 0:
            await asyncio.sleep(pause)
        late = max(late, -pause)
        tasks.append(asyncio.create_task(begin(number)))
    return await asyncio.gather(*tasks), late


async def in_circles(people, seconds, begin):
    """Let so many people do `begin(number)` again and again for a time; return how often it was done a second."""
    begun, numbers = time.perf_counter(), iter(range(10**9))
    done = 0

    async def go_round():
        nonlocal done
        while time.perf_counter() - begun < seconds:
            await begin(next(numbers))
            done += 1

    await asyncio.gather(*(go_round() for _ in range(people)))
    return done / (time.perf_counter() - begun)
