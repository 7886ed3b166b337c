from django.core.management.base import BaseCommand, CommandError

from record.models import Event
from record.verifying import broken_links


class Command(BaseCommand):
    help = "Verify the chains of the record; name the first broken link."

    def handle(self, *args, **options):
        for event, wrong in broken_links():
            raise CommandError(f"Broken at {event} (id {event.pk}): {wrong}.")
        self.stdout.write(f"The record holds: {Event.objects.count()} events.")
