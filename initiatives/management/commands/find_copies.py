from django.core.management.base import BaseCommand
from django.db.models import Max

from config.progress import Bar
from config.text import dotted
from initiatives.copies_filling import fill_prints
from initiatives.copies_index import sign_missed
from initiatives.copies_models import Signature

STEP = 20_000


class Command(BaseCommand):
    help = "Compare all initiatives that are not yet compared, or changed since. Stopped, it goes on there."

    def add_arguments(self, parser):
        parser.add_argument("--anew", action="store_true", help="Compare all of them once more.")

    def handle(self, *args, anew=False, **options):
        if anew:
            forget_signatures()
        bar = Bar(self.stdout, "signed")
        try:
            if fill_prints(told=lambda key, last, number: bar.draw(key / last, number)):
                self.stdout.write("")
            bar = Bar(self.stdout, "compared")
            signed = sign_missed(told=lambda key, last, number: bar.draw(key / last, number))
        except KeyboardInterrupt:
            self.stdout.write("\nStopped. Run it again to go on from here.")
            return
        self.stdout.write(f"\n{dotted(signed)} initiatives compared.")


def forget_signatures():
    """Have every text compared anew; the prints stay until they are replaced, so that copies are found meanwhile."""
    last = Signature.objects.aggregate(last=Max("pk"))["last"] or 0
    for start in range(0, last, STEP):
        Signature.objects.filter(pk__gt=start, pk__lte=start + STEP).update(method=0)
