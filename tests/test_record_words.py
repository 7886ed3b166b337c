"""Every deed, subject and value on the record has Vietnamese words: what is added next year fails here until it has."""

import ast

import pytest

from awards.letters_about_complaints import SUBJECTS as ABOUT_COMPLAINTS
from awards.letters_about_lists import SUBJECTS as ABOUT_LISTS
from config.settings import BASE_DIR
from initiatives.choices import Status
from record.models import Event
from record.reading import changes_of, facts, field_named, label_of, value_of
from record.words import DEEDS, SUBJECTS
from tests.attacks_on_honours import make_published_honour
from tests.factories import make_dossier, make_initiative, make_plan
from tests.test_layout import APPS
from tests.world import World, fill

pytestmark = pytest.mark.once

# Where a deed comes in a variable: which ones it may be.
COMPUTED = {
    "accounts/people.py": {"closed", "reopened"},
    "awards/amending.py": {"award_revoked", "nomination_revoked", "awarded", "nominated", "reworded"},
    "awards/letters_about_complaints.py": set(ABOUT_COMPLAINTS),
    "awards/letters_about_lists.py": set(ABOUT_LISTS),
    "awards/marking.py": {"sheet_handed_in", "sheet_kept"},
    "awards/findings.py": {"judged_valid", "judged_invalid", "judged_returned"},
    "awards/publishing.py": {"awarded", "nominated", "not_chosen"},
    "dossiers/admin.py": {"quota_set", "quota_removed"},
    "dossiers/letters.py": {"letter_uploaded", "letter_arranged"},
    "initiatives/mapping.py": {"unit_mapped", "unit_moved"},
    "initiatives/screening.py": {"accepted", "rejected", "screening_undone"},
}


def writes():
    """Yield (file, the deed as code, {names in `before` and `after` that stand in the call}) for each writing."""
    for app in APPS:
        for path in sorted((BASE_DIR / app).rglob("*.py")):
            tree = ast.parse(path.read_text())
            names = {
                (alias.asname or alias.name): alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and node.module == "record.writing"
                for alias in node.names
            }
            for node in ast.walk(tree):
                called = names.get(getattr(getattr(node, "func", None), "id", None))
                if called in {"write", "write_many"}:
                    yield str(path.relative_to(BASE_DIR)), node.args[called == "write"], named_in(node)


def named_in(call):
    values = [keyword.value for keyword in call.keywords if keyword.arg in {"before", "after"}]
    keys = [key for value in values if isinstance(value, ast.Dict) for key in value.keys]
    return {key.value for key in keys if isinstance(key, ast.Constant)}


def deeds_in(file, code):
    if isinstance(code, ast.Constant):
        return {code.value}
    if isinstance(code, ast.IfExp):
        return deeds_in(file, code.body) | deeds_in(file, code.orelse)
    return COMPUTED[file]


def test_every_deed_that_the_code_writes_has_words():
    found = list(writes())
    deeds = {deed for file, code, _ in found for deed in deeds_in(file, code)}

    assert len(found) > 50
    assert deeds - DEEDS.keys() == set()
    assert {file for file, code, _ in found if not isinstance(code, (ast.Constant, ast.IfExp))} == COMPUTED.keys()


def test_every_value_that_the_code_names_has_words():
    names = {name for _, _, named in writes() for name in named}

    unknown = {name for name in names if name not in facts() and not any(field_named(kind, name) for kind in SUBJECTS)}
    assert unknown == set()


@pytest.mark.django_db
def test_a_whole_world_reads_in_words():
    fill(World())
    make_published_honour()

    events = list(Event.objects.all())

    assert {event.deed for event in events} - DEEDS.keys() == set()
    assert {event.subject_kind for event in events} - SUBJECTS.keys() == set()
    names = {(event.subject_kind, name) for event in events for name in {**event.before, **event.after}}
    assert {(kind, name) for kind, name in names if label_of(kind, name) == name} == set()


@pytest.mark.django_db
def test_a_change_is_told_before_and_after_as_people_say_it():
    initiative = make_initiative(accepted=True)

    (change,) = [c for c in changes_of(Event.objects.of(initiative).last()) if c.label == "trạng thái"]

    assert (change.before, change.after) == (Status.SENT.label, Status.ACCEPTED.label)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        ("plan", "dossier_deadline", "2021-04-16T17:00:00Z", "00:00:00 17/04/2021"),
        ("plan", "issued_on", "2021-03-05", "05/03/2021"),
        ("plan", "union", 7, "số 7"),
        ("dossier", "holds", True, "có"),
        ("dossier", "condition", "ON_TIME", "Nộp đúng hạn"),
        ("dossier", "state", "VALID", "Hợp lệ"),
        ("dossier", "entries", [3, 1], "3, 1"),
        ("plan", "mailbox", "", "(trống)"),
        ("plan", "number", "71/LĐLĐ", "71/LĐLĐ"),
        ("plan", "number", "2021-99-99", "2021-99-99"),
        ("unknown", "unheard", "x", "x"),
    ],
)
def test_values_read_as_people_write_them(kind, name, value, words):
    assert value_of(kind, name, value) == words


@pytest.mark.django_db
def test_a_subject_without_changes_says_nothing():
    assert changes_of(Event(subject_kind="dossier", before={}, after={})) == []
    assert make_dossier(plan=make_plan())
