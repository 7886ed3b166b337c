"""What is copied along with a plan (dossiers/copying.py)."""

from awards.criteria import drafts_of, lay_down, rules_of


def copy_criteria(plan, new, *, by):
    """Criteria, bands and rules of marking, for the same union; the council's people are named anew."""
    drafts = drafts_of(plan)
    if not drafts or plan.union_id != new.union_id:
        return
    rules = rules_of(plan)
    lay_down(new, drafts, rules.marks_wanted, rules.gap, by=by, version=rules_of(new).version)


PLAN_PARTS = [copy_criteria]
