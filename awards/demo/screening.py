"""What the unions screened by the morning of 1 April: most of Thái Nguyên's, a little elsewhere, the newest never."""

from accounts.models import Union
from accounts.reference import LOCAL_PROVINCE
from awards.demo.accounts import staff_of
from awards.demo.places import WEIGHTS
from awards.demo.times import THIS_MORNING, clock_at, next_working_hour
from initiatives.models import Initiative
from initiatives.screening import accept, reject

LOCAL_SCREENED, LOCAL_REJECTED = 0.7, 0.1
ELSEWHERE_ACCEPTED = 0.15
# What a union finds out when it asks at the workplace; each may be true of any text.
REASONS = [
    "Qua xác minh, cách làm này đơn vị đã áp dụng từ năm 2020, nay chỉ mở rộng, nên không thuộc thời gian từ tháng 2 "
    "đến tháng 5/2021 của chương trình.",
    "Qua xác minh với nơi làm việc, sáng kiến mới ở mức đề xuất và làm thử, chưa được áp dụng vào thực tế.",
    "Nội dung là nhiệm vụ thường xuyên theo vị trí việc làm, chưa thể hiện điểm mới so với quy trình đang có.",
    "Mô tả còn chung, chưa nêu cách làm cũ, cách làm mới và ai đang áp dụng. Đề nghị bổ sung rồi gửi lại trước ngày "
    "20/4/2021.",
    "Trùng với sáng kiến của một tác giả khác cùng tổ đã gửi trước. Đề nghị gửi chung và ghi tên đồng tác giả.",
    "Sáng kiến đã được công nhận và khen thưởng trong phong trào thi đua năm 2020.",
    "Hiệu quả nêu trong phiếu chưa có xác nhận của đơn vị. Đề nghị bổ sung số liệu, sau đó gửi lại.",
]


def screen_all(campaign, rng):
    screen_locally(campaign, rng)
    screen_elsewhere(campaign, rng)


def screen_locally(campaign, rng):
    """Thái Nguyên: each union has screened its oldest 70 %, and rejected a tenth of all."""
    reasons = iter(REASONS * 10)
    for union in Union.objects.filter(parent__code=LOCAL_PROVINCE).order_by("code"):
        waiting = list(oldest_first(campaign.initiatives.under(union)))
        screened = waiting[: round(len(waiting) * LOCAL_SCREENED)]
        rejected = set(rng.sample(range(len(screened)), round(len(waiting) * LOCAL_REJECTED)))
        by = staff_of(union, rng) if screened else None
        for number, initiative in enumerate(screened):
            decide(initiative, next(reasons) if number in rejected else "", by, rng)


def screen_elsewhere(campaign, rng):
    """Some large provinces have begun, with their oldest."""
    for code in WEIGHTS:
        top = Union.objects.get(code=code)
        waiting = list(oldest_first(Initiative.objects.filter(campaign=campaign, top=top)))
        by = staff_of(top, rng)
        for initiative in waiting[: round(len(waiting) * ELSEWHERE_ACCEPTED)]:
            decide(initiative, "", by, rng)


def oldest_first(initiatives):
    return initiatives.waiting().order_by("arrived_at")


def decide(initiative, reason, by, rng):
    """Reject with a reason, accept without one, on the working day after it arrived; not yet if that is to come."""
    decided_at = next_working_hour(initiative.arrived_at, rng)
    if decided_at >= THIS_MORNING:
        return
    with clock_at(decided_at):
        if reason:
            reject(initiative, reason, by=by, version=initiative.version)
        else:
            accept(initiative, by=by, version=initiative.version)
