"""What visitors of the site and of the floor do, each as work on a connection that `client.rate` repeats."""

import itertools
import re
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.client import Connection, token_in
from bench.sites import CAMPAIGN

SENT_CODE = re.compile(rb'<p class="code" translate="no">([^<]+)</p>')
DESCRIPTION = (
    "Trước đây mỗi lần hàn ống phải có hai người giữ, mất khoảng bốn mươi phút cho một mối và hay lệch tâm. "
    "Tôi làm một bộ gá bằng thép vụn, kẹp hai đầu ống bằng ốc, xoay được một vòng. Nay một người hàn được, "
    "chỉ còn mười lăm phút, mối hàn đều và không phải mài lại."
)
TEXT = {
    "full_name": "Nguyễn Văn An",
    "job_title": "Thợ hàn bậc 4",
    "email": "",
    "birth_year": "1985",
    "gender": "male",
    "collective": "",
    "co_authors": "",
    "top": "19",
    "unit_other": "",
    "workplace": "Công ty cổ phần Cơ khí Bản Mẫu",
    "block": "enterprise",
    "field": "production",
    "title": "Gá hàn ống xoay được",
    "description": DESCRIPTION,
    "effect": "Mỗi ca tiết kiệm ba giờ công, đỡ bỏng tay, ống không phải hàn lại.",
    "benefit": "24000000",
    "consent": "on",
}
numbers = itertools.count(10_000_000)


def phone():
    return f"09{next(numbers) % 10**8:08d}"


@dataclass(frozen=True)
class Place:
    """Where the form is, and what its fields of another writing hold."""

    form: str
    own: dict
    sent_to: str

    def values(self, token):
        return TEXT | self.own | {"csrfmiddlewaretoken": token, "submission_id": str(uuid.uuid4()), "phone": phone()}


SITE = Place(f"{CAMPAIGN}gui-sang-kien/", {"unit": "TN01", "started_on": "15/02/2021"}, "/da-nhan/")
FLOOR = Place("/form/", {"unit": "TN01", "started_on": "2021-02-15"}, "/receipt/")


def shown(connection, path, status=200):
    """Open a page and return the answer; anything but this status ends the run."""
    answer = connection.get(path)
    if answer.status != status:
        raise RuntimeError(f"{path} answered {answer.status} instead of {status}: {answer.text[:500]!r}")
    return answer


def page(path):
    """Return the work of a visitor who opens this page for the first time."""

    def visit(connection):
        connection.forget()
        shown(connection, path)

    return visit


def one_of(paths):
    """Return the work of visitors who open these pages in turn."""
    turn = itertools.cycle(paths)

    def visit(connection):
        connection.forget()
        shown(connection, next(turn))

    return visit


def send(connection, place, token):
    """Send the form and return the path that it leads to."""
    answer = connection.post(place.form, place.values(token))
    path = urlsplit(answer.header("location")).path
    if answer.status not in {302, 303} or place.sent_to not in path:
        raise RuntimeError(f"{place.form} answered {answer.status}, not a receipt: {answer.text[-3000:]!r}")
    return path


def sending(place):
    """Return the work of somebody whose form is open already."""
    tokens = {}

    def visit(connection):
        if connection not in tokens:
            tokens[connection] = token_in(shown(connection, place.form))
        send(connection, place, tokens[connection])

    return visit


def whole_sending(place):
    """Return the work of somebody new: the form, sending it, the receipt."""

    def visit(connection):
        connection.forget()
        token = token_in(shown(connection, place.form))
        shown(connection, send(connection, place, token))

    return visit


def following(found):
    """Return the work of somebody who looks up initiatives by code and phone; `found` is what `some_sent` gave."""
    path, tokens, turn = f"{CAMPAIGN}theo-doi/", {}, itertools.cycle(found)

    def visit(connection):
        if connection not in tokens:
            tokens[connection] = token_in(shown(connection, path))
        code, number, private_path = next(turn)
        answer = connection.post(path, {"csrfmiddlewaretoken": tokens[connection], "code": code, "phone": number})
        if (answer.status, urlsplit(answer.header("location")).path) != (302, private_path):
            raise RuntimeError(f"{code} was not found: {answer.status} {answer.text[:2000]!r}")

    return visit


def some_sent(port, place, count=40):
    """Send a few and return [(code or None, phone, path of the receipt)]."""
    connection, sent = Connection(port), []
    token = token_in(shown(connection, place.form))
    for _ in range(count):
        values = place.values(token)
        path = urlsplit(connection.post(place.form, values).header("location")).path
        code = SENT_CODE.search(shown(connection, path).text)
        sent.append((code and code[1].decode(), values["phone"], path))
    connection.close()
    return sent
