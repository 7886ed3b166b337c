"""Close an account, and open it again: whoever left gets in nowhere from the next request on. Whom to write to."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.models import Role, User
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


def addresses_of_national():
    """Return the addresses of national staff and administrators whose accounts are open."""
    national = Q(memberships__role=Role.NATIONAL) | Q(is_superuser=True)
    people = User.objects.filter(national, is_active=True).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))
