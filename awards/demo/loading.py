"""Load the demonstration: sign-ins, 600 initiatives and one copied from them, screening, four dossiers, marks.

Loading again changes nothing.
"""

import random

from django.db import transaction

from accounts.models import User
from accounts.reference import LOCAL_PROVINCE
from awards.demo.accounts import NAMES, make_sign_ins
from awards.demo.council import make_council
from awards.demo.dossiers import make_dossiers
from awards.demo.drafts import copied_draft, drafts_of
from awards.demo.screening import screen_all
from awards.demo.texts import copied_text, read_texts
from awards.demo.times import THIS_MORNING, clock_at
from dossiers.models import Dossier, Plan
from initiatives.copies_filling import fill_prints
from initiatives.copies_index import sign_some
from initiatives.models import Initiative
from initiatives.sending import send

SEED = 71


def local_plan():
    """Return Thái Nguyên's plan for the running campaign, or None before the reference data is loaded."""
    plans = Plan.objects.filter(union__code=LOCAL_PROVINCE, campaign__is_running=True)
    return plans.select_related("campaign", "union").first()


def stored_keys(texts):
    """Return the submission ids of the texts that are stored."""
    keys = [text.submission_id for text in texts]
    return set(Initiative.objects.filter(submission_id__in=keys).values_list("submission_id", flat=True))


def load(plan):
    """Load what is missing; return whether anything was."""
    texts, copied = read_texts(), copied_text()
    stored = stored_keys([*texts, copied])
    if len(stored) == len(texts) + 1 and User.objects.filter(username__in=NAMES).count() == len(NAMES):
        return False
    load_missing(plan, texts, copied, stored)
    return True


@transaction.atomic
def load_missing(plan, texts, copied, stored):
    """Load all or nothing, the same at every first load: one source of chance decides everything but the codes."""
    rng = random.Random(SEED)  # noqa: S311 — chance that can be repeated is wanted here, not secrecy
    make_sign_ins()
    for draft in drafts_of(texts, rng):
        if draft.submission_id not in stored:
            send_draft(plan.campaign, draft)
    if not stored:
        screen_all(plan.campaign, rng)
    if not Dossier.objects.filter(plan=plan).exists():
        make_dossiers(plan, User.objects.get(username="hoi-dong"), rng)
        make_council(plan)
    # Last, and by chance of its own: with it or without, all else is the same.
    if copied.submission_id not in stored:
        send_draft(plan.campaign, copied_draft(copied, len(texts), random.Random(SEED)))  # noqa: S311 (as above)
        find_copies()


def send_draft(campaign, draft):
    with clock_at(draft.arrived_at):
        return send(campaign, draft.submission_id, draft.answers, arrived_at=draft.arrived_at)


def find_copies():
    """Have the copied text found at once; in a running site the queue does so within a minute."""
    fill_prints()
    with clock_at(THIS_MORNING):
        sign_some([Initiative.objects.latest("pk").pk])
