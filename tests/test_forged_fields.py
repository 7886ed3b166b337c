"""What a form does not ask for cannot be sent along: rights, states, owners and times are the site's."""

import pytest
from django.urls import reverse

from accounts.models import Membership, User
from awards.models import Complaint, Objection
from dossiers.models import Extension, UnionProfile
from tests.documents import PROFILE
from tests.factories import make_board, make_dossier, make_national_user, make_plan, make_staff, make_union
from tests.lists import make_listed
from tests.pages import filled_in, signed_in, tree
from tests.test_invitations import TYPED, link_to
from tests.test_objection_pages import form_of, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

RIGHTS = {
    "is_staff": "1", "is_superuser": "on", "is_active": "", "groups": "1", "user_permissions": "1", "role": "NATIONAL",
    "unions": "1", "union": "1", "memberships": "1", "date_joined": "2020-01-01", "last_login": "2020-01-01", "id": "1",
}  # fmt: skip
STATES = {
    "status": "awarded", "state": "VALID", "unit": "1", "plan": "1", "submitted_at": "2020-01-01", "filed_at": "x",
    "decided_at": "2020-01-01", "rank": "1", "place": "1", "version_of": "9", "pk": "1", "id": "1", "outcome": "UPHELD",
    "received_on": "2020-01-01", "is_late": "", "closed_at": "2020-01-01", "secret": "mine",
}  # fmt: skip
OWN = ["username", "password", "is_staff", "is_superuser", "is_active", "date_joined"]


def rights_of(user):
    """Return all that decides what somebody may do."""
    found = User.objects.get(pk=user.pk)
    return (
        [getattr(found, name) for name in OWN],
        list(found.groups.values_list("pk", flat=True)),
        list(found.user_permissions.values_list("pk", flat=True)),
        list(Membership.objects.filter(user=found).values_list("union", "role")),
    )


def test_nobody_gives_rights_to_the_own_account():
    staff = make_staff(make_union())
    before = rights_of(staff)

    answer = signed_in(staff).post(reverse("account"), RIGHTS | {"full_name": "Mây", "email": staff.email})

    assert answer.status_code == 302
    assert User.objects.get(pk=staff.pk).full_name == "Mây"
    assert rights_of(staff) == before


def test_who_is_invited_gets_the_role_of_the_invitation_and_nothing_else(client):
    union = make_union()
    _, link = link_to(union)
    other = make_plan().union

    client.post(link, RIGHTS | {"union": other.pk, "email": "khac@example.vn", "invitation": "1"} | TYPED)

    user = User.objects.get(username=TYPED["username"])
    assert (user.is_staff, user.is_superuser, user.is_active, user.email) == (False, False, True, "moi@example.vn")
    assert list(user.memberships.values_list("union", "role")) == [(union.pk, "STAFF")]


def test_national_staff_give_no_technical_rights_with_an_account():
    client, staff = signed_in(make_national_user()), make_staff(make_union())
    page = reverse("admin:accounts_user_change", args=[staff.pk])
    values = filled_in(tree(client.get(page)).get_element_by_id("user_form"))
    before = rights_of(staff)

    client.post(page, values | {"is_superuser": "on", "is_staff": "on", "groups": "1", "user_permissions": "1"})

    assert rights_of(staff) == before


def test_a_union_writes_only_its_own_profile():
    union, other = make_union(), make_union()
    staff = make_staff(union)

    answer = signed_in(staff).post(
        reverse("union_profile", args=[union.code]),
        STATES | PROFILE | {"version": "0", "union": other.pk, "by": "1"},
    )

    assert answer.status_code == 302
    assert list(UnionProfile.objects.values_list("union", flat=True)) == [union.pk]


def test_a_dossier_takes_nothing_but_the_details_of_its_letter():
    dossier = make_dossier(entries=1)
    client, page = signed_in(make_staff(dossier.union)), reverse("dossier", args=[dossier.pk])
    action = reverse("letter_details", args=[dossier.pk])
    form = next(form for form in tree(client.get(page)).forms if form.action == action)
    kept = ["state", "union_id", "plan_id", "state_reason"]
    before = [type(dossier).objects.values(*kept).get(), list(dossier.entries.values())]

    client.post(action, STATES | {"union": "1", "filings": "1"} | filled_in(form))

    assert [type(dossier).objects.values(*kept).get(), list(dossier.entries.values())] == before


def test_an_extension_is_granted_in_the_own_name_at_the_present_moment():
    plan = make_plan()
    board, other = make_board(plan.union), make_board(make_plan().union)
    values = {"plan": plan.pk, "union": make_union(parent=plan.union).pk, "reason": "Lũ lụt, mất điện."}
    values |= {"until_0": "20/04/2021", "until_1": "00:00"}

    forged = {"granted_by": other.pk, "granted_at_0": "01/01/2020", "granted_at_1": "00:00", "id": "77"}
    signed_in(board).post(reverse("admin:dossiers_extension_add"), values | forged)

    extension = Extension.objects.get()
    assert (extension.granted_by, extension.granted_at.year, extension.pk == 77) == (board, 2021, False)


def test_a_board_gives_a_union_neither_a_sector_nor_a_place_at_the_top():
    plan = make_plan()
    values = {"name": "LĐLĐ huyện Mới", "short_name": "Mới", "level": "UPPER", "parent": plan.union_id}
    client, add = signed_in(make_board(plan.union)), reverse("admin:accounts_union_add")

    client.post(add, values | {"is_sector": "on", "slug": "cua-toi", "top": "1", "branch": "1", "id": "1"})
    client.post(add, values | {"name": "LĐLĐ tỉnh Mới", "level": "TOP", "parent": plan.union.parent_id})

    union = type(plan.union).objects.get(name="LĐLĐ huyện Mới")
    assert (union.is_sector, union.slug == "cua-toi", union.top) == (False, False, plan.union)
    assert not type(plan.union).objects.filter(name="LĐLĐ tỉnh Mới").exists()


def test_an_objection_says_neither_what_became_of_it_nor_when_it_came(client):
    shortlist, (entry, *_) = make_listed()
    forged = STATES | {"initiative": "1", "entry": "1", "kind_of": "x", "plan": str(make_plan().pk), "reply": "Đúng"}

    answer = client.post(form_of(shortlist, entry), forged | typed())

    assert answer.status_code == 302
    complaint, objection = Complaint.objects.get(), Objection.objects.get()
    assert complaint.initiative == entry.initiative
    assert complaint.received_on.year == 2021
    assert complaint in Complaint.objects.filter(closed_at=None)
    assert objection.secret != "mine"
