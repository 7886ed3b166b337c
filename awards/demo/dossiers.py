"""Four dossiers of plan 71 on the morning of 1 April: judged valid, returned, filed, and one still a draft."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from accounts.models import Union
from awards.complaints import conclude, receive
from awards.demo.accounts import staff_of
from awards.demo.letters import scanned_letter
from awards.demo.people import OLDEST_WOMAN, YOUNGEST
from awards.demo.times import at, clock_at
from awards.findings import find, judge_valid, return_for_correction
from awards.models import Complaint, ComplaintKind, ComplaintState, Condition
from dossiers.editing import SUMMARY, describe_entry, describe_letter
from dossiers.filing import file_dossier
from dossiers.letters import upload_letter
from dossiers.quota import open_dossier, put_forward
from initiatives.models import Initiative

# Screening comes on the next working day; four days later it has happened also across a weekend.
SCREENED_AFTER = timedelta(days=4)


@dataclass(frozen=True)
class Plot:
    """How one union prepares its dossier."""

    code: str
    entries: int
    opened_at: datetime
    letter_number: str
    letter_date: date
    signer: str


SONG_CONG = Plot("TN02", 3, at(3, 30, 8, 40), "09/TTr-LĐLĐ", date(2021, 3, 30), "Hoàng Đình Kiên")
PHU_LUONG = Plot("TN05", 3, at(3, 30, 8, 10), "07/TTr-LĐLĐ", date(2021, 3, 30), "Ma Thị Hạnh")
PHO_YEN = Plot("TN03", 2, at(3, 31, 8, 30), "15/TTr-LĐLĐ", date(2021, 3, 31), "Phùng Mạnh Toàn")
SAMSUNG = Plot("TN41", 6, at(3, 31, 15, 20), "", date(2021, 3, 31), "")


def make_dossiers(plan, board, rng):
    """Tell the four plots, as deeds of the unions' staff and of `board`, a member of the board."""
    song_cong = file(prepare(plan, SONG_CONG, rng), SONG_CONG, rng, filed_at=at(3, 30, 16, 25))
    phu_luong = file(prepare(plan, PHU_LUONG, rng), PHU_LUONG, rng, filed_at=at(3, 30, 15, 15))
    dismiss_a_complaint(song_cong, board)
    judge(song_cong, board)
    give_back(phu_luong, board)
    file(prepare(plan, PHO_YEN, rng), PHO_YEN, rng, filed_at=at(3, 31, 16, 45))
    prepare(plan, SAMSUNG, rng)


def prepare(plan, plot, rng):
    """Open a union's dossier and put its first initiatives forward, some minutes apart."""
    union = Union.objects.by_code(plot.code).get()
    by = staff_of(union, rng)
    with clock_at(plot.opened_at):
        dossier = open_dossier(plan, union, by=by)
    for number, initiative in enumerate(choice_of(plan, union, plot), start=1):
        with clock_at(plot.opened_at + timedelta(minutes=7 * number)):
            put_forward(dossier, initiative, by=by)
    return dossier


def choice_of(plan, union, plot):
    """Return the accepted initiatives of a union that bring most."""
    screened = Initiative.objects.filter(campaign=plan.campaign, arrived_at__lt=plot.opened_at - SCREENED_AFTER)
    return screened.under(union).accepted().order_by(F("benefit").desc(nulls_last=True), "arrived_at")[: plot.entries]


def file(dossier, plot, rng, *, filed_at):
    """Complete, sign, scan and file a dossier; the letter is scanned twenty minutes before."""
    by = staff_of(dossier.union, rng)
    with clock_at(filed_at - timedelta(minutes=50)):
        complete_birth_years(dossier, by, rng)
    dossier.refresh_from_db()
    details = {"letter_number": plot.letter_number, "letter_date": plot.letter_date, "signer": plot.signer}
    with clock_at(filed_at - timedelta(minutes=20)):
        dossier = describe_letter(dossier, details, by=by, version=dossier.version)
        titles = list(dossier.entries.standing().values_list("title", flat=True))
        upload_letter(dossier, scanned_letter(dossier, titles), by=by)
    with clock_at(filed_at):
        file_dossier(dossier, by=by, arrived_at=filed_at)
    return dossier


def complete_birth_years(dossier, by, rng):
    """Fill in the years of birth that the table asks and the form did not: the union knows its people."""
    for entry in dossier.entries.standing():
        years = entry.birth_years.split() + [
            str(rng.randint(OLDEST_WOMAN, YOUNGEST)) for _ in entry.authors.splitlines()
        ]
        texts = {name: getattr(entry, name) for name in SUMMARY}
        texts["birth_years"] = ", ".join(years[: len(entry.authors.splitlines())])
        dossier.refresh_from_db()
        describe_entry(entry, texts, by=by, version=dossier.version)


def dismiss_a_complaint(dossier, board):
    """One complaint came in about the dossier's last entry, and was found groundless."""
    complaint = Complaint(
        initiative=dossier.entries.standing().last().initiative,
        kind=ComplaintKind.CONTENT,
        text="Tôi làm cùng tổ và thấy số liệu hiệu quả ghi trong phiếu cao hơn thực tế. Đề nghị kiểm tra lại.",
        complainant="Chu Văn Lực",
        contact="Gửi qua tổ công đoàn, đề nghị không nêu tên",
        received_on=date(2021, 3, 31),
    )
    with clock_at(at(3, 31, 8, 20)):
        receive(complaint, by=board)
    outcome = "Đã xem sổ theo dõi của đơn vị trong tháng 3/2021: số liệu trong phiếu khớp với sổ. Đơn không có căn cứ."
    with clock_at(at(3, 31, 14, 30)):
        conclude(complaint, ComplaintState.DISMISSED, outcome, by=board)


def judge(dossier, board):
    """Find the dossier valid, condition by condition (R13)."""
    with clock_at(at(3, 31, 15, 0)):
        find(dossier, Condition.NO_COMPLAINT, True, "Có một đơn về nội dung, đã kết luận không có căn cứ.", by=board)
        find(dossier, Condition.NO_DISPUTE, True, "Đến ngày xét không nhận được đơn nào.", by=board)
    with clock_at(at(3, 31, 15, 20)):
        judge_valid(dossier, "Hồ sơ nộp đúng hạn, đủ văn bản; không còn đơn đang xem xét.", by=board)


def give_back(dossier, board):
    reason = (
        "Tờ trình đã quét bị mờ phần dấu và chữ ký, phần hiệu quả của sáng kiến thứ 2 chưa nêu cách tính giá trị làm "
        "lợi. Đề nghị bổ sung và nộp lại trước hết ngày 16/4/2021."
    )
    with clock_at(at(3, 31, 10, 45)):
        return_for_correction(dossier, reason, by=board)
