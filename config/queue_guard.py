"""The queue's guard as django-q2 has it, but a part that is killed does not take the queue along.

A part that waits for work holds the lock of its line. When it is killed (by a system short of memory, say) nobody opens
that lock again: django-q2 starts another part in its place, which waits for ever, and no letter leaves. Here all parts
begin anew with new lines. What was begun stands in the database, and is done again when its time (`retry`) is over.
"""

import logging

from django_q.cluster import Sentinel
from django_q.queues import Queue

log = logging.getLogger("django-q")


class SteadyGuard(Sentinel):
    def reincarnate(self, process):
        """Put another part in the place of one that ended or took too long; all of them when it was killed."""
        if process not in self.parts():
            return  # Another one was killed, too, and all have begun anew.
        if process.exitcode is None or process.exitcode >= 0:
            super().reincarnate(process)
            return
        log.critical("A part of the queue was killed (%s): all begin anew.", process.exitcode)
        for part in self.parts():
            part.kill()
            part.join()
        self.task_queue, self.result_queue = Queue(), Queue()
        self.spawn_cluster()
        self.reincarnations += 1

    def parts(self):
        return [*self.pool, self.monitor, self.pusher]
