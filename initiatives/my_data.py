"""Everything that is stored about an initiative and its author, in words, for the author's own page and file (R19)."""

from datetime import date, datetime

from django.db import models
from django.utils.timezone import localtime

from accounts.models import Union
from config.text import dotted
from initiatives.codes import shown
from initiatives.consents import ConsentText
from initiatives.forgetting import letters_to_author
from initiatives.letters_to_authors import LOST_CODE, PRIVATE_LINK
from initiatives.models import Initiative
from initiatives.phones import spoken
from initiatives.timeline import timeline_of
from record.models import Event

# The key of the private page is not told to whoever reads the file; the rest of these says nothing more.
UNTOLD = {"id", "secret", "search_text", "name_key", "consent_version", "consented_at", "anonymised_at"}
# Letters with keys to private pages, perhaps also of others who share the mailbox.
WITH_LINKS = {LOST_CODE, PRIVATE_LINK}
LINKS_UNTOLD = "Thư có đường dẫn riêng; đường dẫn không chép lại ở đây."
SPOKEN = {"phone": spoken, "code": shown}
NAMED = {"submission_id": "số của phiếu gửi", "version": "thay đổi lần thứ"}


def stored_about(initiative):
    """Return {section: {what: text}, or a list of such} of what this app stores; all values are texts."""
    kept = ConsentText.objects.filter(campaign=initiative.campaign, version=initiative.consent_version).first()
    return {
        "Sáng kiến và tác giả": told(initiative, [f for f in Initiative._meta.fields if f.name not in UNTOLD]),
        "Lời đồng ý": {
            "Phiên bản": initiative.consent_version,
            "Đồng ý lúc": said(initiative.consented_at),
            "Nội dung": kept.text if kept else "",
        },
        "Diễn biến": [
            {"Lúc": said(step.at), "Việc": step.words, "Chi tiết": step.detail} for step in timeline_of(initiative)
        ],
        "Những lần sửa": corrections(initiative),
        "Thư gửi tới bạn": [
            {
                "Gửi tới": letter.recipient,
                "Tiêu đề": letter.subject,
                "Nội dung": LINKS_UNTOLD if letter.kind in WITH_LINKS else letter.body,
                "Viết lúc": said(letter.created_at),
                "Gửi lúc": said(letter.sent_at),
            }
            for letter in letters_to_author(initiative).order_by("pk")
        ],
        "Yêu cầu xóa thông tin": [
            {
                "Yêu cầu lúc": said(asked.asked_at),
                "Lý do": asked.reason,
                "Hạn giải quyết": said(asked.due_at),
                "Trạng thái": asked.get_state_display(),
                "Trả lời": asked.answer,
            }
            for asked in initiative.removal_requests.all()
        ],
    }


def told(row, fields):
    """Return what these fields of a row are called and what they hold."""
    return {label_of(field): said(getattr(row, field.name), field) for field in fields}


def label_of(field):
    label = NAMED.get(field.name, str(field.verbose_name))
    return label[:1].upper() + label[1:]


def said(value, field=None):
    """Return a value as people say it; nothing is an empty text."""
    if value is None or value == "":
        return ""
    if field is not None and field.name in SPOKEN:
        return SPOKEN[field.name](value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return f"{localtime(value):%H:%M:%S ngày %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(field, models.BigIntegerField) and not is_union(field):
        return f"{dotted(value)} đồng"
    return str(dict(field.flatchoices).get(value, value)) if field is not None else str(value)


def corrections(initiative):
    """Return what its author changed, each field as it was and as it became."""
    events = list(Event.objects.of(initiative).filter(deed="corrected").select_related("personal"))
    changed = [(event, *change) for event in events for change in changed_fields(event)]
    unions = Union.objects.in_bulk(
        {pk for _, field, *values in changed if is_union(field) for pk in values if pk is not None}
    )

    def read(field, value):
        return said(unions.get(value), field) if is_union(field) else said(field.to_python(value), field)

    return [
        {"Lúc": said(event.at), "Mục": label_of(field), "Trước": read(field, before), "Sau": read(field, after)}
        for event, field, before, after in changed
    ]


def changed_fields(event):
    """Yield (field, before, after) of what an event changed, personal values included."""
    before, after = dict(event.before), dict(event.after)
    if hasattr(event, "personal"):
        before, after = before | event.personal.before, after | event.personal.after
    for name, value in after.items():
        if before.get(name) != value:
            yield Initiative._meta.get_field(name), before.get(name), value


def is_union(field):
    return isinstance(field, models.ForeignKey)
