"""Close an account, and open it again: whoever left gets in nowhere from the next request on."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.sessions import end_all
from record.writing import write


@transaction.atomic
def close(user, *, by):
    set_active(user, False, "closed", by)


@transaction.atomic
def reopen(user, *, by):
    set_active(user, True, "reopened", by)


def set_active(user, is_active, deed, by):
    if user.pk == by.pk:
        raise ValidationError("Không tự khóa tài khoản của mình.", code="own_account")
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if locked.is_active != is_active:
        locked.is_active = is_active
        locked.save(update_fields=["is_active"])
        end_all(locked)
        write(locked, deed, by=by)
