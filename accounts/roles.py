"""Give and take roles. A role is a membership; those who work in the admin also get its permission group."""

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import Membership, Role, User
from record.writing import write

ADMIN_GROUPS = {Role.BOARD: "Hội đồng", Role.NATIONAL: "Tổng Liên đoàn"}


@transaction.atomic
def grant(user, union, role, *, by=None):
    """Give a person a role in a union; giving it twice changes nothing."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    membership = Membership(user=user, union=union, role=role)
    membership.clean()
    membership, is_new = Membership.objects.get_or_create(user=user, union=union, role=role)
    if is_new:
        write(user, "role_granted", by=by, after={"union": union.code, "role": role})
    match_groups(user)
    return membership


@transaction.atomic
def revoke(membership, *, by=None):
    """Take a role back from a person."""
    user = membership.user
    write(user, "role_revoked", by=by, before={"union": membership.union.code, "role": membership.role})
    membership.delete()
    match_groups(user)


def match_groups(user):
    """Bring the admin sign-in and permission groups of a person in line with the roles they hold."""
    user.__dict__.pop("seats", None)
    roles = set(user.memberships.values_list("role", flat=True))
    names = [name for role, name in ADMIN_GROUPS.items() if role in roles]
    user.groups.set(Group.objects.filter(name__in=names))
    is_staff = bool(names) or user.is_superuser
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])
