"""R19: an author asks to be forgotten, thinks better of it, or is told why not."""

import pytest

from dossiers.forgetting import carry_out
from initiatives.forgetting import ask_removal, mentions, refuse_removal, take_removal_back
from initiatives.removals import RemovalRequest
from record.models import Event
from record.verifying import broken_links
from tests.factories import make_initiative, make_national_user
from tests.refusals import refused
from tests.removals import make_telling

pytestmark = pytest.mark.django_db


def test_asking_twice_is_asking_once():
    initiative = make_initiative()

    assert ask_removal(initiative, "Lý do") == ask_removal(initiative, "Lý do khác")

    request = RemovalRequest.objects.get()
    assert request.reason == "Lý do"
    assert (request.due_at - request.asked_at).total_seconds() == 72 * 3600
    assert [event.deed for event in Event.objects.of(request)] == ["removal_asked"]
    assert list(broken_links()) == []


def test_it_is_overdue_from_the_72nd_hour_on(at):
    request = ask_removal(make_initiative())

    at("2021-04-04 07:59:59")
    assert not request.is_overdue
    assert not RemovalRequest.objects.overdue().exists()
    at("2021-04-04 08:01")
    assert request.is_overdue
    assert RemovalRequest.objects.overdue().get() == request

    take_removal_back(request)
    assert not RemovalRequest.objects.overdue().exists()


def test_a_request_is_answered_once_and_can_be_made_again():
    initiative, by = make_initiative(), make_national_user()
    first = ask_removal(initiative)
    refuse_removal(first, "Đã công bố khen thưởng.", by=by)

    for deed in (take_removal_back, lambda asked: refuse_removal(asked, "Nữa", by=by), lambda r: carry_out(r, by=by)):
        with refused("already_answered"):
            deed(first)
    second = take_removal_back(ask_removal(initiative))
    third = ask_removal(initiative)

    assert [asked.state for asked in (RemovalRequest.objects.get(pk=first.pk), second, third)] == [
        "REFUSED",
        "TAKEN_BACK",
        "OPEN",
    ]


@pytest.mark.parametrize(
    ("reason", "code"), [("", "reason_missing"), (" … ", "reason_missing"), ("a" * 501, "reason_too_long")]
)
def test_nothing_is_refused_without_a_reason_that_fits(reason, code):
    request = ask_removal(make_initiative())

    with refused(code):
        refuse_removal(request, reason, by=make_national_user())


@pytest.mark.parametrize("length", [499, 500])
def test_a_reason_may_be_500_characters_long(length):
    request = ask_removal(make_initiative(), "ệ" * length)

    assert refuse_removal(request, "ệ" * length, by=make_national_user()).answer == "ệ" * length


# Names in texts that stay


@pytest.mark.parametrize(
    ("field", "text", "label"),
    [
        ("title", "Máy của Đinh Riêng Tư", "tên sáng kiến"),
        ("description", "Gọi 0987 654 321 nhé", "mô tả"),
        ("effect", "Thư: RIENG.TU@example.vn", "hiệu quả"),
    ],
)
def test_it_is_noticed_when_a_text_that_stays_names_the_author(field, text, label):
    assert mentions(make_telling(**{field: text})) == [label]


def test_a_text_that_names_nobody_is_not_suspected():
    assert mentions(make_initiative(full_name="An", title="An toàn: đan tay", description="Thành 123 đoạn")) == [
        "tên sáng kiến"
    ]
    assert mentions(make_initiative(full_name="Hoa", title="Đan tay")) == []
