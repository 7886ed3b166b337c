from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from backups.forgotten import forget_again, listed
from backups.refusing import BackupError


class Command(BaseCommand):
    help = "Forget again whom a restored backup brought back (R19)."

    def add_arguments(self, parser):
        parser.add_argument("list", type=Path)

    def handle(self, *args, **options):
        try:
            self.stdout.write(f"Forgotten again: {len(forget_again(listed(options['list'])))}.")
        except BackupError as error:
            raise CommandError(error) from error
