"""An initiative's record in plain words: for its author, who is not told who decided, and for staff, who are."""

from dataclasses import dataclass
from datetime import datetime

from config.prepared import Prepared
from initiatives.models import Initiative
from record.models import Event

# A deed that is not here is not shown to the author. Outcomes reach this record only when they are published (R17).
WORDS = {
    "sent": "Đã nhận sáng kiến của bạn",
    "imported": "Đã nhận sáng kiến của bạn từ phiếu giấy",
    "corrected": "Bạn đã sửa nội dung",
    "withdrawn": "Bạn đã rút sáng kiến",
    "accepted": "Công đoàn đã rà soát: sáng kiến đạt yêu cầu",
    "rejected": "Công đoàn đã rà soát: sáng kiến chưa đạt yêu cầu",
    "screening_undone": "Công đoàn đã lấy lại kết quả rà soát, sáng kiến sẽ được rà soát lại",
    "unit_mapped": "Công đoàn đã ghép tên đơn vị",
    "unit_moved": "Công đoàn đã chuyển sang đúng đơn vị",
    "shortlisted": "Có trong danh sách lấy ý kiến trước khi xét chọn",
    "unlisted": "Danh sách lấy ý kiến được đính chính: sáng kiến không còn trong danh sách",
    "considered": "Hội đồng đang xem xét phản ánh liên quan đến sáng kiến; bạn sẽ được trình bày trước khi kết luận",
    "cleared": "Hội đồng đã xem xét xong: sáng kiến tiếp tục được xét chọn",
    "excluded": "Hội đồng đã xem xét xong: sáng kiến không còn trong danh sách xét chọn",
    "settled": "Hội đồng đã xem xét xong phản ánh; kết quả đã công bố chỉ thay đổi khi có quyết định điều chỉnh",
    "awarded": "Được khen thưởng cấp tỉnh, ngành",
    "nominated": "Được đề nghị Tổng Liên đoàn biểu dương",
    "not_chosen": "Đã được xét, lần này chưa được chọn khen thưởng",
    "award_revoked": "Thu hồi khen thưởng",
    "nomination_revoked": "Rút đề nghị Tổng Liên đoàn biểu dương",
    "reworded": "Đính chính thông tin đã công bố",
    "honoured": "Được Tổng Liên đoàn biểu dương toàn quốc",
    "honour_corrected": "Tổng Liên đoàn đính chính: không còn trong danh sách biểu dương toàn quốc",
}
# Where the words are about a decision, its number and date follow.
DECIDED = {
    "awarded",
    "nominated",
    "not_chosen",
    "award_revoked",
    "nomination_revoked",
    "reworded",
    "honoured",
    "honour_corrected",
}


# Complaints are the board's affair: staff see only that an initiative is being considered, as everybody does.
STAFF_WORDS = {
    "sent": "Tác giả gửi",
    "imported": "Công đoàn gửi thay từ phiếu giấy",
    "corrected": "Tác giả sửa",
    "withdrawn": "Tác giả rút",
    "accepted": "Chấp nhận",
    "rejected": "Không đạt",
    "screening_undone": "Lấy lại kết quả rà soát",
    "unit_mapped": "Ghép tên đơn vị",
    "unit_moved": "Chuyển đơn vị",
    "shortlisted": "Có trong danh sách lấy ý kiến",
    "unlisted": "Không còn trong danh sách lấy ý kiến",
    "considered": "Hội đồng đang xem xét",
    "cleared": "Hội đồng đã xem xét xong: được xét chọn tiếp",
    "excluded": "Hội đồng đã xem xét xong: không còn trong danh sách xét chọn",
    "settled": "Hội đồng đã xem xét xong",
    "awarded": "Được khen thưởng",
    "nominated": "Được đề nghị biểu dương",
    "not_chosen": "Không được chọn",
    "award_revoked": "Thu hồi khen thưởng",
    "nomination_revoked": "Rút đề nghị biểu dương",
    "reworded": "Đính chính thông tin đã công bố",
    "honoured": "Được biểu dương toàn quốc",
    "honour_corrected": "Đính chính: không còn được biểu dương toàn quốc",
    "anonymised": "Xóa thông tin cá nhân",
}


# Asked whenever an author looks.
events_of = Prepared(lambda kind, key: Event.objects.of_row(kind, key))


@dataclass(frozen=True)
class Step:
    """One line of the timeline."""

    at: datetime
    words: str
    detail: str
    is_outcome: bool
    by: str = ""
    changed: tuple = ()


def timeline_of(initiative):
    """Return the Steps of an initiative, oldest first."""
    return [
        Step(at=event.at, words=WORDS[event.deed], detail=detail_of(event), is_outcome=event.deed in DECIDED)
        for event in events_of("initiative", initiative.pk)
        if event.deed in WORDS
    ]


def detail_of(event):
    """Return what the author has to know beside the words of a step: the reason, or what follows from it."""
    if event.deed in {"rejected", "screening_undone"}:
        return f"Lý do: {event.reason}"
    if event.deed == "imported":
        return f"{event.after['union']} đã gửi thay bạn."
    if event.deed == "corrected" and event.before.get("status") != event.after.get("status"):
        return "Công đoàn sẽ rà soát lại."
    return event.reason


def outcomes_of(initiative):
    """Return the Steps that tell what was decided and published."""
    return [step for step in timeline_of(initiative) if step.is_outcome]


def steps_for_staff(initiative):
    """Return the Steps with who did them and which fields they changed, oldest first."""
    return [
        Step(
            at=event.at,
            words=STAFF_WORDS[event.deed],
            detail=event.reason,
            is_outcome=event.deed in DECIDED,
            by=event.by_name,
            changed=tuple(changed_in(event)) if event.deed == "corrected" else (),
        )
        for event in Event.objects.of(initiative)
        if event.deed in STAFF_WORDS
    ]


def changed_in(event):
    """Yield what the fields are called that an event changed; a correction also notes a status that stayed."""
    return (label_of(name) for name, value in event.after.items() if event.before.get(name) != value)


def label_of(name):
    return str(Initiative._meta.get_field(name).verbose_name)
