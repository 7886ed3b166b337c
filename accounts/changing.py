"""Change the own name and address."""

from django.db import transaction

from accounts.models import User
from accounts.notices import tell
from record.writing import changes, write


@transaction.atomic
def change_account(user, full_name, email):
    """Store name and address; the address that was there before is told that it is no more."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before, after = changes(locked, {"full_name": full_name, "email": email})
    if not after:
        return
    locked.full_name, locked.email = full_name, email
    locked.save(update_fields=["full_name", "email"])
    event = write(locked, "changed", by=locked, before=before, after=after)
    if "email" in before:
        tell(locked, event, "E-mail của tài khoản vừa được đổi", at=before["email"])
