"""One table with as many columns as the site's form has fields."""

import uuid

from django.db import models


class Entry(models.Model):
    secret = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sent_at = models.DateTimeField(auto_now_add=True)
    submission_id = models.UUIDField(default=uuid.uuid4)
    full_name = models.CharField(max_length=100)
    phone = models.CharField(max_length=20)
    job_title = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = models.CharField(max_length=10, blank=True, choices=[("male", "Nam"), ("female", "Nữ")])
    collective = models.CharField(max_length=200, blank=True)
    co_authors = models.TextField(blank=True)
    top = models.CharField(max_length=20)
    unit = models.CharField(max_length=20, blank=True)
    unit_other = models.CharField(max_length=200, blank=True)
    workplace = models.CharField(max_length=200)
    block = models.CharField(max_length=20, choices=[("enterprise", "Một"), ("administrative", "Hai")])
    field = models.CharField(max_length=20, choices=[("production", "Một"), ("community", "Hai")])
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, max_length=1000)
    is_secret = models.BooleanField(default=False)
    effect = models.TextField(max_length=1000)
    benefit = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField()
    consent = models.BooleanField(default=False)

    def __str__(self):
        return self.title
