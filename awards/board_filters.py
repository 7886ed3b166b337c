"""Filters that lead from a number on the first page to exactly the rows that it counts."""

from django.db.models import TextChoices

from accounts.visible_admin import KnownChoices
from awards.models import Selection
from dossiers.models import State


class PlanFilter(KnownChoices):
    """One plan of several; who has only one is not asked. Subclasses say which rows are its own."""

    title, field = "kế hoạch", "plan"

    def lookups(self, request, model_admin):
        plans = Selection.objects.visible_to(request.user) if request.user.is_national else None
        plans = Selection.objects.decided_by(request.user) if plans is None else plans
        choices = [(str(plan.pk), plan.union.short_name) for plan in plans.select_related("union")]
        return choices if len(choices) > 1 or request.GET.get(self.field) else []

    def value(self):
        value = self.used_parameters.get(self.field)
        return value if value in {key for key, _ in self.lookup_choices} else None


class DossiersOfPlan(PlanFilter):
    def queryset(self, request, queryset):
        return queryset.filter(plan=self.value()) if self.value() else queryset


class ComplaintsOfPlan(PlanFilter):
    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        plan = Selection.objects.get(pk=self.value())
        return queryset.filter(initiative__top=plan.union_id, initiative__campaign=plan.campaign_id)


class Waiting(TextChoices):
    ALL = "all", "Còn chờ"


class WaitingComplaints(TextChoices):
    ALL = "all", "Còn chờ"
    NEW = "new", "Mới nhận, chờ thụ lý"
    TAKEN_UP = "taken", "Đã thụ lý, đang xem xét"


class WaitingFilter(KnownChoices):
    """What a publication closed waits no more."""

    title, field, choices_class = "việc còn chờ", "wait", Waiting

    def queryset(self, request, queryset):
        return queryset.filter(state=State.FILED, plan__publication=None) if self.value() else queryset


class WaitingComplaintsFilter(WaitingFilter):
    choices_class = WaitingComplaints

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        waiting = queryset.waiting()
        if self.value() == WaitingComplaints.ALL:
            return waiting
        return waiting.filter(taken_up_at__isnull=self.value() == WaitingComplaints.NEW)
