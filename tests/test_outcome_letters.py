"""Authors who gave an address are told what screening found: once, plainly, after a while in which it can be undone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from initiatives.changing import correct
from initiatives.forgetting import letters_to_author
from initiatives.limits import OUTCOME_WAITS
from initiatives.models import Initiative
from initiatives.screening import ACCEPT, REJECT, accept, reject, screen_many, undo_screening
from initiatives.sending import ANSWERS
from outbox.models import Message
from outbox.sending import send_due
from tests.factories import IN_TIME, make_initiative, make_staff, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOA = "hoa@example.vn"


@pytest.fixture
def initiative():
    return make_initiative(email=HOA, title="Gá hàn <ống>")


def outcomes():
    """Return the letters about outcomes, the first line that tells it and its reason."""
    return [(m.recipient, "chưa đạt" not in m.body) for m in Message.objects.filter(kind="screened").order_by("pk")]


def pass_time():
    Message.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    send_due()


def do(verb, initiative, *reason):
    initiative.refresh_from_db()
    return verb(initiative, *reason, by=make_user(), version=initiative.version)


def test_the_letter_says_what_was_found_and_what_follows(initiative, settings):
    settings.SITE_URL = "https://sangkien.example.vn"
    do(reject, initiative, "Chưa nêu được hiệu quả.")

    pass_time()

    letter = mail.outbox[-1]
    assert (letter.to, letter.subject) == ([HOA], f"Kết quả rà soát sáng kiến {initiative.shown_code}")
    for words in [
        "Chào bạn Nguyễn Thị Hoà,", "chưa đạt yêu cầu", "Lý do: Chưa nêu được hiệu quả.", "Sáng kiến: Gá hàn <ống>",
        f"https://sangkien.example.vn{initiative.private_path}", "hết ngày 20/04/2021", "0900.000.000",
    ]:  # fmt: skip
        assert words in letter.body, words


def test_acceptance_is_told_in_words_of_its_own(initiative):
    do(accept, initiative)

    assert outcomes() == [(HOA, True)]
    assert "Bạn không phải làm gì thêm" in Message.objects.get(kind="screened").body


def test_who_gave_no_address_gets_no_letter():
    do(accept, make_initiative(email=""))

    assert outcomes() == []


def test_a_slip_that_is_undone_in_time_is_never_told(initiative):
    do(reject, initiative, "Trùng.")
    send_due()
    do(undo_screening, initiative, "Bấm nhầm.")

    assert outcomes() == []
    do(accept, initiative)
    assert outcomes() == [(HOA, True)]


def test_the_letter_goes_out_when_the_time_to_think_is_over(initiative):
    do(accept, initiative)

    due = Message.objects.get(kind="screened").next_try_at - timezone.now()
    assert timedelta(0) < due <= OUTCOME_WAITS


def test_the_same_outcome_again_is_not_told_twice(initiative):
    do(accept, initiative)
    pass_time()
    do(undo_screening, initiative, "Xem lại.")
    do(accept, initiative)
    pass_time()

    assert outcomes() == [(HOA, True)]


def test_what_an_author_read_last_is_what_holds(initiative):
    for verb, *reason in ((accept,), (reject, "Trùng."), (accept,), (reject, "Trùng."), (undo_screening, "Xem lại.")):
        do(verb, initiative, *reason)
        pass_time()
    do(reject, initiative, "Sao chép.")

    assert outcomes() == [(HOA, True), (HOA, False), (HOA, True), (HOA, False), (HOA, False)]


def test_a_corrected_text_has_an_outcome_of_its_own(initiative):
    accepted = do(accept, initiative)
    pass_time()
    values = {name: getattr(accepted, name) for name in ANSWERS} | {"title": "Tên mới"}
    correct(accepted, values, version=accepted.version, arrived_at=IN_TIME)
    do(accept, initiative)

    assert outcomes() == [(HOA, True), (HOA, True)]


def test_many_are_told_at_once_each_of_the_own():
    first = make_initiative(email=HOA)
    others = [make_initiative(first.unit, email=email) for email in ("", "lan@example.vn")]
    seen = {initiative.pk: 1 for initiative in (first, *others)}

    screen_many(seen, ACCEPT, "", by=make_staff(first.unit))

    assert outcomes() == [(HOA, True), ("lan@example.vn", True)]
    texts = dict(Message.objects.filter(kind="screened").values_list("recipient", "body"))
    assert first.secret in texts[HOA]
    assert first.secret not in texts["lan@example.vn"]


def test_nothing_is_told_of_what_stayed_as_it_was():
    initiative = make_initiative(email=HOA)

    screen_many({initiative.pk: 9}, REJECT, "Trùng.", by=make_staff(initiative.unit))

    assert outcomes() == []


def test_forgetting_an_author_finds_these_letters(initiative):
    do(accept, initiative)

    assert letters_to_author(Initiative.objects.get()).filter(kind="screened").count() == 1
