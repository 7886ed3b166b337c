"""The board's pages of papers and minutes: what is refused keeps what was typed, what is taken away is on record."""

import pytest
from django.urls import reverse

from awards.models import Meeting
from awards.papers_admin import PAPERS
from dossiers.letterhead import profile_of
from dossiers.models import UnionProfile
from record.models import Event
from tests.boards import signed_in
from tests.council import make_chosen_plan, make_closed, make_meeting, make_published_plan
from tests.documents import PROFILE
from tests.factories import make_board, make_national_user, make_plan, make_valid
from tests.pages import says
from tests.scoring import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MEETING = {
    "held_on": "01/04/2021",
    "held_time": "07:30",
    "place": "Hội trường",
    "secretary": "Lý Văn Sơn",
    "quorum": "2",
    "conclusion": "Thống nhất.",
}


def board_of(plan):
    return signed_in(make_board(plan.union))


def address(name, *args):
    return reverse(f"admin:awards_{name}", args=args)


def sent(meeting, *, present=(), votes=(), **values):
    """What the page of a meeting sends."""
    come = {f"member-{member.pk}-is_present": "on" for member in present}
    counts = {f"entry-{entry.pk}-{name}": str(n) for entry, found in dict(votes).items() for name, n in found.items()}
    return MEETING | {"chaired_by": meeting.chaired_by_id, "version": meeting.version} | come | counts | values


def people_of(meeting):
    return [note.member for note in meeting.attendance.select_related("member")]


# Papers


def test_before_publication_papers_are_told_to_be_drafts_and_after_it_final():
    drafted, published = make_chosen_plan(), make_published_plan()
    draft = says(board_of(drafted).get(address("papers", drafted.pk)))
    final = says(board_of(published).get(address("papers", published.pk)))

    assert "văn bản tải về là dự thảo" in draft
    assert "Tải về (dự thảo)" in draft
    assert "Văn bản tải về là bản chính thức" in final
    assert "dự thảo" not in final


def test_nothing_is_offered_where_nothing_was_chosen():
    plan = make_plan()

    assert "formaction" not in board_of(plan).get(address("papers", plan.pk)).content.decode()


def test_the_selection_leads_to_the_papers():
    plan = make_plan()
    page = board_of(plan).get(reverse("admin:awards_selection_change", args=[plan.pk])).content.decode()

    assert address("papers", plan.pk) in page


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_what_is_taken_away_is_on_record_with_who_and_what(paper):
    plan = make_published_plan()
    user = make_board(plan.union)
    answer = signed_in(user).post(address("take_paper", plan.pk, paper.key))

    assert b"".join(answer) if answer.streaming else answer.content
    assert answer["Content-Type"] == paper.content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{paper.key}-')
    event = Event.objects.of(plan).last()
    assert (event.deed, event.by, event.after) == ("paper_taken", user, {"paper": paper.key, "draft": False})
    assert paper.key in says(signed_in(user).get(reverse("admin:awards_selection_history", args=[plan.pk])))


def test_a_draft_is_named_a_draft():
    plan = make_chosen_plan()
    answer = board_of(plan).post(address("take_paper", plan.pk, "quyet-dinh"))

    assert answer["Content-Disposition"].endswith('-du-thao.docx"')


def test_a_paper_that_does_not_exist_is_not_found_and_not_on_record():
    plan = make_chosen_plan()

    assert board_of(plan).post(address("take_paper", plan.pk, "khong-co")).status_code == 404
    assert Event.objects.of(plan).last().deed == "chosen"


def test_one_who_only_looks_on_issues_nothing(monkeypatch):
    plan = make_published_plan()
    issued = []
    monkeypatch.setattr("awards.papers_admin.issue", lambda plan, by: issued.append(by))

    signed_in(make_national_user()).post(address("take_paper", plan.pk, "bang-khen"))
    assert issued == []
    board_of(plan).post(address("take_paper", plan.pk, "bang-khen"))
    assert len(issued) == 1


def test_the_page_costs_the_same_number_of_queries_however_long_its_lists(django_assert_num_queries):
    plans = make_published_plan(1, 1), make_published_plan(3, 1)
    make_closed(plans[0])
    for plan in plans:
        client = board_of(plan)
        client.get(address("papers", plan.pk))
        with django_assert_num_queries(10):
            client.get(address("papers", plan.pk))


def test_the_page_of_a_meeting_costs_the_same_number_of_queries_however_many_came(django_assert_num_queries):
    meetings = [make_meeting(make_chosen_plan(number, 0), members=number) for number in (1, 3)]

    for meeting in meetings:
        client = board_of(meeting.plan)
        client.get(address("meeting", meeting.plan_id, meeting.pk))
        with django_assert_num_queries(19):
            client.get(address("meeting", meeting.plan_id, meeting.pk))


# What papers say


def test_the_letterhead_and_what_is_given_are_kept():
    plan = make_plan()
    client = board_of(plan)
    values = PROFILE | {"signer": "Nguyễn Quang Hải", "certificate": "COMMENDATION", "version": 0, "given": "PRAISE"}
    answer = client.post(address("paper_settings", plan.pk), values)

    assert answer.status_code == 302
    assert UnionProfile.objects.get(union=plan.union).signer == "Nguyễn Quang Hải"
    assert plan.paper_settings.certificate == "COMMENDATION"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"own_line": ""}, "Trường này bắt buộc"),
        ({"version": 7}, "Một người khác vừa thay đổi"),
        ({"given": "COMMENDATION"}, "Một người khác vừa thay đổi"),
        ({"certificate": "MEDAL"}, "MEDAL"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(values, words):
    plan = make_plan()
    base = PROFILE | {"signer": "Nguyễn Quang Hải", "certificate": "COMMENDATION", "version": 0, "given": "PRAISE"}
    answer = board_of(plan).post(address("paper_settings", plan.pk), base | values)

    assert answer.status_code == 422
    assert words in says(answer) or "own_line" in values
    assert 'value="Nguyễn Quang Hải"' in answer.content.decode()
    assert not UnionProfile.objects.exists()
    assert profile_of(plan.union).version == 0


# Minutes


def test_a_meeting_begins_with_what_it_probably_is():
    plan = make_plan()
    chair, _, secretary = make_member(plan, "CHAIR"), make_member(plan), make_member(plan, "SECRETARY")
    client = board_of(plan)
    page = client.get(address("new_meeting", plan.pk))
    answer = client.post(address("new_meeting", plan.pk), MEETING | {"chaired_by": chair.pk})

    assert page.context["form"].initial == {"chaired_by": chair.pk, "secretary": str(secretary), "quorum": 2}
    assert answer.url == address("meeting", plan.pk, Meeting.objects.get().pk)
    assert Meeting.objects.get().attendance.count() == 3


def test_a_council_without_members_is_told_so():
    plan = make_plan()

    assert "Hội đồng chưa có thành viên nào" in says(board_of(plan).get(address("new_meeting", plan.pk)))


@pytest.mark.parametrize(
    "wrong", [{"held_on": "x"}, {"held_time": "25:00"}, {"place": ""}, {"quorum": "0"}, {"chaired_by": "9999"}]
)
def test_a_meeting_that_is_not_in_order_is_refused_with_what_was_typed(wrong):
    plan = make_plan()
    chair = make_member(plan, "CHAIR")
    answer = board_of(plan).post(address("new_meeting", plan.pk), MEETING | {"chaired_by": chair.pk} | wrong)

    assert answer.status_code == 422
    assert "Lý Văn Sơn" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_member_of_another_council_cannot_chair():
    plan = make_plan()
    make_member(plan, "CHAIR")
    stranger = make_member()

    answer = board_of(plan).post(address("new_meeting", plan.pk), MEETING | {"chaired_by": stranger.pk})

    assert answer.status_code == 422


def test_who_came_and_the_votes_are_kept_and_shown():
    plan = make_valid().plan
    entry = plan.entries.get()
    meeting = make_meeting(plan, present=0)
    people, client = people_of(meeting), board_of(plan)
    values = sent(meeting, present=people[:2], votes={entry: {"in_favour": 2}})
    answer = client.post(address("meeting", plan.pk, meeting.pk), values, follow=True)

    assert "Có mặt 2/3, phải có 2: đủ số thành viên" in says(answer)
    assert meeting.votes.get().in_favour == 2
    assert f'name="entry-{entry.pk}-in_favour" value="2"' in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [({"version": 1}, "Một người khác vừa sửa"), ({"held_on": "hôm qua"}, "Hãy ghi ngày như"), ({"v": 4}, "4 phiếu")],
)
def test_minutes_that_are_refused_keep_what_was_typed(values, words):
    plan = make_valid().plan
    meeting = make_meeting(plan)
    votes = {plan.entries.get(): {"in_favour": values.pop("v", 1)}}
    values = sent(meeting, present=people_of(meeting), votes=votes, conclusion="Mới gõ.") | values
    client = board_of(plan)
    answer = client.post(address("meeting", plan.pk, meeting.pk), values)

    assert answer.status_code == 422
    assert words in says(answer)
    assert "Mới gõ." in answer.content.decode()
    assert Meeting.objects.get().conclusion == "Thống nhất danh sách."
    if values["version"] == 1:  # told once, the page as it stands may be sent again
        again = client.post(address("meeting", plan.pk, meeting.pk), values | {"version": meeting.version})
        assert again.status_code == 302


def test_closing_is_refused_from_a_stale_page_and_done_from_a_fresh_one():
    meeting = make_meeting()
    client = board_of(meeting.plan)
    stale = client.post(address("close_meeting", meeting.plan_id, meeting.pk), {"version": "1"})
    closing = address("close_meeting", meeting.plan_id, meeting.pk)
    done = client.post(closing, {"version": meeting.version}, follow=True)

    assert stale.status_code == 422
    assert "Biên bản đã chốt lúc" in says(done)
    assert "Lưu biên bản</button>" not in done.content.decode()


def test_what_was_typed_into_minutes_that_somebody_closed_is_shown():
    meeting = make_meeting()
    values = sent(meeting, conclusion="Mới gõ.")
    client = board_of(meeting.plan)
    client.post(address("close_meeting", meeting.plan_id, meeting.pk), {"version": meeting.version})
    answer = client.post(address("meeting", meeting.plan_id, meeting.pk), values)

    assert answer.status_code == 422
    assert "Mới gõ." in says(answer)


@pytest.mark.parametrize(("text", "status"), [("Sửa tên.", 302), ("", 422), ("ệ" * 1001, 422)])
def test_closed_minutes_are_corrected_by_a_text_of_a_fitting_length(text, status):
    meeting = make_closed()
    client = board_of(meeting.plan)
    answer = client.post(address("correct_meeting", meeting.plan_id, meeting.pk), {"text": text})

    assert answer.status_code == status
    assert meeting.corrections.count() == (status == 302)


def test_a_meeting_of_another_plan_is_not_found_below_this_one():
    meeting, plan = make_meeting(), make_plan()

    assert board_of(plan).get(address("meeting", plan.pk, meeting.pk)).status_code == 404


def test_one_who_only_looks_on_is_shown_no_form():
    meeting = make_meeting()
    page = signed_in(make_national_user()).get(address("meeting", meeting.plan_id, meeting.pk)).content.decode()

    assert "Lưu biên bản</button>" not in page
    assert "Chốt biên bản" not in page
