from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Union
from awards.demo.accounts import PASSWORD, SIGN_INS
from awards.demo.loading import load, local_plan
from dossiers.models import Dossier
from initiatives.counting import count_changes
from initiatives.models import Initiative, Status


class Command(BaseCommand):
    help = "Load the demonstration: sign-ins, 601 initiatives, four dossiers. Repeatable; refused on a deployed site."

    def handle(self, *args, **options):
        if settings.DEPLOYED:
            raise CommandError("This site is deployed: the demo's sign-ins have a public password. Nothing was loaded.")
        plan = local_plan()
        if plan is None:
            raise CommandError("The reference data is missing: run `manage.py load_reference` first.")
        self.stdout.write("Demo data: loaded." if load(plan) else "Demo data: already there, nothing changed.")
        count_changes()
        for line in [*totals(plan), "", *sign_ins()]:
            self.stdout.write(line)


def totals(plan):
    """Return the lines of a short table of what there is."""
    initiatives = Initiative.objects.filter(campaign=plan.campaign)
    counts = Counter(initiatives.values_list("status", flat=True))
    local = Counter(initiatives.filter(top=plan.union).values_list("status", flat=True))
    rows = [("initiatives", sum(counts.values()), sum(local.values()))]
    rows += [(status.label, counts[status], local[status]) for status in Status if counts[status]]
    dossiers = Dossier.objects.filter(plan=plan).select_related("union").order_by("pk")
    return [
        f"  {'':<14}{'all':>6}{plan.union.short_name:>14}",
        *(f"  {name:<14}{everywhere:>6}{here:>14}" for name, everywhere, here in rows),
        *(
            f"  {dossier.get_state_display()}: {dossier} ({dossier.entries.standing().count()} entries)"
            for dossier in dossiers
        ),
    ]


def sign_ins():
    """Return the lines that tell who signs in."""
    names = {code: Union.objects.by_code(code).get() for _, _, code, _ in SIGN_INS if code}
    return [
        f"Sign-ins (password {PASSWORD}):",
        *(f"  {username:<16}{names.get(code, 'quản trị toàn bộ')!s}" for username, _, code, _ in SIGN_INS),
    ]
