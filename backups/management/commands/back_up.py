from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from backups.forgotten import LIST, write_list
from backups.keys import recipients
from backups.refusing import BackupError
from backups.rotation import drop_surplus
from backups.taking import back_up


class Command(BaseCommand):
    help = "Make one encrypted backup of database and files. Ends with 1 when the store lacks a file (docs/backup.md)."

    def add_arguments(self, parser):
        parser.add_argument("target", type=Path, help="a folder, or a file that is not there yet")
        parser.add_argument("--to", action="append", required=True, metavar="age1…", help="a public key; repeatable")
        parser.add_argument(
            "--keep",
            type=int,
            nargs=3,
            metavar=("DAYS", "WEEKS", "MONTHS"),
            help="keep the last backup of each of so many days, weeks and months in the folder, and drop the others",
        )

    def handle(self, *args, **options):
        target = options["target"]
        if options["keep"] and not target.is_dir():
            raise CommandError("--keep needs a folder.")
        try:
            taken = back_up(target, recipients(options["to"]))
            write_list(taken.path.with_name(LIST))
        except BackupError as error:
            raise CommandError(error) from error
        self.stdout.write(
            f"{taken.path}: {taken.rows:,} rows and {taken.files:,} files as of {taken.snapshot_at}, "
            f"{taken.path.stat().st_size:,} bytes, {taken.seconds:.0f} s."
        )
        for path in drop_surplus(target, *options["keep"]) if options["keep"] else []:
            self.stdout.write(f"Dropped {path.name}.")
        for name in taken.gone:
            self.stdout.write(f"Its time was over meanwhile: {name}")
        if taken.missing:
            names = "\n".join(taken.missing)
            raise CommandError(f"The backup is made, but the store lacks {len(taken.missing)} files:\n{names}")
