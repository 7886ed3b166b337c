"""Pictures of one board's own figures: its dossiers by state, its candidates by field and by union."""

from collections import Counter
from dataclasses import dataclass

from csp.decorators import csp_replace
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from awards.candidates import candidates_of
from awards.models import FiledDossier
from dossiers.models import State
from initiatives import charts
from initiatives.models import Field
from initiatives.statistics_views import PICTURE_POLICY

MOST_BARS = 12
BAR_HEIGHT, AROUND_BARS = 38, 45
TITLES = {
    "ho-so": "Hồ sơ theo trạng thái",
    "linh-vuc": "Sáng kiến được xét theo lĩnh vực",
    "don-vi": "Sáng kiến được xét theo đơn vị",
}


@dataclass(frozen=True)
class Chart:
    """One picture: its title, and its rows as (name, number), which the table beside it shows too."""

    plan_id: int
    slug: str
    rows: list

    @property
    def title(self):
        return TITLES[self.slug]

    @property
    def drawn(self):
        """The rows that have a bar; what is small may be left to the table."""
        return self.rows[:MOST_BARS]

    @property
    def width(self):
        return charts.WIDTH

    @property
    def height(self):
        return AROUND_BARS + BAR_HEIGHT * len(self.drawn)

    @property
    def address(self):
        return reverse("admin:awards_board_chart", args=[self.plan_id, self.slug])

    @property
    def text(self):
        return f"Biểu đồ thanh: {self.title.lower()}. " + "; ".join(f"{name}: {number}" for name, number in self.rows)


def charts_of(plans):
    """Return {key of a plan: [Chart]} of these plans, with two queries; a chart of nothing is left out."""
    dossiers, by_field, by_union = Counter(), Counter(), Counter()
    filed = FiledDossier.objects.filed_to_board().filter(plan__in=plans).order_by()
    for plan, state, number in filed.values_list("plan", "state").annotate(Count("pk")):
        dossiers[plan, State(state).label] += number
    parts = candidates_of(plans).order_by().values_list("plan", "field", "dossier__union__short_name")
    for plan, field, union, number in parts.annotate(Count("pk")):
        by_field[plan, charts.SHORT_NAMES[Field(field)]] += number
        by_union[plan, union] += number
    counted = {"ho-so": dossiers, "linh-vuc": by_field, "don-vi": by_union}

    def chart(plan, slug):
        return Chart(
            plan.pk, slug, [(name, number) for (of, name), number in counted[slug].most_common() if of == plan.pk]
        )

    return {plan.pk: [one for slug in TITLES if (one := chart(plan, slug)).rows] for plan in plans}


class ChartPages:
    """For the admin of the selection, which says what is `visible`. Private, as everything here: never kept."""

    def chart_urls(self):
        picture = self.admin_site.admin_view(require_safe(self.chart))
        return [
            path("<int:pk>/bieu-do/<slug:slug>.svg", csp_replace(PICTURE_POLICY)(picture), name="awards_board_chart")
        ]

    def chart(self, request, pk, slug):
        plan = self.visible(request, pk)
        found = next((one for one in charts_of([plan])[plan.pk] if one.slug == slug), None)
        if found is None:
            raise Http404
        return HttpResponse(charts.bars(found.title, found.drawn, found.height), content_type="image/svg+xml")
