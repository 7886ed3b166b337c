from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from backups.forgotten import LIST, write_list
from backups.refusing import BackupError


class Command(BaseCommand):
    help = "Add to the list beside the backups who was forgotten, by codes only; to be run each hour."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where the backups lie")

    def handle(self, *args, **options):
        try:
            self.stdout.write(f"On the list: {write_list(options['folder'] / LIST)}.")
        except BackupError as error:
            raise CommandError(error) from error
