"""A province finds nothing of another: by no list, search, filter, address, export, choice, file or history.

The addresses come from the site itself: one that is added next year is walked, or fails here for want of a key to try.
"""

from itertools import product

import pytest
from django.contrib import admin
from django.urls import reverse
from lxml import html

from tests.pages import signed_in
from tests.two_provinces import MARK, PARAMETER, SHARED, TwoProvinces, body_of, model_of, routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HERE = ["board here", "staff here", "staff near"]
# Signing out ends the walk; what Django's own catch-all answers says nothing.
LEFT_OUT = {"quan-tri/logout/"}
REFUSED = {403, 404, 405}


@pytest.fixture
def provinces():
    return TwoProvinces()


def addresses_of(provinces, route):
    """Yield the addresses of a route with the keys of the second province."""
    values = {"pk": [provinces.export.pk]} if "tai-ve/<int:pk>" in route else provinces.parameters(route)
    for chosen in product(*values.values()):
        left = iter(chosen)
        filled = PARAMETER.sub(lambda match: str(next(left)), route)  # noqa: B023 (used at once)
        yield "/" + filled.replace("^", "").replace("$", "")


def walked(provinces):
    """Yield (route, address, whether it names something of the second province)."""
    for route in routes():
        if route not in LEFT_OUT:
            of_theirs = bool(PARAMETER.search(route)) and not names_nobody(route)
            for address in addresses_of(provinces, route):
                yield route, address, of_theirs


def names_nobody(route):
    """Whether an address names no row, or one that every province shares."""
    if route.startswith("quan-tri/huong-dan/"):
        return True
    if "app_label" in route or "<url>" in route or "<object_id>" in route:
        return "<path:object_id>" not in route
    return route.startswith("quan-tri/") and "<id>" not in route and model_of(route) in SHARED


@pytest.mark.parametrize("who", HERE)
def test_no_address_with_a_key_of_another_province_answers(who, provinces):
    client, wrong = signed_in(provinces.users[who]), {}
    tried = 0

    for _, address, of_theirs in walked(provinces):
        for method in ("get", "post"):
            answer = getattr(client, method)(address, follow=True)
            tried += of_theirs
            if (of_theirs and answer.status_code not in REFUSED) or MARK in body_of(answer):
                wrong[method, address] = answer.status_code

    assert wrong == {}
    assert tried > 200


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        (
            "board there",
            {
                "quan-tri/awards/selection/<int:pk>/ho-so-luu/",
                "quan-tri/awards/selection/<path:object_id>/history/",
            },
        ),
        ("staff far", {"cong-doan/sang-kien/<str:code>/", "cong-doan/ho-so/<int:pk>/"}),
        ("national", set()),
    ],
)
def test_the_walk_meets_the_mark_where_it_may(provinces, who, wanted):
    """The control: who belongs to the second province, or sees all, meets it on many of the pages that are walked."""
    client, met = signed_in(provinces.users[who]), set()

    for route, address, of_theirs in walked(provinces):
        answer = client.get(address, follow=True) if of_theirs else None
        if answer and answer.status_code == 200 and MARK in body_of(answer):
            met.add(route)
        if len(met) > 15 and wanted <= met:
            return

    pytest.fail(f"{who} met it on no more than {sorted(met)}")


@pytest.mark.parametrize("who", HERE)
def test_no_list_shows_it_with_any_filter_or_search(who, provinces):
    client = signed_in(provinces.users[who])
    wrong, tried = [], 0

    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        answer = client.get(address)
        if answer.status_code != 200 or "cl" not in answer.context:
            continue
        changelist = answer.context["cl"]
        queries = [choice["query_string"] for spec in changelist.filter_specs for choice in spec.choices(changelist)]
        queries += [f"?q={term}" for term in provinces.terms()] + ["", "?o=1", "?o=-1", "?p=1"]
        for query in queries:
            tried += 1
            # What was looked for stands in the box again: only what was found counts.
            text = without_boxes(body_of(client.get(address + query)))
            wrong += [address + query] if MARK in text else []

    assert wrong == []
    assert tried > 30 or not provinces.users[who].is_staff


def without_boxes(text):
    """Return a page without its boxes and its ways to other pages, which repeat what was typed."""
    page = html.fromstring(text)
    for box in page.xpath("//input | //*[@href] | //title"):
        for name in ("value", "href"):
            box.attrib.pop(name, None)
    return html.tostring(page, encoding="unicode")


@pytest.mark.parametrize("who", HERE)
def test_no_choice_that_completes_itself_offers_it(who, provinces):
    client = signed_in(provinces.users[who])
    wrong, answered = [], 0

    for model in [m for each in admin.site._registry.values() for m in (each.model, *(i.model for i in each.inlines))]:
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete:
                question = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
                for term in ["", *provinces.terms()]:
                    asked = question | {"field_name": field.name, "term": term}
                    answer = client.get(reverse("admin:autocomplete"), asked, follow=True)
                    answered += answer.status_code == 200
                    wrong += [asked] if MARK in body_of(answer) else []

    assert wrong == []
    assert answered > 10 or not provinces.users[who].is_staff


@pytest.mark.parametrize("who", HERE)
def test_the_desks_lists_and_exports_hold_nothing_of_it(who, provinces):
    client, address = signed_in(provinces.users[who]), "/cong-doan/sang-kien/"
    page = html.fromstring(client.get(address).content.decode())
    offered = [(s.get("name"), o.get("value")) for s in page.xpath("//select") for o in s.xpath(".//option")]
    queries = [f"{name}={value}" for name, value in offered if name]
    queries += [f"q={term}" for term in provinces.terms()] + [f"don-vi={provinces.far.code}", "trang-thai=SENT"]
    wrong = []

    for query in queries:
        wrong += [query] if MARK in without_boxes(body_of(client.get(f"{address}?{query}"))) else []
        for kind in ("xlsx", "csv"):
            taken = client.post(f"{address}tai-ve/", {"kind": kind, "list": query}, follow=True)
            wrong += [f"{kind}: {query}"] if MARK in body_of(taken) else []

    assert wrong == []
    assert len(queries) > 10


def test_every_model_of_the_admin_says_which_rows_are_theirs(provinces):
    for model in admin.site._registry:
        provinces.theirs(model)  # a model that is unknown there is an error


def test_a_board_of_the_other_province_does_find_its_own(provinces):
    """The control of lists and choices: the same questions, asked by who may."""
    client = signed_in(provinces.users["board there"])
    found = set()
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        answer = client.get(f"{address}?q={MARK}")
        if answer.status_code == 200 and MARK in without_boxes(body_of(answer)):
            found.add(model.__name__)

    assert {"Initiative", "Union", "Complaint", "FiledDossier"} <= found
