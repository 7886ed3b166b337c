"""Taking up, hearing, concluding: authors are told at the right moment, once, and never who complained (R13)."""

import pytest

from awards.candidates import eligible
from awards.complaints import conclude, hear, take_up
from awards.models import Complaint, Hearing, Kind
from awards.publishing import publish
from awards.selection import choose
from config import clock
from initiatives.changing import withdraw
from initiatives.models import Initiative
from initiatives.timeline import steps_for_staff, timeline_of
from outbox.models import Message
from record.models import Event
from tests.factories import IN_TIME, make_complaint, make_initiative, make_user, make_valid
from tests.lists import make_listed, send_objection
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]

AUTHOR = "tac.gia@example.vn"


@pytest.fixture
def initiative():
    entry = make_valid().entries.get()
    Initiative.objects.update(email=AUTHOR)
    return Initiative.objects.get(pk=entry.initiative_id)


def to_author():
    return list(Message.objects.filter(recipient=AUTHOR).order_by("pk").values_list("kind", flat=True))


def told(initiative):
    return [step.words for step in timeline_of(initiative)][2:]


def end(complaint, state, **values):
    return conclude(complaint, state, "Vì thế.", by=make_user(), **values)


def test_an_author_is_told_when_a_complaint_is_taken_up_and_when_nothing_holds_any_more(initiative):
    complaint = make_complaint(initiative)
    assert to_author() == []

    take_up(complaint, by=make_user())
    assert to_author() == ["considered"]
    end(complaint, "DISMISSED")

    assert to_author() == ["considered", "cleared"]
    assert told(initiative) == [
        "Hội đồng đang xem xét phản ánh liên quan đến sáng kiến; bạn sẽ được trình bày trước khi kết luận",
        "Hội đồng đã xem xét xong: sáng kiến tiếp tục được xét chọn",
    ]


def test_nothing_is_told_about_a_complaint_that_was_never_taken_up(initiative):
    end(make_complaint(initiative), "UNADMITTED")
    end(make_complaint(initiative), "DISMISSED")

    assert to_author() == []
    assert told(initiative) == []


def test_several_complaints_are_one_consideration(initiative):
    first, second, third = (make_complaint(initiative) for _ in range(3))
    take_up(first, by=make_user())
    take_up(first, by=make_user())
    take_up(second, by=make_user())
    end(first, "DISMISSED")
    end(second, "DISMISSED")
    assert to_author() == ["considered"]  # the third one holds the initiative still

    end(third, "UNADMITTED")

    assert to_author() == ["considered", "cleared"]


def test_a_consideration_that_begins_anew_is_told_anew(initiative):
    for _ in range(2):
        end(take_up(make_complaint(initiative), by=make_user()), "DISMISSED")

    assert to_author() == ["considered", "cleared"] * 2


def test_after_an_exclusion_nothing_to_the_contrary_is_told(initiative):
    upheld, other = make_complaint(initiative), make_complaint(initiative)
    take_up(upheld, by=make_user())
    end(upheld, "UPHELD")
    take_up(other, by=make_user())
    end(other, "DISMISSED")

    assert to_author() == ["considered", "excluded"]


def test_who_withdrew_meanwhile_is_not_told_to_be_chosen_from(initiative):
    complaint = take_up(make_complaint(initiative), by=make_user())
    withdraw(initiative, arrived_at=IN_TIME)
    end(complaint, "DISMISSED")

    assert to_author() == ["considered"]


@pytest.mark.parametrize("state", ["DISMISSED", "UPHELD"])
def test_after_the_decisions_no_letter_speaks_of_choosing(initiative, state):
    """The result is published: only an amendment changes it, and tells so by itself."""
    entry = initiative.entries.get()
    choose(entry.plan, entry, Kind.PROVINCE, by=make_user())
    publish(entry.plan, "12/QĐ", clock.today(), by=make_user())
    complaint = make_complaint(Initiative.objects.get(), contact="to.giac@example.vn")
    end(take_up(complaint, by=make_user()), state)

    assert to_author() == ["decided", "considered", "settled"]
    said = [step.words for step in timeline_of(initiative)][-2:]
    told_now = ["considered", "settled", "complaint_received", "complaint_concluded"]
    said += Message.objects.filter(kind__in=told_now).values_list("body", flat=True)
    assert len(said) == 6
    assert not [text for text in said if "chưa được chọn" in text or "xét chọn" in text or "xét tiếp" in text]


def test_two_upheld_complaints_are_one_letter(initiative):
    first, second = make_complaint(initiative), make_complaint(initiative)
    end(first, "UPHELD")
    end(second, "UPHELD")

    assert to_author() == ["excluded"]


def test_no_letter_or_line_names_the_complainant_or_what_was_said(initiative):
    complaint = make_complaint(initiative, complainant="Người Tố Giác", contact="to.giac@example.vn", text="Chép đấy.")
    take_up(complaint, by=make_user())
    hear(complaint, clock.today(), "Lê Làm Chứng", "Tôi thấy chép.", by=make_user())
    end(complaint, "UPHELD", reply="Cảm ơn.")

    words = repr(list(Message.objects.filter(recipient=AUTHOR).values())) + repr(timeline_of(initiative))
    words += repr(steps_for_staff(initiative))
    for secret in ("Tố Giác", "to.giac", "Chép đấy", "Làm Chứng", "thấy chép", "Vì thế", "Cảm ơn", "Quyền tác giả"):
        assert secret not in words


def test_union_staff_see_that_it_is_considered_and_no_complaint(initiative):
    take_up(make_complaint(initiative), by=make_user())

    assert [step.words for step in steps_for_staff(initiative)][-1] == "Hội đồng đang xem xét"


def test_a_complainant_with_an_address_is_told_of_receipt_and_conclusion(initiative):
    complaint = make_complaint(initiative, contact="to.giac@example.vn")
    end(complaint, "DISMISSED", reply="Hội đồng đã đối chiếu sổ sách.")

    letters = Message.objects.filter(recipient="to.giac@example.vn").order_by("pk")
    assert [letter.kind for letter in letters] == ["complaint_received", "complaint_concluded"]
    assert "Hội đồng đã đối chiếu sổ sách." in letters[1].body
    assert "Vì thế." not in letters[1].body
    assert not any(letter.about.startswith(initiative.code) for letter in letters)  # the author reads those


def test_letters_to_complainants_carry_their_link():
    shortlist, entries = make_listed()
    objection = send_objection(shortlist, entries[0])
    end(objection.complaint, "UPHELD")

    assert all(objection.private_path in letter.body for letter in Message.objects.filter(recipient="ly.to@example.vn"))


# Taking up, hearing, not admitting


def test_one_that_is_not_admitted_releases_its_initiative():
    dossier = make_valid()
    complaint = make_complaint(dossier.entries.get().initiative)
    assert not eligible(dossier.plan).exists()

    end(complaint, "UNADMITTED")

    assert eligible(dossier.plan).count() == 1


def test_one_that_was_taken_up_is_decided_and_not_put_aside():
    complaint = take_up(make_complaint(make_initiative()), by=make_user())

    with refused("taken_up"):
        end(complaint, "UNADMITTED")

    assert Complaint.objects.get().state == "OPEN"


def test_hearings_are_written_down_one_after_the_other():
    complaint = take_up(make_complaint(make_initiative()), by=make_user())

    for name in ("Tác giả", "Người phản ánh"):
        hear(complaint, clock.today(), name, "Tôi làm trước.", by=make_user())

    assert [hearing.heard for hearing in Hearing.objects.all()] == ["Tác giả", "Người phản ánh"]
    assert [event.deed for event in Event.objects.of(complaint)] == ["received", "taken_up", "heard", "heard"]


def test_nobody_is_heard_before_taking_up_nor_in_the_future_nor_after_the_conclusion(at):
    complaint = make_complaint(make_initiative())
    tomorrow = at("2021-04-02 08:00").date()
    at("2021-04-01 08:00")

    with refused("not_taken_up"):
        hear(complaint, clock.today(), "Tác giả", "Có.", by=make_user())
    take_up(complaint, by=make_user())
    with refused("date_in_future"):
        hear(complaint, tomorrow, "Tác giả", "Có.", by=make_user())
    end(complaint, "DISMISSED")
    for deed in (lambda: hear(complaint, clock.today(), "T", "C", by=make_user()), lambda: take_up(complaint, by=None)):
        with refused("already_concluded"):
            deed()

    assert not Hearing.objects.exists()


@pytest.mark.parametrize(("length", "codes"), [(1000, []), (1001, ["reply_too_long"])])
def test_a_reply_has_an_end(length, codes):
    complaint = make_complaint(make_initiative())
    if codes:
        with refused(*codes):
            end(complaint, "DISMISSED", reply="a" * length)
    else:
        assert end(complaint, "DISMISSED", reply="a" * length).reply


@pytest.mark.parametrize(("received_on", "is_late"), [("2021-04-16", False), ("2021-04-17", True)])
def test_a_letter_that_comes_after_the_time_for_objections_is_marked_late(received_on, is_late, at):
    _, entries = make_listed(days=15)
    day = at(f"{received_on} 08:00").date()

    assert make_complaint(entries[0].initiative, received_on=day).is_late is is_late
