"""A returned dossier says what to mend where it applies; the paper of a filing is noted when it came."""

from datetime import date

import pytest
from django.urls import reverse

from awards.findings import return_for_correction
from awards.paper import note_paper
from dossiers.filing import file_dossier
from dossiers.models import Dossier, PaperCopy, Remark
from record.models import Event
from tests.boards import signed_in
from tests.factories import IN_TIME, make_board, make_filed, make_staff, make_union, make_user
from tests.pages import says, tree
from tests.refusals import refused

pytestmark = pytest.mark.django_db
REASON = "Thiếu dấu và thiếu cách tính."


def judge(dossier, verdict="tra-lai", **values):
    board = signed_in(make_board(dossier.plan.union))
    address = reverse("admin:awards_judge", args=[dossier.pk, verdict])
    return board.post(address, {"reason": REASON, "seen": 1} | values)


def page_of(dossier):
    return tree(signed_in(make_staff(dossier.union)).get(dossier.get_absolute_url()))


def test_what_is_to_be_mended_is_told_at_the_entry_and_at_the_letter():
    dossier = make_filed(entries=2)
    first, second = dossier.entries.standing()

    judge(dossier, **{"letter": "Mờ dấu.", f"entry-{second.pk}": "Chưa nêu cách tính."})

    page = page_of(dossier)
    articles = [page.get_element_by_id(entry.anchor).text_content() for entry in (first, second)]
    assert ["Chưa nêu cách tính." in article for article in articles] == [False, True]
    assert page.text_content().count("Mờ dấu.") == 1
    assert REASON in page.text_content()


def test_remarks_of_an_earlier_return_are_gone_once_the_dossier_was_filed_again():
    dossier = make_filed()
    return_for_correction(dossier, REASON, by=make_user(), remarks=[(dossier.entries.get(), "Chưa nêu cách tính.")])
    file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)

    assert "Chưa nêu cách tính." not in page_of(dossier).text_content()
    return_for_correction(dossier, "Lại thiếu.", by=make_user())
    assert "Chưa nêu cách tính." not in page_of(dossier).text_content()
    assert Remark.objects.count() == 1


@pytest.mark.parametrize(("length", "status"), [(499, 302), (500, 302), (501, 422)])
def test_a_remark_has_a_limit_and_is_kept_when_it_is_refused(length, status):
    dossier = make_filed()

    response = judge(dossier, letter="ệ" * length)

    assert response.status_code == status
    assert Remark.objects.count() == (status == 302)
    if status == 422:
        assert "ệ" * length in response.content.decode()
        assert REASON in response.content.decode()
        assert Dossier.objects.get().state == "FILED"


def test_remarks_that_would_not_be_told_are_refused_and_kept():
    dossier = make_filed()

    response = judge(dossier, "khong-hop-le", letter="Mờ dấu.")

    assert response.status_code == 422
    assert "chỉ gửi đi khi trả lại hồ sơ" in says(response)
    assert "Mờ dấu." in response.content.decode()
    assert Dossier.objects.get().state == "FILED"


# Paper


def note(client, dossier, day):
    return client.post(reverse("admin:awards_paper", args=[dossier.pk, 1]), {"arrived_on": day})


def test_the_board_notes_when_the_paper_came_and_the_union_sees_it():
    dossier = make_filed()
    board = make_board(dossier.plan.union)

    assert note(signed_in(board), dossier, "01/04/2021").status_code == 302

    receipt = signed_in(make_staff(dossier.union)).get(dossier.last_filing.get_absolute_url())
    assert f"đã nhận ngày 01/04/2021 ({board} ghi)" in says(receipt)
    event = Event.objects.of(dossier).last()
    assert (event.deed, event.after) == ("paper_arrived", {"filing": 1, "arrived_on": "2021-04-01"})


def test_a_wrong_day_is_corrected_by_noting_it_again():
    filing = make_filed().last_filing
    wrong, right = (note_paper(filing, date(2021, *day), by=make_user()) for day in ((4, 1), (3, 31)))

    assert filing.paper_copy == right
    assert PaperCopy.objects.filter(pk=wrong.pk).exists()


def test_a_day_to_come_is_refused_and_stays_on_the_page():
    dossier = make_filed()

    with refused("date_in_future"):
        note_paper(dossier.last_filing, date(2021, 4, 2), by=make_user())
    response = note(signed_in(make_board(dossier.plan.union)), dossier, "02/04/2021")

    assert response.status_code == 422
    assert "chưa tới" in says(response)
    assert "02/04/2021" in response.content.decode()


def test_only_the_board_of_the_dossier_notes_its_paper():
    dossier = make_filed()

    for user in (make_staff(dossier.union), make_board(make_union().parent)):
        assert note(signed_in(user), dossier, "01/04/2021").status_code in (302, 404)
    assert not PaperCopy.objects.exists()
