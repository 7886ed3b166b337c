from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.second_factor import turn_off


class Command(BaseCommand):
    help = "Let somebody sign in with the password alone again: for an administrator whom nobody else can help."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        user = User.objects.filter(username=User.normalize_username(username)).first()
        if user is None:
            raise CommandError(f"Nobody is called {username}.")
        turn_off(user, by=None)
        self.stdout.write(f"{username} signs in with the password alone.")
