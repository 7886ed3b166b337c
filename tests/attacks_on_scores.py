"""Writes to a council's marks past every deed, which the database itself must refuse."""

from decimal import Decimal

from accounts.models import Membership
from awards.criteria import CriterionDraft, lay_down
from awards.marking import close, recuse
from awards.models import Correction, Publication, Recusal, ScoreSheet
from tests.attacks import delete, insert, update
from tests.factories import IN_TIME, make_plan, make_union, make_user, make_valid
from tests.scoring import draft, draft_of, give, lay_down_simple, make_member, make_scene


def make_draft():
    _, (entry,), (member, _) = make_scene()
    return draft_of(entry, member, 50, 30)


def make_handed_in():
    _, (entry,), (member, _) = make_scene()
    return give(entry, member, 50, 30)


def make_criterion():
    plan = make_plan()
    lay_down_simple(plan)
    return plan.criteria.get(position=1)


def make_band():
    return make_criterion().bands.get(label="Cao")


def frozen_criterion():
    return make_draft().scores.get(criterion__position=1).criterion


def frozen_band():
    return frozen_criterion().bands.first()


def band_where_there_is_room():
    plan = make_plan()
    entry = make_valid(plan=plan).entries.get()
    high = CriterionDraft("Tính mới", Decimal(60), (draft("Cao", 30, 60),))
    lay_down(plan, [high], 2, Decimal(20), by=make_user(), version=0)
    draft_of(entry, make_member(plan), 50)
    insert(plan.criteria.get().bands.get(), from_points=Decimal(0), to_points=Decimal(10))


def make_rules():
    return make_draft().entry.plan.scoring


def make_closed():
    """An entry with two marks, closed, and a member with a draft on it."""
    plan, (entry,), (member, other, third) = make_scene(seats=3)
    give(entry, member, 50, 30)
    give(entry, other, 50, 30)
    sheet = draft_of(entry, third, 10, 10)
    close(plan, by=member.user)
    return sheet


def make_recusal():
    _, (entry,), (member, _) = make_scene()
    return recuse(member, entry, "Quen.", by=member.user)


def make_correction():
    sheet = make_handed_in()
    return Correction.objects.create(sheet=sheet, version=sheet.version, reason="Nhầm.", by=make_user(), at=IN_TIME)


def published(sheet):
    values = {"decision_date": IN_TIME.date(), "published_at": IN_TIME, "published_by": make_user()}
    Publication.objects.create(plan=sheet.entry.plan, decision_number="12/QĐ", **values)
    return sheet


def first_score(sheet):
    return sheet.scores.get(criterion__position=1)


def add_sheet(sheet, member, **values):
    """Store a draft of another member on the entry of this sheet, past the deed."""
    insert(sheet, member=member, submitted_at=None, total=None, **values)


def of_another_plan():
    add_sheet(make_draft(), make_member())


def on_what_is_not_judged():
    sheet = make_draft()
    update(sheet.entry.dossier, state="INVALID")
    add_sheet(sheet, make_member(sheet.entry.plan))


def for_the_own_union():
    sheet = make_draft()
    add_sheet(sheet, make_member(sheet.entry.plan, home_union=sheet.entry.dossier.union))


def for_the_union_one_works_for():
    sheet = make_draft()
    user = make_user()
    Membership.objects.create(user=user, union=make_union("GRASSROOTS", sheet.entry.dossier.union), role="STAFF")
    add_sheet(sheet, make_member(sheet.entry.plan, user=user))


def after_stepping_aside():
    sheet = make_draft()
    member = make_member(sheet.entry.plan)
    recuse(member, sheet.entry, "Quen.", by=make_user())
    add_sheet(sheet, member)


def after_leaving():
    sheet = make_draft()
    add_sheet(sheet, make_member(sheet.entry.plan, left_at=IN_TIME))


def before_freezing():
    _, (entry,), (member, _) = make_scene()
    ScoreSheet.objects.bulk_create([ScoreSheet(entry=entry, member=member, started_at=IN_TIME, entered_by=member.user)])


def after_closing():
    sheet = make_closed()
    add_sheet(sheet, make_member(sheet.entry.plan))


def handed_in_at_once():
    sheet = make_draft()
    insert(sheet, member=make_member(sheet.entry.plan), submitted_at=IN_TIME, total=Decimal(80))


def after_publication():
    sheet = published(make_draft())
    add_sheet(sheet, make_member(sheet.entry.plan))


def hand_in(sheet, total=80):
    update(sheet, submitted_at=IN_TIME, total=Decimal(total))


def hand_in_what_lacks_a_score():
    sheet = make_draft()
    update(sheet.scores.get(criterion__position=2), points=None)
    hand_in(sheet, 50)


def hand_in_after_stepping_aside():
    sheet = make_draft()
    recuse(sheet.member, sheet.entry, "Quen.", by=make_user())
    hand_in(sheet)


def score_of_another_plan():
    score = first_score(make_draft())
    criterion = make_criterion()
    insert(score, criterion=criterion, band=criterion.bands.get(label="Cao"))


def score_in_anothers_band():
    sheet = make_draft()
    update(first_score(sheet), band=sheet.scores.get(criterion__position=2).band)


def correct_after_publication():
    sheet = published(make_handed_in())
    Correction.objects.create(sheet=sheet, version=sheet.version, reason="Nhầm.", by=make_user(), at=IN_TIME)


def recuse_after_publication():
    sheet = published(make_draft())
    Recusal.objects.create(member=sheet.member, entry=sheet.entry, reason="Quen.", by=make_user(), at=IN_TIME)


def recuse_elsewhere():
    recusal = make_recusal()
    insert(recusal, entry=make_valid().entries.get())


def overlap_by_moving():
    band = make_band()
    update(band.criterion.bands.get(label="Thấp"), to_points=Decimal(30))


ATTACKS = {
    "criterion_freezes_insert": ("marking_begun", lambda: insert(frozen_criterion(), position=3)),
    "criterion_freezes_update": ("marking_begun", lambda: update(frozen_criterion(), name="Khác")),
    "criterion_freezes_delete": ("marking_begun", lambda: delete(frozen_criterion())),
    "band_freezes_insert": ("marking_begun", band_where_there_is_room),
    "band_freezes_update": ("marking_begun", lambda: update(frozen_band(), label="Khác")),
    "band_freezes_delete": ("marking_begun", lambda: delete(frozen_band())),
    "scoring_rules_freeze": ("marking_begun", lambda: update(make_rules(), gap=Decimal(5))),
    "scoring_stays_closed": ("marking_closed", lambda: update(make_closed().entry.plan.scoring, closed_at=None)),
    "bands_apart_insert": ("bands_overlap", lambda: insert(make_band(), from_points=Decimal("29.9"))),
    "bands_apart_update": ("bands_overlap", overlap_by_moving),
    "band_within_criterion_insert": (
        "beyond_maximum",
        lambda: insert(make_band(), from_points=Decimal("60.1"), to_points=Decimal("60.1")),
    ),
    "band_within_criterion_update": ("beyond_maximum", lambda: update(make_band(), to_points=Decimal("60.1"))),
    "criterion_holds_its_bands": ("beyond_maximum", lambda: update(make_criterion(), max_points=Decimal("59.9"))),
    "council_member_fixed": ("has_marked", lambda: update(make_draft().member, user=make_user())),
    "council_member_marked_for_own_union": (
        "conflict",
        lambda: update((sheet := make_draft()).member, home_union=sheet.entry.dossier.union),
    ),
    "sheet_within_plan": ("other_plan", of_another_plan),
    "sheet_eligible": ("not_eligible", on_what_is_not_judged),
    "sheet_without_conflict": ("conflict", for_the_own_union),
    "sheet_not_recused": ("recused", after_stepping_aside),
    "sheet_of_sitting_member": ("left", after_leaving),
    "sheet_after_freezing": ("not_begun", before_freezing),
    "sheet_before_closing": ("marking_closed", after_closing),
    "sheet_begins_as_draft": ("incomplete", handed_in_at_once),
    "sheet_fixed_once_published_insert": ("published", after_publication),
    "sheet_fixed_once_published_update": ("published", lambda: update(published(make_draft()), comment="Khác.")),
    "sheet_stays_where_it_is": ("sheet_is_fixed", lambda: update(make_draft(), is_from_paper=True)),
    "sheet_handed_in_whole": ("incomplete", hand_in_what_lacks_a_score),
    "sheet_handed_in_rightly": ("not_eligible", hand_in_after_stepping_aside),
    "sheet_handed_in_before_closing": ("marking_closed", lambda: hand_in(make_closed(), 20)),
    "sheet_changed_by_correction": ("handed_in", lambda: update(make_handed_in(), comment="Khác.")),
    "score_within_plan": ("other_plan", score_of_another_plan),
    "score_in_its_band_insert": (
        "outside_band",
        lambda: insert(first_score(make_draft()), points=Decimal("29.9")),
    ),
    "score_in_its_band_update": ("outside_band", lambda: update(first_score(make_draft()), points=Decimal("60.1"))),
    "score_kept_once_handed_in_insert": ("handed_in", lambda: insert(first_score(make_handed_in()))),
    "score_kept_once_handed_in_update": (
        "handed_in",
        lambda: update(first_score(make_handed_in()), points=Decimal(60)),
    ),
    "score_fixed_once_published_insert": ("published", lambda: insert(first_score(published(make_draft())))),
    "score_fixed_once_published_update": (
        "published",
        lambda: update(first_score(published(make_draft())), points=Decimal(60)),
    ),
    "score_stays_where_it_is": (
        "sheet_is_fixed",
        lambda: update(
            (score := first_score(make_draft())),
            criterion=(other := score.sheet.scores.get(criterion__position=2)).criterion,
            band=other.band,
            points=other.points,
        ),
    ),
    "correction_of_what_is_handed_in": ("stale", lambda: insert(make_correction(), version=9)),
    "correction_before_publication": ("published", correct_after_publication),
    "recusal_within_plan": ("other_plan", recuse_elsewhere),
    "recusal_before_publication": ("published", recuse_after_publication),
    "correction_never_changed": ("never_changed", lambda: update(make_correction(), reason="Khác.")),
    "recusal_never_changed": ("never_changed", lambda: update(make_recusal(), reason="Khác.")),
    "councilmember_never_deleted": ("never_deleted", lambda: delete(make_member())),
    "scoringrules_never_deleted": ("never_deleted", lambda: delete(make_rules())),
    "scoresheet_never_deleted": ("never_deleted", lambda: delete(make_draft())),
    "score_never_deleted": ("never_deleted", lambda: delete(first_score(make_draft()))),
    "correction_never_deleted": ("never_deleted", lambda: delete(make_correction())),
    "recusal_never_deleted": ("never_deleted", lambda: delete(make_recusal())),
}
MORE_ATTACKS = [
    ("conflict", for_the_union_one_works_for),
    ("outside_band", score_in_anothers_band),
    ("incomplete", lambda: hand_in(make_draft(), "80.1")),
    ("handed_in", lambda: update(make_handed_in(), submitted_at=None, total=None)),
    ("marking_begun", lambda: update(make_rules(), marks_wanted=3)),
    ("marking_begun", lambda: update(make_rules(), begun_at=None)),
]
