"""Take an initiative that a worker sends (R1–R7)."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.abbreviations import name_key
from config import clock
from config.prepared import insert
from initiatives import letters_to_authors
from initiatives.co_authors import co_authors_of
from initiatives.consents import keep_consent_text
from initiatives.kept_forms import KeptForm
from initiatives.mapping import follow_alias
from initiatives.models import Campaign, Initiative, practice_error
from record.models import canonical
from record.writing import AUTHOR, write

# What the author types; the rest of an initiative is the site's.
ANSWERS = [
    "full_name",
    "birth_year",
    "gender",
    "phone",
    "email",
    "job_title",
    "collective",
    "co_authors",
    "top",
    "unit",
    "unit_other",
    "workplace",
    "block",
    "field",
    "title",
    "description",
    "is_secret",
    "effect",
    "benefit",
    "started_on",
]
CODE_TRIES = 3
KEPT = "Phiếu này đã đến và đang chờ ghi vào sổ. Nếu đây là một sáng kiến khác, hãy bấm gửi lần nữa."


def refuse_unless_open(campaign, arrived_at):
    """Refuse what arrived before opening or from closing time on (R1). No second is shaved off, none is added."""
    if campaign.takes_at(arrived_at):
        return
    if not campaign.has_opened(arrived_at):
        raise ValidationError("Chương trình chưa mở nhận sáng kiến.", code="not_open_yet")
    raise ValidationError(
        "Chương trình đã đóng nhận sáng kiến. Nội dung bạn đã gõ vẫn còn ở đây để bạn chép lại.", code="closed"
    )


def refuse_foreign_unit(top, unit):
    """Refuse a unit that is not below the picked province or sector (R3)."""
    if unit and unit.top != top:
        raise ValidationError("Đơn vị này không thuộc tỉnh, ngành đã chọn. Hãy chọn lại.", code="unit_of_another_top")


def refuse_wrong(answers, campaign):
    """Refuse answers that do not fit together or not this campaign (R3, R6), and shares that are not a whole."""
    refuse_foreign_unit(answers["top"], answers["unit"])
    co_authors_of(answers["co_authors"], answers["full_name"])
    if refusal := practice_error(campaign, answers["started_on"]):
        raise refusal


def send(campaign, submission_id, answers, *, arrived_at):
    """Store one initiative and return it; the same submission sent again returns the one that is stored (R7).

    `answers` maps the names of ANSWERS to clean values. Raises ValidationError: `closed`, `not_open_yet`,
    `unit_of_another_top`, `outside_practice_period`, those of `co_authors_of`, or `already_sent` when this submission
    is stored with other content.
    """
    try:
        refuse_unless_open(campaign, arrived_at)
        refuse_wrong(answers, campaign)
    except ValidationError:
        # What was stored in time has its receipt, however late it is asked for again.
        if (stored := stored_as(submission_id)) and holds(stored, answers):
            return stored
        raise
    # Nearly every submission is a new one: the unique number tells the others, without a look beforehand.
    for attempt in range(CODE_TRIES):
        try:
            return store(campaign, submission_id, answers, arrived_at)
        except IntegrityError:
            # This submission is stored already, or (once in 10^10) the random code was taken.
            if stored := stored_as(submission_id):
                return same_or_refuse(stored, answers)
            if KeptForm.objects.filter(submission_id=submission_id).exists():
                raise ValidationError(KEPT, code="already_sent") from None
            if attempt == CODE_TRIES - 1:
                refuse_moved(campaign, answers, arrived_at)
                raise
    raise AssertionError("unreachable")


def refuse_moved(campaign, answers, arrived_at):
    """Say in words what the database refused because the campaign's days were moved this very moment (R1, R6)."""
    campaign = Campaign.objects.get(pk=campaign.pk)
    refuse_unless_open(campaign, arrived_at)
    refuse_wrong(answers, campaign)


def stored_as(submission_id):
    return Initiative.objects.filter(submission_id=submission_id).select_related("campaign").first()


def new_initiative(campaign, submission_id, answers, arrived_at):
    """Return an initiative with these answers, not stored yet."""
    unit = answers["unit"]
    return Initiative(
        campaign=campaign,
        submission_id=submission_id,
        branch=unit.branch if unit else None,
        consent_version=campaign.consent_version,
        consented_at=arrived_at,
        arrived_at=arrived_at,
        stored_at=clock.now(),
        **{name: answers[name] for name in ANSWERS},
    )


@transaction.atomic
def store(campaign, submission_id, answers, arrived_at):
    keep_consent_text(campaign)
    initiative = new_initiative(campaign, submission_id, answers, arrived_at)
    initiative.derive()
    insert(initiative)
    # The whole content stands in the row; the record keeps its digest, and from then on every change.
    write(initiative, "sent", by_name=AUTHOR, after={"content": content_digest(initiative)}, is_first=True)
    letters_to_authors.send_private_link(initiative)
    return follow_alias(initiative)


def content_digest(initiative):
    """Return the digest of what the author typed; the secret in it keeps anyone from guessing short values."""
    values = {field.attname: getattr(initiative, field.attname) for field in answer_fields()}
    return hashlib.sha256(canonical([initiative.secret, values])).hexdigest()


def answer_fields():
    return [Initiative._meta.get_field(name) for name in ANSWERS]


def holds(stored, answers):
    """Whether these answers are stored; a unit that was typed may have been mapped meanwhile."""
    same = {name for name in ANSWERS if getattr(stored, name) == answers[name]}
    if stored.unit_id and answers["unit"] is None and stored.unit_key == name_key(answers["unit_other"]):
        same |= {"unit", "unit_other"}
    return same == set(ANSWERS)


def same_or_refuse(stored, answers):
    """Return the stored initiative if it holds these answers; otherwise say that this form has been used."""
    if holds(stored, answers):
        return stored
    raise ValidationError(
        f"Phiếu này đã được gửi và có mã {stored.shown_code}. Để sửa, hãy mở trang riêng của sáng kiến đó. "
        "Nếu đây là một sáng kiến khác, hãy bấm gửi lần nữa.",
        code="already_sent",
    )
