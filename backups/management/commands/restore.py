from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from backups.forgotten import LIST, forget_again, listed
from backups.keys import identities
from backups.reading import read_through
from backups.refusing import BackupError
from backups.restoring import restore


class Command(BaseCommand):
    help = "Restore a backup into an empty site and verify it; --check only reads and verifies the file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", required=True, metavar="KEYFILE", help="the file with the private key")
        parser.add_argument("--check", action="store_true", help="read the backup to its end, restore nothing")
        parser.add_argument(
            "--forgotten", type=Path, metavar="LIST", help=f"who was forgotten since; {LIST} beside it when left out"
        )
        parser.add_argument("--without-forgotten", action="store_true", help="there is no such list")

    def handle(self, *args, **options):
        try:
            keys = identities(options["identity"])
            if options["check"]:
                self.tell("The backup is whole", *read_through(options["file"], keys))
                return
            codes = self.forgotten_since(options)
            self.tell("Restored and verified", *restore(options["file"], keys))
            self.stdout.write(f"Forgotten again: {len(forget_again(codes))}.")
        except BackupError as error:
            raise CommandError(error) from error

    def forgotten_since(self, options):
        """Return the list of whom to forget again; somebody must have said so where there is none (R19)."""
        path = options["forgotten"] or options["file"].with_name(LIST)
        if options["without_forgotten"]:
            return {}
        if not path.exists():
            raise BackupError(
                f"{path} is not there: name the newest list with --forgotten, or say --without-forgotten."
            )
        return listed(path)

    def tell(self, what, facts, digests):
        rows, files = sum(facts["tables"].values()), digests["files"]
        size = sum(file["size"] for file in files.values())
        self.stdout.write(
            f"{what}: {rows:,} rows in {len(facts['tables'])} tables, {len(files):,} files of {size:,} bytes, "
            f"as of {facts['taken_at']}."
        )
        for name in digests["missing"]:
            self.stdout.write(f"It was not in the store when the backup was made: {name}")
