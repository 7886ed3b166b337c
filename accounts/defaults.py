"""Give permission groups what they have by default: each permission once, so that what was taken away stays away."""

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction

from accounts.limits import LABEL_LIMIT


class GivenPermission(models.Model):
    """A default permission that a group was once given, as "app.codename": it may have been taken away since."""

    group = models.ForeignKey(Group, models.CASCADE, verbose_name="nhóm", related_name="+")
    label = models.CharField("quyền", max_length=LABEL_LIMIT)

    class Meta:
        verbose_name = "quyền mặc định đã cấp"
        verbose_name_plural = "quyền mặc định đã cấp"
        constraints = [models.UniqueConstraint(fields=["group", "label"], name="default_permission_given_once")]

    def __str__(self):
        return f"{self.group}: {self.label}"


@transaction.atomic
def give_defaults(name, labels):
    """Give the group of this name those of the default permissions that it was never given; make it when missing."""
    group, _ = Group.objects.get_or_create(name=name)
    given = set(GivenPermission.objects.filter(group=group).values_list("label", flat=True))
    missing = {label.split(".")[1]: label for label in labels if label not in given}
    found = Permission.objects.filter(codename__in=missing).select_related("content_type")
    new = {label: p for p in found if (label := f"{p.content_type.app_label}.{p.codename}") in missing.values()}
    group.permissions.add(*new.values())
    GivenPermission.objects.bulk_create(GivenPermission(group=group, label=label) for label in new)
