"""Staff of a top union move one initiative to the unit that it belongs to."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from initiatives.changing import locked, refuse_once_decided
from initiatives.mapping import IN_A_DOSSIER, place, refuse_unit_of_another


@transaction.atomic
def move_unit(initiative, unit, *, by, version):
    """Move an initiative to another unit of its top union; status and answers stay as they are.

    Raises ValidationError: `no_unit_of_top`, `decided`, `stale`, `in_a_dossier` when it stands in the dossier of a
    union that it would leave.
    """
    initiative = locked(initiative)
    refuse_unit_of_another(initiative.top, unit)
    refuse_once_decided(initiative)
    if initiative.unit == unit:
        return initiative
    if initiative.version != version:
        raise ValidationError(
            "Sáng kiến vừa được tác giả hoặc người khác thay đổi. Hãy đọc lại rồi chuyển.", code="stale"
        )
    try:
        with transaction.atomic():
            place([initiative], unit, by=by)
    except IntegrityError as error:
        if IN_A_DOSSIER not in str(error):
            raise
        raise ValidationError(
            f"Sáng kiến đang ở trong hồ sơ của {initiative.branch}. Khi công đoàn đó bỏ ra khỏi hồ sơ thì mới chuyển "
            "được.",
            code=IN_A_DOSSIER,
        ) from error
    initiative.refresh_from_db()
    return initiative
