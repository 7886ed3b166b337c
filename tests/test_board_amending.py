"""The board's pages after publication: amendments and letters, by the board of the plan alone."""

import pytest
from django.urls import reverse

from awards.models import Amendment, Award, Kind
from awards.outcome_letters import of_plan, unsent
from dossiers.models import DossierEntry
from tests.boards import signed_in
from tests.factories import make_board, make_dossier, make_national_user, make_plan
from tests.pages import says
from tests.published import make_decided

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DECISION = {"decision_number": "15/QĐ-LĐLĐ", "decision_date": "01/04/2021", "reason": "Chép của người khác."}


@pytest.fixture
def decided():
    return make_decided(awarded=1, award_limit=2, nomination_limit=1)


@pytest.fixture
def board(decided):
    return signed_in(make_board(decided[0].plan.union))


def address(name, publication, *args):
    return reverse(f"admin:awards_{name}", args=[publication.pk, *args])


def replace(client, decided, number, deed, **values):
    publication, entries = decided
    return client.post(address("replace", publication, entries[number].pk, deed), DECISION | values, follow=True)


def reword(client, decided, **values):
    publication, entries = decided
    form = client.get(address("amend", publication, entries[0].pk)).context["rewording"]
    sent = form.initial | {"reason": "In sai."} | values
    return client.post(address("reword", publication, entries[0].pk), sent, follow=True)


def test_the_page_shows_what_was_published_and_what_may_still_be_given(board, decided):
    publication, entries = decided
    page = board.get(reverse("admin:awards_publication_change", args=[publication.pk]))

    assert [entry.pk for entry in page.context["entries"]] == [entries[0].pk]
    assert {entry.pk for entry in page.context["others"]} == {entries[1].pk, entries[2].pk}
    assert "Chưa có điều chỉnh nào" in says(page)


def test_nothing_more_is_offered_when_every_place_is_taken():
    publication, _ = make_decided(awarded=2, award_limit=2, nomination_limit=1)
    page = signed_in(make_board(publication.plan.union)).get(
        reverse("admin:awards_publication_change", args=[publication.pk])
    )

    assert page.context["others"] == []


def test_the_board_revokes_grants_and_nominates_with_a_decision(board, decided):
    _, entries = decided
    assert "Đã ghi: thu hồi khen thưởng" in says(replace(board, decided, 0, "thu-hoi"))
    replace(board, decided, 1, "bo-sung")
    replace(board, decided, 1, "de-nghi")

    standing = set(Award.objects.standing().values_list("entry", "kind"))
    assert standing == {(entries[1].pk, Kind.PROVINCE), (entries[1].pk, Kind.NATIONAL)}
    assert Amendment.objects.count() == 3


def test_a_refused_amendment_keeps_what_was_typed(board, decided):
    answer = replace(board, decided, 0, "thu-hoi", decision_number="", reason="Lý do dài dòng.")

    assert answer.status_code == 422
    assert "Lý do dài dòng." in answer.content.decode()
    assert not Amendment.objects.exists()


def test_what_was_typed_for_a_deed_that_is_done_already_can_be_copied(board, decided):
    replace(board, decided, 0, "thu-hoi")
    answer = replace(board, decided, 0, "thu-hoi", reason="Viết rất lâu.")

    assert answer.status_code == 422
    assert "Viết rất lâu." in answer.content.decode()
    assert Amendment.objects.count() == 1


def test_words_in_print_are_put_right(board, decided):
    assert reword(board, decided, authors="Nguyễn Thị Ánh").status_code == 200

    assert DossierEntry.objects.get(pk=decided[1][0].pk).authors == "Nguyễn Thị Ánh"


def test_words_that_somebody_else_changed_are_shown_and_can_be_sent_again(board, decided):
    publication, entries = decided
    form = board.get(address("amend", publication, entries[0].pk)).context["rewording"]
    reword(board, decided, authors="Nguyễn Thị Ánh")
    sent = form.initial | {"reason": "In sai.", "title": "Tên khác"}
    answer = board.post(address("reword", publication, entries[0].pk), sent)

    assert answer.status_code == 422
    assert "Một người khác vừa sửa" in says(answer)
    again = {name: answer.context["rewording"][name].value() for name in sent}
    assert again["title"] == "Tên khác"
    assert board.post(address("reword", publication, entries[0].pk), again, follow=True).status_code == 200


def test_letters_are_read_held_back_and_written_anew(board, decided):
    publication, _ = decided
    body = of_plan(publication.plan).first().body.split("\n")[0]
    assert body in says(board.get(address("letters", publication)))

    held = board.post(address("deal_with_letters", publication, "giu-lai"), follow=True)
    assert "Đã giữ lại 1 thư chưa gửi." in says(held)
    assert not unsent(publication.plan).exists()
    assert "1 thư đang chờ gửi" in says(board.post(address("write_letters", publication), follow=True))
    assert "1 thư sẽ đi" in says(board.post(address("deal_with_letters", publication, "gui-ngay"), follow=True))


def pages_and_deeds(decided):
    publication, entries = decided
    change = reverse("admin:awards_publication_change", args=[publication.pk])
    seen = [change, reverse("admin:awards_publication_history", args=[publication.pk]), address("letters", publication)]
    decides = [address("amend", publication, entries[0].pk)]
    deeds = [
        address("replace", publication, entries[0].pk, "thu-hoi"),
        address("reword", publication, entries[0].pk),
        address("deal_with_letters", publication, "giu-lai"),
        address("write_letters", publication),
    ]
    return seen, decides, deeds


def test_another_board_finds_nothing(decided):
    stranger = signed_in(make_board(make_plan().union))
    seen, decides, deeds = pages_and_deeds(decided)

    assert [stranger.get(page).status_code for page in [*seen, *decides]] == [404] * 4
    assert [stranger.post(deed, DECISION).status_code for deed in deeds] == [404] * 4
    assert decided[0].plan.union.name not in says(stranger.get(reverse("admin:awards_publication_changelist")))


def test_national_staff_look_on(decided):
    national = signed_in(make_national_user())
    seen, decides, deeds = pages_and_deeds(decided)

    assert [national.get(page).status_code for page in seen] == [200] * 3
    assert [national.get(page).status_code for page in decides] == [403]
    assert [national.post(deed, DECISION).status_code for deed in deeds] == [403] * 4


def test_an_entry_of_another_plan_and_a_deed_that_is_none_are_not_found(board, decided):
    publication, entries = decided
    foreign = make_decided()[1][0]

    assert board.get(address("amend", publication, foreign.pk)).status_code == 404
    assert board.post(address("replace", publication, entries[0].pk, "xoa"), DECISION).status_code == 404
    assert board.post(address("deal_with_letters", publication, "xoa")).status_code == 404


def test_the_board_reads_whom_an_amendment_was_not_told(board, decided):
    publication, _ = decided
    board.post(address("deal_with_letters", publication, "giu-lai"))

    assert "Thư đang giữ lại" in says(replace(board, decided, 0, "thu-hoi"))
    assert "Thư đã được giữ lại" in says(board.get(address("letters", publication)))


def test_what_a_union_never_filed_is_not_there_to_be_amended(board, decided):
    draft = make_dossier(plan=decided[0].plan, entries=1).entries.get()

    assert board.get(address("amend", decided[0], draft.pk)).status_code == 404
    assert board.post(address("reword", decided[0], draft.pk)).status_code == 404
