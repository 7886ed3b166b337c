from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate

from config import durability, triggers


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self):
        # Django signals once for each app that has models; one of them is enough.
        sender = apps.get_app_config("record")
        pre_migrate.connect(triggers.take_down, sender=sender)
        post_migrate.connect(triggers.put_up, sender=sender)
        checks.register(durability.check_durability, checks.Tags.database)


class SiteAdminConfig(AdminConfig):
    default_site = "config.admin.SiteAdmin"
