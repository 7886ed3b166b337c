"""How a browser gets to a page in a certain state: which site, signed in as whom, by which steps."""

import shutil
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from tests.browser.server import CAMPAIGN, Server, publish_list, publish_results

PHONE, DESK = WIDTHS = (360, 1280)
# One database while the programme is open or about to open, another with published results.
CLOCKS = {
    "open": "2021-04-01T08:00+07:00",
    "coming": "2021-03-01T08:00+07:00",
    "closed": "2021-05-10T08:00+07:00",
}
SECRET = "SELECT secret FROM initiatives_initiative WHERE status = ?"
DOSSIER = "SELECT id FROM dossiers_dossier WHERE state = ?"


@contextmanager
def running_sites(loaded, folder):
    """Copy a loaded site into a folder and run it at each of the clocks, as {name: Server}."""
    for name in ("open", "closed"):
        shutil.copytree(loaded, folder / name)
        publish_list(folder / name)
    publish_results(folder / "closed")
    with ExitStack() as stack:
        servers = {}
        for name, clock in CLOCKS.items():
            servers[name] = Server(folder / ("closed" if name == "closed" else "open"), clock)
            stack.callback(servers[name].stop)
        yield servers


SEND_FROM_HERE = """([path, values]) => {
  const form = document.querySelector("main form[method=post]");
  form.action = path;
  form.replaceChildren(...Object.entries({csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, ...values}).map(
    ([name, value]) => Object.assign(document.createElement("textarea"), {name, value})));
  form.submit();
}"""


def is_page(answer):
    """Whether a whole page came: by going there, or as the answer to the form, which its script puts in place."""
    request = answer.request
    is_asked_for = request.is_navigation_request() or (request.method == "POST" and request.resource_type == "fetch")
    return is_asked_for and not 300 <= answer.status < 400


class Visit:
    """A browser page on a running site, with the ways to get somewhere."""

    def __init__(self, page, server):
        self.page, self.server = page, server
        self.answers = []
        page.on("response", lambda answer: self.answers.append(answer) if is_page(answer) else None)

    @property
    def html(self):
        """The open page as the server sent it."""
        return self.answers[-1].text()

    @property
    def path(self):
        return urlsplit(self.page.url).path

    def at_each(self, widths):
        """Make the window as wide as each of these in turn; yield the width."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            yield width

    def open(self, path):
        self.page.goto(self.server.address + path)

    def public(self, path):
        self.open(CAMPAIGN + path)

    def press(self, button, *, until):
        self.page.click(button)
        self.page.wait_for_selector(until)

    def send(self, path, values, *, until):
        """Send other values than a page of this site would, from its form and with its token."""
        self.public("theo-doi/")
        self.page.evaluate(SEND_FROM_HERE, [CAMPAIGN + path, values])
        self.page.wait_for_selector(until)

    def first(self, sql, *values):
        """Return the first value that a query finds in the site's database."""
        return self.server.rows(sql, *values)[0][0]

    def private(self, status, path=""):
        """Open the private page of an initiative of this status."""
        self.public(f"da-nhan/{self.first(SECRET, status)}/{path}")

    def sign_in(self, name):
        self.open("/dang-nhap/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", "sangkien-demo")
        self.page.click("main button")
        self.page.wait_for_url(lambda address: "/dang-nhap/" not in address)

    def dossier(self, state, path=""):
        self.open(f"/cong-doan/ho-so/{self.first(DOSSIER, state)}/{path}")


class Tour:
    """Leads a browser to states, one after the other: one window for each person and site, signed in once."""

    def __init__(self, browser, servers):
        self.browser, self.servers, self.visits = browser, servers, {}

    def to(self, state):
        """Bring a page into a State on a phone; return the Visit."""
        visit = self.visit(state.site, state.who)
        visit.page.set_viewport_size({"width": PHONE, "height": 800})
        state.reach(visit)
        if visit.answers[-1].status != state.status:
            raise RuntimeError(f"{state.name}: {visit.path} answered {visit.answers[-1].status}, not {state.status}")
        return visit

    def visit(self, site, who):
        if (site, who) not in self.visits:
            page = self.browser.new_page()
            page.set_default_timeout(20_000)
            visit = self.visits[site, who] = Visit(page, self.servers[site])
            if who:
                visit.sign_in(who)
        return self.visits[site, who]
