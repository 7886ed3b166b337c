"""Make a new campaign from an earlier one: everything as it was, its dates moved by whole days."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, localtime, make_aware

from config.text import clean_line, says_something
from initiatives.models import Campaign
from record.writing import write

MOMENTS = ("opens_at", "closes_at")
DAYS = ("practice_from", "practice_until", "personal_until")
KEPT = ("target", "help_name", "help_office", "help_phone", "consent_version", "consent_text")


def shift_between(earlier, later):
    """Return by how many whole days the opening of one campaign lies behind that of another."""
    return localdate(later) - localdate(earlier)


def moved(moment, shift):
    """Return a moment so many days later, at the same time of day."""
    local = localtime(moment)
    return make_aware(datetime.combine(local.date() + shift, local.time()))


def moved_dates(campaign, opens_on):
    """Return {field: value} of a campaign's dates when it opens on this day: lengths and times of day stay."""
    shift = opens_on - localdate(campaign.opens_at)
    if shift <= timedelta(0):
        raise ValidationError(
            "Ngày mở chương trình mới phải sau ngày mở chương trình cũ. Hãy xem lại.", code="not_later"
        )
    try:
        return {name: moved(getattr(campaign, name), shift) for name in MOMENTS} | {
            name: day and day + shift for name in DAYS for day in [getattr(campaign, name)]
        }
    except OverflowError as error:
        raise ValidationError("Ngày này quá xa. Hãy xem lại.", code="too_far") from error


@transaction.atomic
def copy_campaign(campaign, *, name, slug, opens_on, by):
    """Return the new campaign, not running yet. Refuses `not_later`, `too_far`, `name_missing`, `slug_taken`."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    name = clean_line(name)
    if not says_something(name):
        raise ValidationError("Hãy ghi tên chương trình mới.", code="name_missing")
    dates = moved_dates(campaign, opens_on)
    kept = {field: getattr(campaign, field) for field in KEPT}
    taken = ValidationError("Đã có chương trình với phần địa chỉ web này. Hãy chọn phần khác.", code="slug_taken")
    if Campaign.objects.filter(slug=slug).exists():
        raise taken
    try:
        with transaction.atomic():
            new = Campaign.objects.create(name=name, slug=slug, is_running=False, **dates, **kept)
    except IntegrityError as error:
        raise taken from error
    write(new, "copied", by=by, after={"campaign": campaign.pk, "name": name, **dates}, is_first=True)
    return new
