"""How many initiatives there are, by union: the numbers, what has still to be added to them, and how far they are.

All three can be made anew from the initiatives at any time (`counting.recount`).
"""

from django.db import models

from initiatives.choices import Block, Field, Status


class Uncounted(models.Model):
    """One initiative more (`number` 1) or less (-1) that is such and such; written by the database with the change.

    Whoever sends adds a row and waits for nobody.
    """

    campaign_id = models.BigIntegerField()
    top_id = models.BigIntegerField()
    branch_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    arrived_at = models.DateTimeField()
    field = models.CharField(max_length=20, choices=Field)
    block = models.CharField(max_length=20, choices=Block)
    status = models.CharField(max_length=10, choices=Status)
    number = models.SmallIntegerField()

    class Meta:
        verbose_name = "thay đổi chưa tính vào số liệu"
        verbose_name_plural = "thay đổi chưa tính vào số liệu"

    def __str__(self):
        return f"{self.number:+} {self.status}, {self.arrived_at:%d/%m/%Y}"


class Counted(models.Model):
    """The numbers of a union and all below it in a campaign: {part: {value: number}}, as `counting.add` makes them."""

    pk = models.CompositePrimaryKey("campaign_id", "union_id")
    campaign = models.ForeignKey(
        "initiatives.Campaign", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    union = models.ForeignKey("accounts.Union", models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "số liệu của công đoàn"
        verbose_name_plural = "số liệu của công đoàn"

    def __str__(self):
        return f"số liệu của công đoàn {self.union_id}"


class Counting(models.Model):
    """The moment up to which everything is counted; who counts holds its lock. `number` tells one state from the next.

    Without a row nothing was ever counted and all is in Uncounted; number 0 asks for a recount.
    """

    number = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "lượt tính số liệu"
        verbose_name_plural = "lượt tính số liệu"

    def __str__(self):
        return f"lượt {self.number}"

    @property
    def is_due(self):
        return self.pk is not None and not self.number
