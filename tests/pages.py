"""How tests use a page: as a signed-in browser, by sending its form as a browser would, by reading what it says."""

import uuid

from django.test import Client
from django.urls import reverse
from lxml import html

ERROR = ".//*[contains(concat(' ', @class, ' '), ' invalid-feedback ')]"


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user)
    return client


def form_address(campaign):
    return reverse("initiative_form", args=[campaign.slug])


def typed(unit, /, **values):
    """What a worker's browser sends: the names of DESIGN section 7, every value as text."""
    return {
        "submission_id": str(uuid.uuid4()),
        "full_name": "Nguyễn Thị Hoà",
        "birth_year": "1985",
        "gender": "female",
        "phone": "0912 345 678",
        "email": "hoa@example.vn",
        "job_title": "Công nhân may",
        "collective": "Tổ may số 4",
        "co_authors": "Trần Văn Hai\r\nLê Thị Ba",
        "top": unit.top.code,
        "unit": unit.code,
        "unit_other": "",
        "workplace": "Xưởng may số 2",
        "block": "enterprise",
        "field": "production",
        "title": "Cải tiến bàn cắt vải",
        "description": "Gắn thêm thước.\r\nCắt một lần được nhiều lớp vải.",
        "effect": "Giảm một nửa thời gian cắt.",
        "benefit": "12.000.000",
        "started_on": "15/02/2021",
        "consent": "on",
    } | values


def send_form(client, campaign, values, **headers):
    return client.post(form_address(campaign), values, headers=headers)


def tree(response):
    return html.fromstring(response.content.decode())


def form_on(response, action=None):
    """Return the page's form (lxml): the one with this action, else the first that is no signing out and no search."""
    forms = [form for form in tree(response).forms if form.method == "POST" and "sign-out" not in form.get("class", "")]
    return next(form for form in forms if action is None or form.action == action)


def filled_in(form):
    """Return what a browser would send if the form were sent as it stands, buttons aside."""
    values = dict(form.form_values())
    for element in form.xpath(".//input[not(@value) and not(@type='radio') and not(@type='checkbox')]"):
        values[element.name] = ""  # lxml leaves these out
    for element in form.xpath(".//textarea"):
        values[element.name] = element.value.removeprefix("\n")  # as browsers do; lxml keeps it
    return values


def says(response):
    """Return the words of a page, without its markup, on one line."""
    page = tree(response)
    return " ".join(" ".join(page.find("body").itertext()).split())


def errors_beside(response):
    """Return {field name: sentences} as they stand next to the fields."""
    boxes = tree(response).xpath("//*[starts-with(@id, 'div_id_')]")
    found = {
        box.get("id").removeprefix("div_id_"): [e.text_content().strip() for e in box.xpath(ERROR)] for box in boxes
    }
    return {name: sentences for name, sentences in found.items() if sentences}


def focused(response):
    """Return the names of the fields that ask for the cursor."""
    return [element.get("name") for element in tree(response).xpath("//*[@autofocus]")]


def runs_nothing(response):
    """Tell whether the page has no script, handler or frame other than the site's own files."""
    page = tree(response)
    scripts = [script for script in page.iter("script") if not script.get("src", "").startswith("/static/")]
    handlers = page.xpath("//@*[starts-with(name(), 'on')] | //@href[starts-with(., 'javascript:')]")
    return not scripts and not handlers and not page.xpath("//iframe | //object | //embed | //main//img")
