"""A board invites staff by a link: to an address, once, within a week; everything is on the record."""

import re

import pytest
from django.urls import reverse

from accounts import inviting
from accounts.invitations import Invitation, InvitationQuerySet
from accounts.inviting import accept, invite, take_back
from accounts.limits import INVITATION_LASTS
from accounts.models import Level, Role, User
from outbox.models import Message
from record.models import Event
from tests.factories import make_board, make_invitation, make_national_user, make_staff, make_union, make_user
from tests.pages import errors_beside, filled_in, form_on, says, signed_in
from tests.racing import at_once, slowly
from tests.refusals import refused

pytestmark = pytest.mark.django_db

PASSWORD = "cau-dai-de-nho-2021"
TYPED = {"full_name": "Lý Thị Mây", "username": "ly-may", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def union():
    return make_union()


@pytest.fixture
def board(union):
    return make_board(union.parent)


def link_in(letter):
    return re.search(r"https?://\S+?(/loi-moi/\S+/)", letter.body)[1]


def link_to(union, email="moi@example.vn"):
    invitation = make_invitation(union, email)
    return invitation, link_in(Message.objects.get(kind="invitation", about=str(invitation.pk)))


# Inviting


def test_a_board_invites_and_the_letter_holds_a_link_that_the_table_does_not(board, union):
    answer = signed_in(board).post(reverse("invite"), {"email": " Moi@Example.vn ", "union": union.pk})

    assert answer["Location"] == reverse("people")
    invitation, letter = Invitation.objects.get(), Message.objects.get()
    assert (letter.recipient, str(union) in letter.subject) == ("moi@example.vn", True)
    assert link_in(letter).split("/")[2] not in str(Invitation.objects.values().get())
    assert Event.objects.of(invitation).get().deed == "invited"
    assert "moi@example.vn" in says(signed_in(board).get(reverse("people")))


def test_a_board_invites_to_no_union_of_others_and_nobody_above_itself(board):
    client = signed_in(board)

    for union in (make_union(), make_union(Level.TOP), board.unions_as(Role.BOARD)[0].parent):
        answer = client.post(reverse("invite"), {"email": "moi@example.vn", "union": union.pk})
        assert errors_beside(answer) == {"union": ["Hãy chọn công đoàn trong danh sách."]}
    assert not Invitation.objects.exists()


def test_national_staff_invite_for_the_top_unions(union):
    client = signed_in(make_national_user())

    assert client.post(reverse("invite"), {"email": "a@example.vn", "union": union.pk}).status_code == 422
    assert client.post(reverse("invite"), {"email": "a@example.vn", "union": union.parent.pk}).status_code == 302


def test_an_address_has_one_open_invitation_to_a_union_however_it_is_written(board, union):
    invite(union, "moi@example.vn", by=board)

    with refused("already_invited"):
        invite(union, "MOI@example.vn", by=board)
    assert invite(union.parent, "moi@example.vn", by=board)


def test_who_is_staff_already_is_not_invited(board, union):
    staff = make_staff(union)

    with refused("already_staff"):
        invite(union, staff.email.upper(), by=board)


def test_an_expired_invitation_makes_way_for_a_new_one(at, board, union):
    old = invite(union, "moi@example.vn", by=board)
    at("2021-04-08 08:00:01")

    new = invite(union, "moi@example.vn", by=board)

    old.refresh_from_db()
    assert old.taken_back_at
    assert new.expires_at - new.invited_at == INVITATION_LASTS


def test_what_was_taken_back_opens_nothing(client, board, union):
    invitation, link = link_to(union)

    signed_in(board).post(reverse("take_invitation_back", args=[invitation.pk]))

    assert client.get(link).status_code == 410
    with refused("not_open"):
        accept(invitation, make_user())


def test_an_accepted_invitation_is_not_taken_back(board, union):
    invitation, _ = link_to(union)
    accept(invitation, make_user())

    with refused("accepted"):
        take_back(invitation, by=board)


# Accepting


def test_the_invited_person_sets_name_and_password_and_is_at_the_desk(client, union):
    invitation, link = link_to(union)

    shown = filled_in(form_on(client.get(link)))
    answer = client.post(link, TYPED)

    assert shown["username"] == "moi@example.vn"
    assert answer["Location"] == reverse("desk")
    user = User.objects.get(username="ly-may")
    assert (user.full_name, user.email, user.check_password(PASSWORD)) == ("Lý Thị Mây", "moi@example.vn", True)
    assert user.unions_as(Role.STAFF) == [union]
    assert str(union) in says(client.get(reverse("desk")))
    assert list(Event.objects.of(user).values_list("deed", flat=True)) == ["created", "role_granted"]
    assert Event.objects.of(invitation).last().deed == "invitation_accepted"
    assert PASSWORD not in str(list(Event.objects.values()))


def test_the_link_opens_once(client, union):
    _, link = link_to(union)
    client.post(link, TYPED)
    client.logout()

    assert client.get(link).status_code == 410
    assert client.post(link, TYPED | {"username": "khac"}).status_code == 410
    assert not User.objects.filter(username="khac").exists()


@pytest.mark.parametrize(("time", "status"), [("07:59:50", 200), ("08:00:01", 410)])
def test_the_link_opens_for_a_week(client, at, union, time, status):
    _, link = link_to(union)
    at(f"2021-04-08 {time}")

    assert client.get(link).status_code == status


@pytest.mark.parametrize(
    "password", ["ngan", "anhyeuem123456", "SANGKIEN-DEMO", "moi@example.vn1", "Lý Thị Mây 1", "password1234"]
)
def test_a_weak_password_is_refused(client, union, password):
    _, link = link_to(union)

    answer = client.post(link, TYPED | {"password1": password, "password2": password})

    assert answer.status_code == 422
    assert errors_beside(answer)
    assert not User.objects.filter(username="ly-may").exists()


def test_a_name_that_is_taken_is_refused_whatever_its_letters(client, union):
    make_user(username="Ly-May")
    _, link = link_to(union)

    assert list(errors_beside(client.post(link, TYPED))) == ["username"]


def test_an_address_serves_as_a_name_in_any_letters(client, union):
    _, link = link_to(union)
    client.post(link, TYPED | {"username": "Moi@Example.VN"})
    client.logout()

    client.post(reverse("sign_in"), {"username": "MOI@example.vn", "password": PASSWORD})

    assert client.get(reverse("desk")).status_code == 200


def test_who_has_an_account_takes_the_role_with_it(union):
    _, link = link_to(union)
    staff = make_staff(make_union())
    client = signed_in(staff)

    assert "Nhận lời mời với tài khoản" in says(client.get(link))
    assert client.post(link)["Location"] == reverse("desk")
    assert union in User.objects.get(pk=staff.pk).unions_as(Role.STAFF)


def test_a_made_up_link_leads_nowhere(client):
    assert client.get("/loi-moi/khong-co/").status_code == 404


def test_the_page_of_a_link_stays_in_no_cache_and_in_no_list(client, union):
    _, link = link_to(union)
    answer = client.get(link)

    assert "no-store" in answer["Cache-Control"]
    assert 'name="robots" content="noindex"' in answer.content.decode()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_follow_the_link_at_once_make_one_member(union):
    invitation, _ = link_to(union)
    first, second = make_user(), make_user()

    assert sorted(at_once(lambda: accept(invitation, first), lambda: accept(invitation, second)), key=str) == [
        None, "not_open",
    ]  # fmt: skip
    assert union.memberships.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_be_let_in(union, monkeypatch):
    invitation, _ = link_to(union)
    first, second = make_user(), make_user()
    monkeypatch.setattr(InvitationQuerySet, "select_for_update", lambda rows: rows, raising=False)
    monkeypatch.setattr(inviting, "grant", slowly(inviting.grant))

    outcomes = at_once(lambda: accept(invitation, first), lambda: accept(invitation, second))

    assert "not_open" not in outcomes
    assert outcomes.count(None) >= 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_invite_the_same_address_at_once_send_one_letter(union, board):
    call = lambda: invite(union, "moi@example.vn", by=board)  # noqa: E731 (twice the same)

    assert sorted(at_once(call, call), key=str) == [None, "already_invited"]
    assert Message.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_new_accounts_of_one_name_at_once_are_one(union):
    (one, _), (other, _) = link_to(union), link_to(union, "khac@example.vn")

    def join(invitation):
        return lambda: accept(invitation, User(username="ly-may", full_name="Lý Thị Mây"))

    assert sorted(at_once(join(one), join(other)), key=str) == [None, "taken"]
