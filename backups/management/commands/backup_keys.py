from django.core.management.base import BaseCommand, CommandError

from backups.keys import make_pair
from backups.refusing import BackupError


class Command(BaseCommand):
    help = "Make the key pair of backups: the private key into a file, the public one printed."

    def add_arguments(self, parser):
        parser.add_argument("file", help="where the private key is written; nothing is overwritten")

    def handle(self, *args, **options):
        try:
            public = make_pair(options["file"])
        except BackupError as error:
            raise CommandError(error) from error
        self.stdout.write(public)
        self.stderr.write(
            f"The private key is in {options['file']}. Take it off this machine now: to two places, on paper too. "
            "Whoever has it reads every backup; without it no backup can be read. The server needs the public key only."
        )
