"""What a dossier still needs before it can be filed (R12), and what a person should look at all the same."""

from dataclasses import dataclass

from django.urls import reverse

from dossiers.marks import mark_of
from dossiers.summary_table import COLUMNS, table_content
from initiatives.models import Status, practice_error


@dataclass(frozen=True)
class Lack:
    """One thing that a dossier still needs, and the address of the very place where it is mended."""

    code: str
    sentence: str
    link: str


def entries_of(dossier):
    """Return the entries that stand in a dossier, in their order, with their initiatives."""
    return list(dossier.entries.standing().select_related("initiative"))


def missing(dossier):
    """Return what a dossier lacks to be complete (R12): a list of Lack, empty when nothing is missing."""
    entries = entries_of(dossier)
    lacks = []
    if not entries:
        lacks.append(Lack("no_entry", "Chưa có sáng kiến nào trong hồ sơ.", "#sang-kien"))
    if len(entries) > (quota := dossier.plan.quota_of(dossier.union)):
        sentence = f"Hồ sơ có {len(entries)} sáng kiến, chỉ tiêu là {quota}: hãy bỏ bớt."
        lacks.append(Lack("quota_exceeded", sentence, "#sang-kien"))
    lacks += [lack for entry in entries for lack in lacks_of(entry, dossier)]
    for field, sentence in (
        ("letter_number", "Chưa ghi số tờ trình."),
        ("letter_date", "Chưa ghi ngày tờ trình."),
        ("signer", "Chưa ghi người ký tờ trình."),
    ):
        if not getattr(dossier, field):
            lacks.append(Lack(f"no_{field}", sentence, f"#id_{field}"))
    if not dossier.current_letter:
        lacks.append(Lack("no_letter", "Chưa tải lên tờ trình đã ký.", "#id_file"))
    return lacks


def lacks_of(entry, dossier):
    """Yield what one entry of a dossier lacks, or why it cannot stay in it."""
    if why := unfit(entry.initiative, dossier):
        code, words = why
        yield Lack(code, f"Sáng kiến {entry.rank} {words}: hãy bỏ ra.", f"#{entry.anchor}")
        return
    form = reverse("edit_entry", args=[entry.dossier_id, entry.pk])
    for column in COLUMNS:
        if column.field and not getattr(entry, column.field).strip():
            sentence = f"Sáng kiến {entry.rank} còn thiếu: {column.header.lower()}."
            yield Lack("entry_incomplete", sentence, f"{form}#id_{column.field}")
    if entry.initiative.status != Status.ACCEPTED:
        sentence = f"Sáng kiến {entry.rank} đã được tác giả sửa và cần rà soát lại."
        yield Lack("entry_not_accepted", sentence, entry.initiative.get_absolute_url())


def unfit(initiative, dossier):
    """Return (code, words) of what no work on the dossier can mend, or None."""
    if initiative.anonymised_at:
        return "entry_forgotten", "có tác giả mà thông tin cá nhân đã được xóa"
    if not initiative.is_standing:
        return "entry_fallen", "đã bị rút hoặc không đạt"
    if initiative.branch_id != dossier.union_id:
        return "entry_left", f"nay thuộc đơn vị khác, vì tác giả đã sửa đơn vị, nên không còn là của {dossier.union}"
    if practice_error(dossier.plan.campaign, initiative.started_on):
        return "entry_outside_period", "áp dụng ngoài thời gian của chương trình"
    return None


def doubts(entries, letter):
    """Return what a person should look at before filing these entries with this signed letter, as a list of Lack.

    None of it refuses a filing.
    """
    mark = mark_of(table_content(entries))
    if not letter or letter.mark in ("", mark):
        return []
    sentence = (
        f"Bảng tổng hợp đã đổi sau khi tải tờ trình đã ký lên: mã đối chiếu khi đó là {letter.mark}, nay là {mark}. "
        "Nếu mã in trên tờ trình đã ký không phải mã nay thì hãy in lại, ký và tải bản mới."
    )
    return [Lack("letter_older_than_table", sentence, "#id_file")]
