"""R13: a filed dossier is judged by four conditions, each found apart, with who, when and why."""

import pytest

from awards.candidates import eligible
from awards.complaints import conclude
from awards.findings import find, judge_invalid, judge_valid, return_for_correction, stand_of
from awards.models import ComplaintKind, ComplaintState, Condition, Finding, Kind
from awards.publishing import publish
from awards.selection import choose
from config import clock
from dossiers.filing import file_dossier
from record.models import Event
from tests.factories import IN_TIME, make_board, make_complaint, make_dossier, make_filed, make_user, make_valid
from tests.refusals import refused

pytestmark = pytest.mark.django_db

FOUND_BY_PEOPLE = [Condition.NO_COMPLAINT, Condition.NO_DISPUTE]


def find_all(dossier, **holds):
    for condition in FOUND_BY_PEOPLE:
        find(dossier, condition, holds.get(condition, True), "Đã xem sổ tiếp nhận đơn.", by=make_user())


def test_the_four_conditions_stand_apart_two_computed_and_two_open():
    stand = stand_of(make_filed().last_filing)

    assert [found.condition for found in stand] == list(Condition)
    assert [found.holds for found in stand] == [True, True, None, None]
    assert [found.is_computed for found in stand] == [True, True, False, False]
    assert stand[0].reason == "Nộp lúc 08:00 01/04/2021, hạn: hết ngày 16/04/2021."


def test_a_finding_is_kept_with_who_when_and_why():
    dossier, by = make_filed(), make_board(make_filed().plan.union)

    find(dossier, Condition.NO_COMPLAINT, True, "  Không có đơn nào. ", by=by)

    found = stand_of(dossier.last_filing)[2]
    assert (found.holds, found.reason, found.by) == (True, "Không có đơn nào.", str(by))
    assert found.at <= clock.now()
    event = Event.objects.of(dossier).last()
    assert (event.deed, event.by, event.reason) == ("found", by, "Không có đơn nào.")


def test_a_later_finding_counts_and_the_earlier_one_is_kept():
    dossier = make_filed()
    find(dossier, Condition.NO_DISPUTE, False, "Có đơn.", by=make_user())
    find(dossier, Condition.NO_DISPUTE, True, "Đơn đã rút.", by=make_user())

    assert stand_of(dossier.last_filing)[3].holds is True
    assert Finding.objects.filter(condition=Condition.NO_DISPUTE).count() == 2


def test_a_finding_on_the_first_filing_does_not_count_for_the_second():
    dossier = make_filed()
    find_all(dossier)
    return_for_correction(dossier, "Thiếu dấu.", by=make_user())
    file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)

    assert [found.holds for found in stand_of(dossier.last_filing)] == [True, True, None, None]


@pytest.mark.parametrize("condition", [Condition.ON_TIME, Condition.COMPLETE])
def test_what_the_system_computes_nobody_finds(condition):
    with refused("computed"):
        find(make_filed(), condition, True, "Tôi thấy đạt.", by=make_user())


@pytest.mark.parametrize(
    "deed",
    [
        lambda dossier, reason: find(dossier, Condition.NO_DISPUTE, True, reason, by=make_user()),
        lambda dossier, reason: judge_valid(dossier, reason, by=make_user()),
        lambda dossier, reason: judge_invalid(dossier, reason, by=make_user()),
        lambda dossier, reason: return_for_correction(dossier, reason, by=make_user()),
    ],
)
def test_no_judgement_without_a_reason(deed):
    dossier = make_filed()

    for reason in ("", " ", "…"):
        with refused("reason_missing"):
            deed(dossier, reason)


@pytest.mark.parametrize("length", [999, 1000])
def test_a_reason_of_up_to_1000_characters_is_kept(length):
    assert len(find(make_filed(), Condition.NO_DISPUTE, True, "ệ" * length, by=make_user()).reason) == length


def test_a_reason_of_1001_characters_is_refused():
    with refused("reason_too_long"):
        judge_invalid(make_filed(), "ệ" * 1001, by=make_user())


@pytest.mark.parametrize("condition", FOUND_BY_PEOPLE)
def test_a_dossier_is_not_valid_while_a_finding_is_missing(condition):
    dossier = make_filed()
    find(dossier, condition, True, "Không có.", by=make_user())

    with refused("finding_missing"):
        judge_valid(dossier, "Đủ.", by=make_user())

    dossier.refresh_from_db()
    assert dossier.state == "FILED"


def test_a_valid_dossier_keeps_all_four_findings():
    dossier = make_filed()
    find_all(dossier)

    assert judge_valid(dossier, "Đủ bốn điều kiện.", by=make_user()).state == "VALID"

    kept = Finding.objects.filter(filing=dossier.last_filing)
    assert sorted(kept.values_list("condition", flat=True)) == sorted(Condition.values)
    assert all(kept.values_list("holds", flat=True))
    assert Event.objects.of(dossier).last().deed == "judged_valid"


def test_a_failing_finding_needs_the_complaint_that_holds_one_entry():
    dossier = make_filed(entries=2)
    find_all(dossier, NO_DISPUTE=False)

    with refused("complaint_missing"):
        judge_valid(dossier, "Đủ.", by=make_user())


@pytest.mark.parametrize(
    ("condition", "kind", "fits"),
    [
        (Condition.NO_COMPLAINT, ComplaintKind.CONTENT, True),
        (Condition.NO_COMPLAINT, ComplaintKind.RESULT, True),
        (Condition.NO_COMPLAINT, ComplaintKind.AUTHORSHIP, False),
        (Condition.NO_DISPUTE, ComplaintKind.AUTHORSHIP, True),
        (Condition.NO_DISPUTE, ComplaintKind.CONTENT, False),
    ],
)
def test_a_complaint_explains_only_the_finding_it_is_about(condition, kind, fits):
    dossier = make_filed(entries=2)
    make_complaint(dossier.entries.get(rank=1).initiative, kind=kind)
    find_all(dossier, **{condition.value: False})

    if fits:
        assert judge_valid(dossier, "Chỉ giữ lại một sáng kiến.", by=make_user()).state == "VALID"
    else:
        with refused("complaint_missing"):
            judge_valid(dossier, "Chỉ giữ lại một sáng kiến.", by=make_user())


def test_a_held_entry_does_not_sink_its_neighbours():
    dossier = make_filed(entries=3)
    held = dossier.entries.get(rank=2)
    make_complaint(held.initiative, kind=ComplaintKind.AUTHORSHIP)
    find_all(dossier, NO_DISPUTE=False)

    judge_valid(dossier, "Giữ lại sáng kiến số 2.", by=make_user())

    assert set(eligible(dossier.plan)) == set(dossier.entries.exclude(pk=held.pk))


def test_a_dismissed_complaint_explains_nothing():
    dossier = make_filed()
    complaint = make_complaint(dossier.entries.get().initiative, kind=ComplaintKind.CONTENT)
    conclude(complaint, ComplaintState.DISMISSED, "Không có căn cứ.", by=make_user())
    find_all(dossier, NO_COMPLAINT=False)

    with refused("complaint_missing"):
        judge_valid(dossier, "Đủ.", by=make_user())


def test_an_incomplete_snapshot_is_seen():
    filing = make_filed().last_filing
    filing.content["entries"][0][4] = ""

    assert [found.holds for found in stand_of(filing)][:2] == [True, False]


@pytest.mark.parametrize("deed", [judge_valid, judge_invalid, return_for_correction])
def test_a_dossier_that_was_never_filed_is_not_judged(deed):
    with refused("wrong_state"):
        deed(make_dossier(), "Lý do.", by=make_user())


def test_a_dossier_is_not_judged_valid_twice():
    with refused("wrong_state"):
        judge_valid(make_valid(), "Lần nữa.", by=make_user())


def test_a_dossier_found_invalid_can_still_be_found_valid():
    dossier = make_filed()
    find_all(dossier)
    judge_invalid(dossier, "Thiếu dấu.", by=make_user())

    dossier.refresh_from_db()
    assert (dossier.state, dossier.state_reason) == ("INVALID", "Thiếu dấu.")
    assert judge_valid(dossier, "Đã bổ sung.", by=make_user()).state == "VALID"


@pytest.mark.parametrize("deed", [judge_invalid, return_for_correction])
def test_a_dossier_with_a_chosen_entry_stays_valid(deed):
    dossier = make_valid()
    choose(dossier.plan, dossier.entries.get(), Kind.PROVINCE, by=make_user())

    with refused("chosen"):
        deed(dossier, "Lý do.", by=make_user())


def test_once_published_nothing_is_judged(at):
    dossier = make_valid()
    choose(dossier.plan, dossier.entries.get(), Kind.PROVINCE, by=make_user())
    publish(dossier.plan, "12/QĐ-LĐLĐ", clock.today(), by=make_user())

    for deed in (judge_invalid, return_for_correction):
        with refused("published"):
            deed(dossier, "Lý do.", by=make_user())
    with refused("published"):
        find(dossier, Condition.NO_DISPUTE, True, "Muộn.", by=make_user())
