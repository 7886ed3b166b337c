from django_q import cluster
from django_q.management.commands import qcluster

from config.queue_guard import SteadyGuard


class Command(qcluster.Command):
    help = "Run the queue. Ends when it is told to; what is killed inside begins anew."

    def handle(self, *args, **options):
        cluster.Sentinel = SteadyGuard
        super().handle(*args, **options)
