import tomllib

from django.core.management.base import BaseCommand
from django.db import transaction
from django_q.models import Schedule

from accounts.defaults import give_defaults
from accounts.models import Role, Union
from accounts.reference import FOLDER, load_unions
from accounts.roles import ADMIN_GROUPS
from dossiers.models import Plan, QuotaException
from initiatives.models import Campaign

# What each role may do in the admin, beside seeing only its own rows (`visible_to`).
PERMISSIONS = {
    ADMIN_GROUPS[Role.BOARD]: [
        "accounts.view_union",
        "accounts.add_union",
        "accounts.change_union",
        "initiatives.view_initiative",
        "dossiers.view_plan",
        "dossiers.view_extension",
        "dossiers.add_extension",
        "dossiers.view_lettertemplate",
        "dossiers.add_lettertemplate",
        "awards.view_fileddossier",
        "awards.change_fileddossier",
        "awards.view_complaint",
        "awards.add_complaint",
        "awards.change_complaint",
        "awards.view_selection",
        "awards.change_selection",
        "awards.view_publication",
        "awards.change_publication",
        "awards.view_consultation",
        "awards.change_consultation",
        "record.view_seal",
    ],
    ADMIN_GROUPS[Role.NATIONAL]: [
        "accounts.view_union",
        "accounts.add_union",
        "accounts.change_union",
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_membership",
        "accounts.add_membership",
        "accounts.change_membership",
        "accounts.delete_membership",
        "initiatives.view_campaign",
        "initiatives.add_campaign",
        "initiatives.change_campaign",
        "initiatives.view_initiative",
        "initiatives.view_removalrequest",
        "initiatives.change_removalrequest",
        "dossiers.view_plan",
        "dossiers.add_plan",
        "dossiers.change_plan",
        "dossiers.view_quotaexception",
        "dossiers.add_quotaexception",
        "dossiers.change_quotaexception",
        "dossiers.delete_quotaexception",
        "dossiers.view_extension",
        "dossiers.view_lettertemplate",
        "awards.view_fileddossier",
        "awards.view_complaint",
        "awards.view_selection",
        "awards.view_consultation",
        "awards.view_publication",
        "awards.view_nominations",
        "awards.change_nominations",
        "record.view_event",
        "record.view_seal",
        "outbox.view_message",
    ],
}

EACH_MINUTE = {"schedule_type": Schedule.MINUTES, "minutes": 1}
EACH_FIVE_MINUTES = {"schedule_type": Schedule.MINUTES, "minutes": 5}
HOURLY, DAILY = {"schedule_type": Schedule.HOURLY}, {"schedule_type": Schedule.DAILY}
# What the queue does by itself: its name → what is called, and how often. What an administrator changed stays.
SCHEDULES = {
    "outbox": ("outbox.sending.send_due", EACH_MINUTE),
    "kept_forms": ("initiatives.keeping.write_all", EACH_MINUTE),
    "exports": ("initiatives.exporting.drop_outdated", HOURLY),
    "words": ("initiatives.indexes.take_in_words", EACH_MINUTE),
    "tallies": ("initiatives.tallies.forget_ended", DAILY),
    "imports": ("initiatives.importing.forget_old", DAILY),
    "reminders": ("dossiers.reminders.remind", EACH_FIVE_MINUTES),
    "removals": ("dossiers.removal_reminders.remind", HOURLY),
    "retention_warnings": ("awards.retention_warnings.warn", DAILY),
    "retention": ("awards.retention.begin", DAILY),
    "archives": ("awards.archiving.drop_outdated", HOURLY),
    "seals": ("record.sealing.seal", DAILY),
    "copies": ("initiatives.copies_index.sweep", EACH_MINUTE),
    "missed_copies": ("initiatives.copies_index.look_for_missed", DAILY),
    "figures": ("initiatives.counting.count_changes", EACH_MINUTE),
    "recount": ("initiatives.counting.recount", DAILY),
}


class Command(BaseCommand):
    help = "Load unions, the programme of 2021, plan 71, permission groups and schedules. Repeatable."

    @transaction.atomic
    def handle(self, *args, **options):
        created = load_unions()
        programme = tomllib.loads((FOLDER / "programme-2021.toml").read_text(encoding="utf-8"))
        campaign = load_campaign(programme["campaign"])
        load_plan(programme["plan"], campaign)
        load_groups()
        for name, (func, often) in SCHEDULES.items():
            Schedule.objects.get_or_create(name=name, defaults={"func": func, **often})
        self.stdout.write(f"Reference data: {created} unions created, {Union.objects.count()} in all.")


def load_campaign(values):
    return Campaign.objects.get_or_create(slug=values["slug"], defaults=values)[0]


def load_plan(values, campaign):
    exceptions = values.pop("quota_exceptions")
    union = Union.objects.by_code(values.pop("union")).get()
    plan, is_new = Plan.objects.get_or_create(campaign=campaign, union=union, defaults=values)
    if is_new:
        for exception in exceptions:
            QuotaException.objects.create(
                plan=plan, union=Union.objects.by_code(exception["union"]).get(), quota=exception["quota"]
            )
    return plan


def load_groups():
    """Give the groups their default permissions, each once; what an administrator changed stays as it is."""
    for name, labels in PERMISSIONS.items():
        give_defaults(name, labels)
