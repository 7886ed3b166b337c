"""A part of the site that is away for a moment is told from what is wrong."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from django.db import DatabaseError, IntegrityError, InternalError, OperationalError, ProgrammingError, connection
from django.db.transaction import atomic

from config.away import is_away
from initiatives.models import Campaign
from tests.factories import make_campaign, make_union
from tests.pages import says, send_form, typed


class Cause(Exception):
    """What the driver raised."""

    def __init__(self, pgcode):
        self.pgcode = pgcode


def caused(error, pgcode):
    error.__cause__ = Cause(pgcode)
    return error


def answered(status):
    return ClientError({"Error": {"Code": "x"}, "ResponseMetadata": {"HTTPStatusCode": status}}, "PutObject")


AWAY = {
    "no connection": OperationalError("could not connect"),
    "a standby": caused(InternalError("cannot execute INSERT in a read-only transaction"), "25006"),
    "an answer that broke off": caused(DatabaseError("server closed the connection unexpectedly"), None),
    "no store": EndpointConnectionError(endpoint_url="http://store"),
    "a slow store": ReadTimeoutError(endpoint_url="http://store"),
    "a store that asks to wait": answered(503),
}
WRONG = {
    "a row that is there already": caused(IntegrityError("duplicate key"), "23505"),
    "a query of ours": caused(ProgrammingError("no such column"), "42703"),
    "another fault inside": caused(InternalError("current transaction is aborted"), "25P02"),
    "a refusal of the database": caused(DatabaseError("refused"), "P0001"),
    "a store that knows no such key": answered(403),
    "a mistake": ValueError("?"),
}


@pytest.mark.parametrize("case", AWAY)
def test_what_is_away_is_told(case):
    assert is_away(AWAY[case])


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_not_taken_for_it(case):
    assert not is_away(WRONG[case])


@pytest.mark.django_db
def test_a_store_that_is_away_is_answered_with_a_quiet_page(client, monkeypatch):
    campaign = make_campaign()
    monkeypatch.setattr("initiatives.views.figures_of", lambda campaign: raised(AWAY["no store"]))

    answer = client.get(campaign.get_absolute_url())

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Hệ thống đang bận" in says(answer)


def raised(error):
    raise error


@pytest.mark.django_db
def test_a_page_opens_itself_again_and_a_form_that_was_sent_stays(client):
    campaign = make_campaign()
    values = typed(make_union())

    with connection.execute_wrapper(lambda *arguments: raised(AWAY["no connection"])):
        page = client.get(f"/{campaign.slug}/thong-ke/")
        form = send_form(client, campaign, values)

    assert (page["Refresh"], form.get("Refresh")) == ("10", None)


# A primary that became a standby


@pytest.fixture
def standby():
    """The connection as to a server that writes no more."""
    connection.ensure_connection()
    connection.errors_occurred = False
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    yield connection
    connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_to_a_standby_keeps_its_text_and_the_next_one_finds_the_primary(client, standby):
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")
    campaign, values = make_campaign(), typed(make_union())
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")

    refused = send_form(client, campaign, values)
    connection.close_if_unusable_or_obsolete()

    assert refused.status_code == 503
    assert values["title"] in says(refused)
    assert connection.connection is None
    assert send_form(client, campaign, values).status_code == 302


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_connection_to_a_standby_is_closed_after_it_refused_and_a_sound_one_kept(standby):
    with pytest.raises(InternalError) as refusal, atomic():
        Campaign.objects.create(name="x", slug="x")
    standby.close_if_unusable_or_obsolete()

    assert is_away(refusal.value)
    assert standby.connection is None

    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("SELECT nothing_like_that")
    connection.close_if_unusable_or_obsolete()

    assert connection.connection is not None
