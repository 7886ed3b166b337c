"""A page in one of its states, as the lists of pages name it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.visiting import Visit


@dataclass(frozen=True)
class State:
    """One page in one state: how to get there, on which site, signed in as whom, and how the server answers."""

    name: str
    reach: Callable[[Visit], None]
    site: str = "open"
    who: str = ""
    status: int = 200


def staff(name, path, who="dai-tu"):
    return State(name, lambda visit: visit.open(path), who=who)


def page(name, path, site="open"):
    return State(name, lambda visit: visit.public(path), site)


def refused(name, path, until, button="main form button"):
    def reach(visit):
        visit.public(path)
        visit.press(button, until=until)

    return State(name, reach, status=422)
