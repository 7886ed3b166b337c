from django.core.management.base import BaseCommand, CommandError

from record.models import Event, Seal
from record.verifying import broken_contents, broken_links, broken_seals, differs_from_kept, every_event

TOLD_EACH = 100_000


class Command(BaseCommand):
    help = "Verify the record: its chains, its seals, and what is frozen by it; name the first broken link."

    def add_arguments(self, parser):
        parser.add_argument(
            "--seal",
            action="append",
            default=[],
            metavar="NUMBER=SHORT FORM",
            help="a seal as it was kept outside, such as '12=1A2B 3C4D 5E6F 7081'; may be given several times",
        )
        parser.add_argument("--files", action="store_true", help="read the files of filed letters too")

    def handle(self, *args, **options):
        if wrong := differs_from_kept(kept_outside(options["seal"])):
            raise CommandError(f"Broken: {wrong}.")
        for event, wrong in broken_links(self.counted(every_event())):
            raise CommandError(f"Broken at {event} (id {event.pk}): {wrong}.")
        for seal, wrong in broken_seals():
            raise CommandError(f"Broken at {seal} of {seal.sealed_at:%d/%m/%Y}: {wrong}.")
        for what, wrong in broken_contents(files=options["files"]):
            raise CommandError(f"Broken at {what}: {wrong}.")
        self.stdout.write(f"The record holds: {Event.objects.count()} events, {Seal.objects.count()} seals.")

    def counted(self, events):
        for number, event in enumerate(events, start=1):
            if number % TOLD_EACH == 0:
                self.stderr.write(f"{number} events …")
            yield event


def kept_outside(texts):
    """Return {number: short form} from what was typed."""
    pairs = [text.partition("=") for text in texts]
    if any(not number.isdigit() or not short for number, _, short in pairs):
        raise CommandError("A seal is given as NUMBER=SHORT FORM, such as '12=1A2B 3C4D 5E6F 7081'.")
    return {int(number): short for number, _, short in pairs}
