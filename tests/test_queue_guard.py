"""The queue goes on working whichever of its parts is killed."""

import os
import signal
import time
import uuid
from contextlib import suppress
from multiprocessing import Event
from queue import Empty
from unittest.mock import Mock

import pytest
from django_q.cluster import Sentinel

from config.queue_guard import SteadyGuard

pytestmark = pytest.mark.once
TASK = {"id": "1", "name": "one", "func": "time.monotonic", "args": (), "kwargs": {}, "sync": True}
LONG, SHORT = 20, 2


@pytest.fixture
def begun(monkeypatch):
    """Guards whose workers are waiting for a task, and whose other parts need no database."""
    guards = []

    def begin(kind):
        guard = kind(Event(), Event(), uuid.uuid4(), broker=Mock(list_key="x"), start=False)
        for part in ("spawn_monitor", "spawn_pusher"):
            monkeypatch.setattr(guard, part, lambda: guard.spawn_process(time.sleep, LONG))
        guard.spawn_cluster()
        guards.append(guard)
        return guard

    yield begin
    for guard in guards:
        for part in [*guard.pool, guard.monitor, guard.pusher]:
            part.kill()
            part.join()


def kill_waiting(part):
    """Kill a part once it does nothing but wait."""
    until = time.monotonic() + LONG
    while time.monotonic() < until and b"S" not in state_of(part):
        time.sleep(0.05)
    time.sleep(0.3)
    os.kill(part.pid, signal.SIGKILL)
    part.join()


def state_of(part):
    with open(f"/proc/{part.pid}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()[0]


def does_a_task(guard, *, seconds):
    guard.task_queue.put(dict(TASK))
    with suppress(Empty):
        return guard.result_queue.get(timeout=seconds)["success"]
    return False


@pytest.mark.parametrize("part", ["worker", "monitor", "pusher"])
def test_the_queue_works_on_when_a_part_of_it_is_killed(begun, part):
    guard = begun(SteadyGuard)
    assert does_a_task(guard, seconds=LONG)
    killed = guard.pool[0] if part == "worker" else getattr(guard, part)

    kill_waiting(killed)
    guard.reincarnate(killed)

    assert does_a_task(guard, seconds=LONG)
    assert len(guard.pool) == 1
    assert all(part.is_alive() for part in guard.parts())


def test_without_that_guard_a_killed_worker_takes_the_queue_along(begun):
    guard = begun(Sentinel)
    assert does_a_task(guard, seconds=LONG)
    (killed,) = guard.pool

    kill_waiting(killed)
    guard.reincarnate(killed)

    assert not does_a_task(guard, seconds=SHORT)


def test_who_is_gone_already_changes_nothing(begun):
    guard = begun(SteadyGuard)
    (killed,) = guard.pool
    kill_waiting(killed)
    guard.reincarnate(killed)
    parts = guard.parts()

    guard.reincarnate(killed)

    assert guard.parts() == parts


def test_a_part_that_ended_by_itself_is_replaced_alone(begun):
    guard = begun(SteadyGuard)
    (ended,), others = guard.pool, [guard.monitor, guard.pusher]
    guard.task_queue.put("STOP")
    ended.join(LONG)

    guard.reincarnate(ended)

    assert [guard.monitor, guard.pusher] == others
    assert does_a_task(guard, seconds=LONG)
