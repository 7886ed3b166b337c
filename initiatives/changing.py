"""Its author corrects or withdraws an initiative until closing, never after (R8)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from initiatives import letters_to_authors
from initiatives.mapping import follow_alias
from initiatives.models import Initiative, Status
from initiatives.sending import refuse_unless_open, refuse_wrong
from record.writing import AUTHOR, changes, write


def locked(initiative):
    """Return the initiative afresh, its row locked until the end of the transaction."""
    return (
        Initiative.objects.select_for_update(of=("self",), no_key=True).select_related("campaign").get(pk=initiative.pk)
    )


def refuse_unless_changeable(initiative, arrived_at):
    refuse_forgotten(initiative)
    refuse_unless_open(initiative.campaign, arrived_at)
    if initiative.status == Status.WITHDRAWN:
        raise ValidationError("Sáng kiến này đã được rút, không sửa được nữa.", code="withdrawn")
    refuse_once_decided(initiative)


def refuse_forgotten(initiative):
    """Refuse what only an author may do once the author was forgotten (R19)."""
    if initiative.anonymised_at:
        raise ValidationError(
            "Thông tin cá nhân của tác giả sáng kiến này đã được xóa, nên không sửa hay đưa vào hồ sơ được nữa.",
            code="anonymised",
        )


def refuse_once_decided(initiative):
    """Refuse to touch an initiative about which a decision is published (R17)."""
    if initiative.decided_at:
        raise ValidationError("Đã có quyết định công bố về sáng kiến này, không thay đổi được nữa.", code="decided")


@transaction.atomic
def correct(initiative, answers, *, version, arrived_at):
    """Change what the author typed; a screened initiative goes back to be screened.

    `version` is the one the author's page showed: `stale` when somebody changed the initiative meanwhile.
    """
    initiative = locked(initiative)
    refuse_unless_changeable(initiative, arrived_at)
    if initiative.version != version:
        raise ValidationError(
            "Sáng kiến này vừa được thay đổi ở nơi khác. Hãy xem lại nội dung bên dưới rồi bấm lưu lần nữa.",
            code="stale",
        )
    refuse_wrong(answers, initiative.campaign)
    unit = answers["unit"]
    before, after = changes(initiative, {**answers, "branch": unit.branch if unit else None})
    if not after:
        return initiative
    before["status"], after["status"] = initiative.status, Status.SENT
    for name, value in {**answers, "branch": unit.branch if unit else None}.items():
        setattr(initiative, name, value)
    initiative.status, initiative.status_reason = Status.SENT, ""
    initiative.version += 1
    initiative.save()
    write(initiative, "corrected", by_name=AUTHOR, before=before, after=after)
    letters_to_authors.send_private_link(initiative)
    return follow_alias(initiative)


@transaction.atomic
def withdraw(initiative, *, arrived_at):
    """Take an initiative back; it stays on record. Withdrawing twice is withdrawing once."""
    initiative = locked(initiative)
    if initiative.status == Status.WITHDRAWN:
        return initiative
    refuse_unless_changeable(initiative, arrived_at)
    before = {"status": initiative.status}
    initiative.status = Status.WITHDRAWN
    initiative.version += 1
    initiative.save(update_fields=["status", "version"])
    write(initiative, "withdrawn", by_name=AUTHOR, before=before, after={"status": Status.WITHDRAWN})
    return initiative
