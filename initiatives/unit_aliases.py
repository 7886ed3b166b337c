"""What a typed name of a unit means in a top union (R3): staff said so once, later initiatives follow by themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Union
from config.fields import LineField
from initiatives.limits import WORKPLACE_LIMIT


class UnitAliasQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the top unions for which this person maps names."""
        return self.filter(top__in=Union.objects.mapped_by(user))

    def in_top(self, top):
        return self.filter(top=top)

    def of_name(self, top, key):
        """The one of this name with its unit and who mapped it, or None."""
        return self.in_top(top).filter(key=key).select_related("unit", "mapped_by").first()

    def meaning(self, top, key):
        """The one that tells which unit the name means, if that unit can still be picked."""
        return self.meanings(top, [key])

    def meanings(self, top, keys):
        """Those that tell which units these names mean, as far as these can still be picked."""
        return self.filter(top=top, key__in=keys, unit__in=Union.objects.pickable_below(top))


class UnitAlias(models.Model):
    top = models.ForeignKey(Union, models.PROTECT, verbose_name="tỉnh, ngành", related_name="+")
    key = models.TextField("tên đã gộp cách viết")
    name = LineField("tên đã gõ", max_length=WORKPLACE_LIMIT)
    unit = models.ForeignKey(Union, models.PROTECT, verbose_name="đơn vị", related_name="+")
    mapped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghép", related_name="+")
    mapped_at = models.DateTimeField("ghép lúc")

    objects = UnitAliasQuerySet.as_manager()

    class Meta:
        verbose_name = "tên đơn vị đã ghép"
        verbose_name_plural = "tên đơn vị đã ghép"
        constraints = [
            models.UniqueConstraint(fields=["top", "key"], name="unit_alias_means_one_unit"),
            models.CheckConstraint(name="unit_alias_named", condition=~Q(key="") & ~Q(name="")),
        ]

    def __str__(self):
        return f"{self.name} → {self.unit}"
