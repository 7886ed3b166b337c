"""What is watched of the site itself: its clock, its queue."""

from config import queue
from config.database_clock import clock_difference, clocks_agree
from config.metrics import Gauge

GAUGES = [
    Gauge("queue_silent_seconds", "Since the queue last finished something.", queue.silent_seconds),
    Gauge("queue_tasks_waiting", "Tasks that wait to be begun, or are at work.", queue.waiting),
    Gauge("clock_difference_seconds", "The database's clock less this machine's.", clock_difference),
]
# (name, whether it is as it should be): where it is not, the site still serves, and /suc-khoe/ warns.
WELL = [("queue", queue.is_alive), ("clock", clocks_agree)]
