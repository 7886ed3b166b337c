"""The public pages of lists that lie open for objections: nothing before a list is published."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from awards.limits import SEARCHED_FROM
from awards.models import Shortlist
from awards.shortlist_rows import by_union, found_among, is_decided, latest_lists, rows_of
from config import clock
from config.privacy import kept
from config.text import clean_line
from dossiers.models import Plan
from initiatives.views import public

LONGEST_QUERY = 100


@public
@kept
@require_safe
def shortlists(request, campaign):
    """The plans of a campaign that published a list."""
    plans = latest_lists(campaign)
    if not plans:
        raise Http404("Chưa có danh sách nào.")
    return render(request, "awards/shortlists.html", {"campaign": campaign, "plans": plans, "now": clock.now()})


@public
@kept
@require_safe
def shortlist(request, campaign, top_code, version=None):
    """A plan's list: the newest one, or one that a corrected list replaced."""
    plan = get_object_or_404(
        Plan.objects.select_related("union", "publication"), campaign=campaign, union__code=top_code
    )
    lists = list(Shortlist.objects.filter(plan=plan).newest_first())
    shown = next((one for one in lists if version in (None, one.version)), None)
    if shown is None:
        raise Http404("Chưa có danh sách nào.")
    rows, query = rows_of(plan, shown.entries), clean_line(request.GET.get("q", ""))[:LONGEST_QUERY]
    found = found_among(rows, query) if query else rows
    is_newest = shown == lists[0]
    context = {
        "campaign": campaign,
        "plan": plan,
        "shortlist": shown,
        "newest": lists[0],
        "others": [one for one in lists if one != shown],
        "is_newest": is_newest,
        "is_decided": is_decided(plan),
        "takes": is_newest and not is_decided(plan),
        "total": len(rows),
        "found": len(found),
        "unions": by_union(found),
        "query": query,
        "is_searched": len(rows) >= SEARCHED_FROM,
        **time_left(shown),
    }
    return render(request, "awards/shortlist.html", context)


def time_left(shortlist):
    """Return what a page says about how long a list lies open."""
    left = shortlist.closes_at - clock.now()
    return {"is_open": left.total_seconds() > 0, "days_left": left.days, "hours_left": left.seconds // 3600}
