import time

from django.core.management.base import BaseCommand
from django.db.models import Max

from config.text import dotted
from initiatives.copies_index import sign_missed
from initiatives.copies_models import Signature

WIDTH = 30
STEP = 20_000


class Command(BaseCommand):
    help = "Compare all initiatives that are not yet compared, or changed since. Stopped, it goes on there."

    def add_arguments(self, parser):
        parser.add_argument("--anew", action="store_true", help="Compare all of them once more.")

    def handle(self, *args, anew=False, **options):
        if anew:
            forget_signatures()
        self.begun = time.monotonic()
        try:
            signed = sign_missed(told=self.draw)
        except KeyboardInterrupt:
            self.stdout.write("\nStopped. Run it again to go on from here.")
            return
        self.stdout.write(f"\n{dotted(signed)} initiatives compared.")

    def draw(self, key, last, signed):
        done = key / last
        bar = "#" * round(WIDTH * done)
        seconds = time.monotonic() - self.begun
        left = f"{seconds / done * (1 - done) / 60:.0f} min left" if seconds > 1 else ""
        line = f"\r[{bar:<{WIDTH}}] {done:4.0%}  {dotted(signed)} compared  {left:<14}"
        self.stdout.write(line, ending="")
        self.stdout.flush()


def forget_signatures():
    """Have every text compared anew; the prints stay until they are replaced, so that copies are found meanwhile."""
    last = Signature.objects.aggregate(last=Max("pk"))["last"] or 0
    for start in range(0, last, STEP):
        Signature.objects.filter(pk__gt=start, pk__lte=start + STEP).update(method=0)
