from django.core.management.base import BaseCommand

from awards.retention import forget_all, kept, over
from config.progress import Bar
from config.text import dotted
from initiatives.models import Initiative


class Command(BaseCommand):
    help = (
        "Forget the authors of campaigns whose time for personal data is over (R19), as the queue does each day. "
        "Stop it whenever you like: run again it goes on."
    )

    def add_arguments(self, parser):
        parser.add_argument("--look", action="store_true", help="Only say how many would be forgotten; change nothing.")

    def handle(self, *args, look, **options):
        campaigns = list(over())
        if not campaigns:
            self.stdout.write("No campaign's time for personal data is over.")
        for campaign in campaigns:
            named = Initiative.objects.filter(campaign=campaign, anonymised_at=None)
            left, stay = named.count(), kept(Initiative.objects.filter(campaign=campaign)).count()
            self.stdout.write(f"{campaign.slug}: {dotted(left)} with personal data, of which {dotted(stay)} stay.")
            if not look:
                self.forget(campaign)

    def forget(self, campaign):
        last = Initiative.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
        bar = Bar(self.stdout, "forgotten")
        number = forget_all(campaign, told=lambda after, done: bar.draw(min(1, (after or last) / last), done))
        self.stdout.write(f"\n{dotted(number)} forgotten in {bar.seconds:.0f} seconds.")
