"""Who gets into which page of the admin, and who must not."""

import io

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import grant
from awards.attachments import looked_into, stored_files
from dossiers.models import Extension
from tests.board_addresses import deeds_about, pages_about, papers_about
from tests.boards import hold, signed_in
from tests.council import make_meeting
from tests.factories import (
    IN_TIME,
    a_pdf,
    a_picture,
    make_board,
    make_filed,
    make_national_user,
    make_plan,
    make_staff,
)
from tests.scoring import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LISTS = [
    "accounts_union",
    "initiatives_initiative",
    "dossiers_plan",
    "dossiers_extension",
    "awards_fileddossier",
    "awards_complaint",
    "awards_selection",
    "awards_publication",
    "awards_scoring",
    "awards_consultation",
    "record_seal",
]
NATIONAL_LISTS = [
    *LISTS,
    "accounts_user",
    "initiatives_campaign",
    "awards_publication",
    "awards_nominations",
    "record_event",
    "initiatives_removalrequest",
]


@pytest.fixture
def dossier():
    return make_filed(scan=a_picture())


@pytest.fixture
def board(dossier):
    return make_board(dossier.plan.union)


@pytest.fixture
def complaint(dossier):
    complaint = hold(dossier.entries.get())
    with stored_files(looked_into([io.BytesIO(a_pdf())])) as files:
        files[0].complaint = complaint
        files[0].save()
    return complaint


@pytest.fixture
def member(dossier):
    return make_member(dossier.plan)


@pytest.fixture
def extension(dossier, board):
    return Extension.objects.create(
        plan=dossier.plan, union=dossier.union, until=IN_TIME, reason="Lũ.", granted_by=board, granted_at=IN_TIME
    )


@pytest.fixture
def meeting(dossier):
    return make_meeting(dossier.plan)


@pytest.fixture
def pages(dossier, complaint, extension, meeting):
    return pages_about(dossier, complaint, extension, meeting)


@pytest.fixture
def papers(dossier, meeting):
    return papers_about(dossier, meeting)


@pytest.fixture
def deeds(dossier, complaint, member, meeting):
    return deeds_about(dossier, complaint, member, meeting)


def status_of(answer):
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file is closed when it was read
    return answer.status_code


def statuses(client, addresses, method="get"):
    return {address: status_of(getattr(client, method)(address)) for address in addresses}


def everywhere(addresses, status):
    return dict.fromkeys(addresses, status)


def test_a_board_sees_every_page_about_its_province(pages, board):
    assert statuses(signed_in(board), pages) == everywhere(pages, 200)


def test_a_board_and_national_staff_take_papers_away(papers, board):
    assert statuses(signed_in(board), papers, "post") == everywhere(papers, 200)
    assert statuses(signed_in(make_national_user()), papers, "post") == everywhere(papers, 200)
    assert statuses(signed_in(board), papers) == everywhere(papers, 405)


def test_another_board_finds_none_of_them(pages, deeds, papers):
    stranger = signed_in(make_board(make_plan().union))

    assert statuses(stranger, papers, "post") == everywhere(papers, 404)
    assert statuses(stranger, pages) == everywhere(pages, 404)
    assert statuses(stranger, deeds, "post") == everywhere(deeds, 404)


def test_national_staff_see_every_page_and_do_none_of_the_deeds(pages, deeds):
    national = signed_in(make_national_user())

    assert statuses(national, pages) == everywhere(pages, 200)
    assert statuses(national, deeds, "post") == everywhere(deeds, 403)


def test_an_administrator_without_a_seat_sees_and_does_not_decide(pages, deeds):
    administrator = signed_in(User.objects.create_superuser("quan-tri", password="sangkien-demo", full_name="QT"))

    assert statuses(administrator, pages) == everywhere(pages, 200)
    assert statuses(administrator, deeds, "post") == everywhere(deeds, 403)


def test_union_staff_have_no_business_in_the_admin(pages, deeds, papers, dossier):
    staff = signed_in(make_staff(dossier.union))
    deeds = [*deeds, *papers]

    for address in pages:
        assert staff.get(address, follow=True).status_code == 403
    for address in deeds:
        assert staff.post(address, follow=True).status_code == 403


def test_a_stranger_is_asked_to_sign_in(pages, deeds, papers, client):
    for address in [*pages, *deeds, *papers, reverse("admin:index")]:
        answer = client.get(address, follow=True)
        assert answer.redirect_chain[-1][0].split("?")[0] == reverse("sign_in"), address


def test_signing_in_leads_to_the_page_that_was_asked_for(board, client):
    wanted = reverse("admin:awards_complaint_changelist")
    asked = client.get(wanted, follow=True).redirect_chain[-1][0]

    answer = client.post(asked, {"username": board.username, "password": "sangkien-demo"}, follow=True)

    assert answer.redirect_chain[-1][0] == wanted
    assert answer.status_code == 200


def test_a_board_opens_its_lists_and_no_others(board):
    client = signed_in(board)
    addresses = {name: reverse(f"admin:{name}_changelist") for name in NATIONAL_LISTS}

    for name, address in addresses.items():
        assert client.get(address).status_code == (200 if name in LISTS else 403), name


def test_national_staff_open_every_list():
    client = signed_in(make_national_user())

    for name in NATIONAL_LISTS:
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200, name


def test_lists_hold_nothing_of_other_provinces(pages, complaint, dossier):
    stranger = signed_in(make_board(make_plan().union))

    for name in LISTS:
        answer = stranger.get(reverse(f"admin:{name}_changelist")).content.decode()
        assert dossier.union.name not in answer, name
        assert complaint.initiative.shown_code not in answer, name


def test_axes_and_queue_tables_stay_out_of_the_boards_sight(board):
    answer = signed_in(board).get(reverse("admin:index")).content.decode()

    assert "axes" not in answer
    assert "django_q" not in answer


@pytest.mark.parametrize(
    ("model", "field"),
    [("complaint", "initiative"), ("union", "parent"), ("quotaexception", "union"), ("plan", "union")],
)
def test_choices_that_complete_themselves_offer_no_other_province(model, field, dossier, board):
    app = {"complaint": "awards", "union": "accounts"}.get(model, "dossiers")
    question = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
    address = reverse("admin:autocomplete")

    own = signed_in(board).get(address, question)
    foreign = signed_in(make_board(make_plan().union)).get(address, question)

    found = {choice["text"] for choice in own.json()["results"]}
    assert found & {dossier.union.name, str(dossier.entries.get().initiative)}
    assert not found & {choice["text"] for choice in foreign.json()["results"]}


def test_people_and_plans_of_others_cannot_be_asked_for(board):
    client = signed_in(board)

    for app, model, field in [("accounts", "membership", "user"), ("dossiers", "extension", "granted_by")]:
        question = {"app_label": app, "model_name": model, "field_name": field}
        assert client.get(reverse("admin:autocomplete"), question).status_code == 403


def test_a_board_that_is_also_staff_elsewhere_decides_and_peeks_in_its_own_province_only(pages, dossier):
    board = make_board(make_plan().union)
    grant(board, dossier.union, "STAFF")
    client = signed_in(User.objects.get(pk=board.pk))

    for name in ("awards_fileddossier", "awards_selection", "awards_scoring", "dossiers_plan"):
        pk = dossier.pk if name == "awards_fileddossier" else dossier.plan_id
        assert client.get(reverse(f"admin:{name}_change", args=[pk])).status_code == 404, name


def test_no_row_is_found_by_a_filter_made_up_by_hand(dossier, board):
    """`?secret__startswith=` would let a board guess an author's private link letter by letter."""
    client = signed_in(board)
    address = reverse("admin:initiatives_initiative_changelist")

    for lookup in ("secret__startswith", "phone", "top__parent__code"):
        assert client.get(address, {lookup: "a"}).status_code == 400


@pytest.mark.parametrize(
    "query",
    ["o=99", "o=-", "q=%00", "q=%", "q='", "p=-1", "p=x", "p=99999999999999999999", "field=x", "union=%00", "all=",
     "state=x", "status=%00", "level=%00", "_facets=True", "e=1", "_to_field=x", "_popup=1", "q=" + "a" * 3000],
)  # fmt: skip
def test_hostile_parameters_are_answered_calmly(query, pages, board):
    client = signed_in(board)
    lists = [reverse(f"admin:{name}_changelist") for name in LISTS]
    forms = [reverse(f"admin:{name}_add") for name in ("accounts_union", "dossiers_extension", "awards_complaint")]

    for address in [*pages, *lists, *forms]:
        assert status_of(client.get(f"{address}?{query}")) in {200, 302, 400, 404}, address


@pytest.mark.parametrize("term", ["\0", "%", "'", "x" * 5000, "😀"])
def test_hostile_search_terms_are_answered_calmly(term, dossier, board):
    client = signed_in(board)

    for app, model, field in [("awards", "complaint", "initiative"), ("accounts", "union", "parent")]:
        question = {"app_label": app, "model_name": model, "field_name": field, "term": term}
        assert client.get(reverse("admin:autocomplete"), question).status_code == 200


@pytest.mark.parametrize("initiative", ["x", "%00", "-1", "9" * 30, "1,2"])
def test_a_complaint_about_nonsense_opens_an_empty_form(initiative, board):
    assert signed_in(board).get(f"{reverse('admin:awards_complaint_add')}?initiative={initiative}").status_code == 200


@pytest.mark.parametrize("key", ["x", "0", "-1", "9" * 40, "%00"])
def test_keys_that_are_no_keys_are_not_found(key, board):
    client = signed_in(board)

    for name in (
        "awards/fileddossier",
        "awards/selection",
        "awards/consultation",
        "awards/scoring",
        "awards/complaint",
        "accounts/union",
    ):
        assert client.get(f"/quan-tri/{name}/{key}/change/").status_code == 404
