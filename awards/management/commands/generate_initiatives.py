from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from awards.demo.generating import generate
from config.progress import Bar
from config.text import dotted


class Command(BaseCommand):
    help = (
        "Fill the running campaign with made-up initiatives, to try the site at size: all of them or none. "
        "Refused on a deployed site."
    )

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="How many.")
        parser.add_argument("--seed", type=int, default=75, help="The same seed makes the same initiatives.")
        parser.add_argument("--without-record", action="store_true", help="Write no events (R20); quicker.")

    def handle(self, *args, number, seed, without_record, **options):
        if settings.DEPLOYED:
            raise CommandError("This site is deployed: made-up initiatives could never be deleted. Nothing was stored.")
        if number < 1 or seed < 0:
            raise CommandError("Give a number from 1 on, and a seed from 0 on.")
        bar = Bar(self.stdout, "stored")
        try:
            generate(
                number, seed, with_record=not without_record, told=lambda done: bar.draw(0.9 * done / number, done)
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except KeyboardInterrupt:
            raise CommandError("\nStopped: nothing was stored.") from None
        bar.draw(1, number)
        self.stdout.write(f"\n{dotted(number)} initiatives in {bar.seconds:.0f} seconds.")
