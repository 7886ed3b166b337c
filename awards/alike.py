"""What a board meets of initiatives that are alike: in a dossier, among the candidates, and as a case to open.

Which of two is the author's is nothing that the system decides: it marks the one that came later, until the board
itself has said that it is no copy.
"""

from django.utils.timezone import localtime

from awards.models import CameBy, ComplaintKind
from initiatives.copies_models import Resemblance


def likest_earlier(initiatives):
    """Return {key of an initiative: the Resemblance to the earlier one that it is most like}, open for the board."""
    pairs = Resemblance.objects.open_for_board().standing().filter(later__in=initiatives).select_related("said_by")
    return {pair.later_id: pair for pair in pairs.order_by("percent", "-pk")}


def first_words_of_case(pair):
    """Return what a case about the authorship of the later of two initiatives begins with, by the complaint's fields.

    Of the earlier one it says where and when it was sent, as it may be another federation's.
    """
    earlier = pair.earlier
    text = (
        f"Hội đồng thấy nội dung giống {pair.percent} % một sáng kiến gửi trước, lúc "
        f"{localtime(earlier.arrived_at):%H:%M %d/%m/%Y}, từ {earlier.top}. Cần làm rõ ai là tác giả."
    )
    kind, came_by = ComplaintKind.AUTHORSHIP.value, CameBy.PERSON.value
    return {"initiative": pair.later_id, "kind": kind, "came_by": came_by, "complainant": "Hội đồng", "text": text}


def case_about(user, key):
    """Return the first words of a case about a pair that this person may see; nothing for any other key."""
    pairs = Resemblance.objects.visible_to(user).standing().filter(later__top__in=user.unions_as("BOARD"), pk=key)
    pair = pairs.select_related("earlier__top").first()
    return first_words_of_case(pair) if pair else {}
