"""The council's papers as Word reads them: the list that was chosen, what people typed literal, drafts marked."""

import io

import pytest
from django.conf import settings
from django.urls import reverse
from docx import Document
from docx.shared import Mm
from openpyxl import load_workbook

from awards import council_papers
from awards.listing import lines_of, shown_mark
from awards.meetings import correct_minutes
from awards.models import Kind, Meeting
from awards.publishing import chosen_entries
from awards.selection import choose, take_back
from dossiers.documents.make_council_papers import MAKERS
from dossiers.letter_templates import lay_down
from dossiers.models import PaperKind
from dossiers.paper_forms import FORMS
from tests.council import make_chosen_plan, make_closed, make_meeting, make_published_plan
from tests.documents import a_docx, part_of, texts_of
from tests.factories import make_board, make_national_user, make_user
from tests.scoring import give, lay_down_simple, make_marked, make_seat

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOSTILE = "{{7*7}} {% for x in y %}{_{ 7 }_} <w:p/> & ]]> </w:t> &amp; {{r a}} {#x#} _x000D_ #let x = 1 $a$ *b* @c"
COUNCIL = [PaperKind.MINUTES, PaperKind.DECISION, PaperKind.NOMINATION]


def decision_of(plan):
    return texts_of(council_papers.decision(plan, make_board(plan.union))[0])


def nomination_of(plan):
    return texts_of(council_papers.nomination(plan, make_board(plan.union))[0])


def minutes_of(meeting):
    meeting = Meeting.objects.select_related("chaired_by", "plan__union").get(pk=meeting.pk)
    return texts_of(council_papers.minutes(meeting, make_board(meeting.plan.union))[0])


def rows_of(content, table):
    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(content)).tables[table].rows]


def said(texts, *words):
    """Whether one line has all these words."""
    return any(all(word in text for word in words) for text in texts)


def test_a_decision_has_its_articles_and_an_annex_with_everybody():
    plan = make_chosen_plan(3, 1, authors=["Lò Văn Ếng"])
    content, name = council_papers.decision(plan, make_board(plan.union))
    texts = texts_of(content)

    assert name == "quyet-dinh"
    for words in (
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Căn cứ Kế hoạch số 71/LĐLĐ ngày 05 tháng 3 năm 2021"],
        ["Điều 1. Tặng Bằng khen", "03 sáng kiến"], ["Điều 3."], ["Nơi nhận:"], ["TM. BAN THƯỜNG VỤ"], ["PHỤ LỤC"],
    ):  # fmt: skip
        assert said(texts, *words), words
    rows = rows_of(content, 2)
    assert rows[0] == ["STT", "Tác giả", "Chức vụ, đơn vị công tác", "Tên sáng kiến", "Công đoàn đề nghị"]
    assert [row[1] for row in rows[1:]] == ["Lò Văn Ếng", "Nguyễn Thị Hoà 2", "Nguyễn Thị Hoà 3"]


def test_a_request_names_those_nominated_only_and_to_whom_it_goes():
    plan = make_published_plan(3, 1)
    texts = nomination_of(plan)

    assert said(texts, "Kính gửi: Tổng Liên đoàn")
    assert said(texts, "biểu dương 01 sáng kiến")
    assert said(texts, "Sáng kiến số 01")
    assert not said(texts, "Sáng kiến số 02")
    assert said(texts, "Căn cứ Quyết định số 112/QĐ-LĐLĐ ngày 01 tháng 4 năm 2021")


def test_minutes_tell_who_came_the_quorum_the_votes_and_the_conclusion():
    plan = make_chosen_plan(2, 1)
    entry = plan.entries.get(rank=2)
    texts = minutes_of(make_meeting(plan, members=3, present=2, votes={entry: (1, 1, 0)}, quorum=2))

    assert said(texts, "Hội đồng có 03 thành viên, có mặt 02. Số phải có mặt để họp: 02", "họp đủ số")
    assert said(texts, "08 giờ 00, ngày 01 tháng 4 năm 2021")
    assert "1 tán thành, 1 không tán thành, 0 không có ý kiến" in texts
    assert "Thống nhất danh sách." in texts
    assert said(texts, "02 sáng kiến đề nghị khen thưởng, trong đó 01")


def test_minutes_say_when_the_quorum_was_not_reached():
    assert said(minutes_of(make_meeting(members=3, present=1, quorum=2)), "Cuộc họp không đủ số thành viên")


def test_minutes_tell_points_rank_and_ties_where_the_council_marked():
    plan = make_chosen_plan(2, 0)
    lay_down_simple(plan)
    first, second = make_seat(plan), make_seat(plan)
    for entry in plan.entries.all():
        give(entry, first, 50, 30)
        give(entry, second, 50, 35)
    texts = minutes_of(make_meeting(plan))

    assert texts.count("82,50\nHạng 1") == 2
    assert said(texts, "- Sáng kiến số 01: Đồng hạng 1, 82,50 điểm")


def test_minutes_tell_why_somebody_was_chosen_whose_rank_alone_gave_no_place():
    plan, entries = make_marked(90, 80, 80, 70, limit=3)
    by = make_user()
    for entry in entries[:2]:
        choose(plan, entry, Kind.PROVINCE, reason="Lan tỏa rộng hơn.", by=by)
    choose(plan, entries[3], Kind.PROVINCE, reason="Vùng cao.", by=by)
    texts = minutes_of(make_meeting(plan))

    assert said(texts, "Đồng hạng 2, 80,00 điểm")
    assert said(texts, "Hạng 4, 70,00 điểm. Lý do chọn: Vùng cao.")
    assert "Hạng 1, 90,00 điểm" not in str(texts)


def test_minutes_tell_the_reason_of_a_tie_across_the_line():
    plan, entries = make_marked(90, 80, 80, limit=2)
    choose(plan, entries[1], Kind.PROVINCE, reason="Lan tỏa rộng hơn.", by=make_user())

    assert said(minutes_of(make_meeting(plan)), "Đồng hạng 2, 80,00 điểm. Lý do chọn: Lan tỏa rộng hơn.")


def test_closed_minutes_print_the_list_as_it_was_and_their_corrections():
    plan = make_chosen_plan(2, 0)
    meeting = make_closed(plan)
    take_back(plan, plan.entries.get(rank=2), Kind.PROVINCE, "Chọn nhầm.", by=make_user())
    correct_minutes(meeting, "Ông A dự họp đến 10 giờ.", by=make_user())
    texts = minutes_of(meeting)

    assert "Sáng kiến số 02" in texts
    assert said(texts, "Đính chính ngày 01/04/2021", "Ông A dự họp đến 10 giờ.")
    assert not said(texts, "DỰ THẢO")
    assert not said(decision_of(plan), "Sáng kiến số 02")


@pytest.mark.parametrize("paper", [decision_of, nomination_of])
def test_papers_are_drafts_with_their_date_until_publication(paper):
    assert said(paper(make_chosen_plan()), "DỰ THẢO, lập lúc 08:00 ngày 01/04/2021")


@pytest.mark.parametrize("paper", [decision_of, nomination_of])
def test_published_papers_are_none(paper):
    assert not said(paper(make_published_plan()), "DỰ THẢO")


def test_papers_carry_the_mark_of_the_list_which_changes_with_it():
    plan = make_chosen_plan(2, 0)
    before = shown_mark(chosen_entries([plan]))
    in_papers = [said(decision_of(plan), before), said(minutes_of(make_meeting(plan)), before)]
    take_back(plan, plan.entries.get(rank=2), Kind.PROVINCE, "Chọn nhầm.", by=make_user())

    assert in_papers == [True, True]
    assert len(before) == 19
    assert shown_mark([line.entry for line in lines_of(plan, make_board(plan.union))]) != before
    assert not said(decision_of(plan), before)


def test_shares_stay_out_of_the_papers():
    plan = make_chosen_plan(1, 0, authors=["Đỗ Thị Mai – 60%\nTrần Văn Bình – 40%"])

    assert "Đỗ Thị Mai\nTrần Văn Bình" in decision_of(plan)


@pytest.mark.parametrize("paper", [decision_of, nomination_of])
def test_what_people_typed_is_literal(paper):
    texts = paper(make_chosen_plan(1, 1, titles=[HOSTILE[:300]], authors=["<b>Lò</b> & {{ 7*7 }}\x0b\x07"]))

    assert HOSTILE[:300] in texts
    assert "<b>Lò</b> & {{ 7*7 }}" in texts


def test_what_people_typed_into_the_minutes_is_literal():
    meeting = make_meeting(make_chosen_plan(1, 0), place=HOSTILE[:200], secretary=HOSTILE[:100], conclusion=HOSTILE)
    texts = minutes_of(meeting)

    assert HOSTILE in texts
    assert said(texts, f"Thư ký: {HOSTILE[:100]}.")


@pytest.mark.parametrize("kind", COUNCIL)
def test_the_papers_are_a4_in_the_font_of_the_decree(kind):
    document = Document(FORMS[kind].shipped)

    sizes = {(round(s.page_width / Mm(1)), round(s.page_height / Mm(1))) for s in document.sections}
    assert sizes == {(210, 297)}
    assert set(document.styles["Normal"].element.rPr.rFonts.attrib.values()) == {"Times New Roman"}


@pytest.mark.parametrize("kind", COUNCIL)
def test_the_shipped_form_is_what_its_script_makes(kind):
    fresh = io.BytesIO()
    MAKERS[FORMS[kind].file_name]().save(fresh)

    for part in ("word/document.xml", "word/styles.xml", "docProps/core.xml", "word/header1.xml"):
        assert part_of(FORMS[kind].shipped.read_bytes(), part) == part_of(fresh.getvalue(), part)


@pytest.mark.parametrize("kind", COUNCIL)
def test_every_name_that_is_told_is_given_and_the_other_way_round(kind, monkeypatch):
    filled = {}
    monkeypatch.setattr(council_papers, "filled_in", lambda plan, kind, values: filled.update({kind: values}))
    plan = make_chosen_plan(1, 1)
    meeting = make_meeting(plan, present=2, votes={plan.entries.get(): (1, 0, 0)})
    make = {
        PaperKind.MINUTES: lambda: council_papers.minutes(meeting, make_board(meeting.plan.union)),
        PaperKind.DECISION: lambda: council_papers.decision(plan, make_board(plan.union)),
        PaperKind.NOMINATION: lambda: council_papers.nomination(plan, make_board(plan.union)),
    }
    make[kind]()

    assert set(filled[kind]) == set(FORMS[kind].variables)
    for name, parts in FORMS[kind].lists.items():
        assert all(set(entry) == set(parts) for entry in filled[kind][name]), name


def test_a_board_replaces_one_paper_and_no_other():
    plan = make_chosen_plan()
    lay_down(plan, a_docx("QĐ riêng: {{ so_sang_kien }}"), by=make_user(), kind=PaperKind.DECISION)

    assert decision_of(plan) == ["QĐ riêng: 02"]
    assert said(nomination_of(plan), "TỜ TRÌNH")


def test_the_guide_tells_of_every_paper():
    guide = (settings.BASE_DIR / "docs" / "huong-dan" / "van-ban-hoi-dong.md").read_text()

    assert all(f"**{kind.label}**" in guide for kind in COUNCIL)


def test_no_paper_tells_marks_to_who_may_not_see_them_yet():
    plan, entries = make_marked(95, 90)
    choose(plan, entries[0], Kind.PROVINCE, by=make_user())
    meeting = make_closed(plan)
    late, national, board = make_seat(plan).user, make_national_user(), make_board(plan.union)

    def told(user):
        minutes, _ = council_papers.minutes(meeting, user)
        return [line.points for line in lines_of(plan, user)], "95,00" in str(texts_of(minutes))

    assert told(late) == told(national) == ([""], False)
    assert told(board) == (["95,00"], True)


def test_a_paper_taken_by_a_member_who_has_still_to_mark_tells_no_marks(client):
    plan, entries = make_marked(95, 90)
    choose(plan, entries[0], Kind.PROVINCE, by=make_user())
    client.force_login(make_seat(plan).user)

    answer = client.post(reverse("admin:awards_take_paper", args=[plan.pk, "danh-sach-khen-thuong"]))

    cells = [cell.value for row in load_workbook(io.BytesIO(answer.content)).active.rows for cell in row]
    assert entries[0].title in cells
    assert "Điểm" not in cells
