"""Which public texts of a board stay when a person is forgotten (initiatives/forgetting.py): they may name somebody."""

from awards.models import Amendment, Shortlist


def public_reasons(initiative):
    """Return [(what it is called, text)] of the reasons that were published in the plans an initiative stood in."""
    plans = list(initiative.entries.values_list("plan", flat=True))
    amended = Amendment.objects.filter(publication__plan__in=plans).values_list("reason", flat=True)
    corrected = Shortlist.objects.filter(plan__in=plans).values_list("reason", flat=True)
    return [("lý do điều chỉnh sau công bố", reason) for reason in amended] + [
        ("lý do đính chính danh sách", reason) for reason in corrected
    ]


KEPT_TEXTS = [public_reasons]
