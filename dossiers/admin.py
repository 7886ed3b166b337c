"""Plans and extensions in the admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from accounts.admin import union_named
from accounts.models import Union
from accounts.visible_admin import UnstaleForm, VisibleAdmin, VisibleChoices
from config import clock
from config.templatetags.moments import until as until_words
from config.text import clean_line, dotted
from dossiers.models import Extension, Plan, QuotaException
from dossiers.reminders import tell_extended
from dossiers.removal_admin import RemovalRequestAdmin
from dossiers.template_admin import LetterTemplateAdmin
from record.writing import write

__all__ = ["ExtensionAdmin", "LetterTemplateAdmin", "PlanAdmin", "RemovalRequestAdmin"]


class QuotaExceptionForm(forms.ModelForm):
    def clean_union(self):
        union = self.cleaned_data["union"]
        if union.parent_id != self.instance.plan.union_id:
            raise ValidationError(
                f"{union} không trực thuộc {self.instance.plan.union} nên không có chỉ tiêu riêng.",
                code="not_a_branch",
            )
        return union


class QuotaExceptionInline(VisibleChoices, admin.TabularInline):
    """Quotas by name (R10); they freeze with the plan (R16)."""

    model = QuotaException
    form = QuotaExceptionForm
    autocomplete_fields = ["union"]
    extra = 0

    def get_queryset(self, request):
        return QuotaException.objects.visible_to(request.user).select_related("union", "plan")

    def has_add_permission(self, request, obj):
        return is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return is_open(obj) and super().has_delete_permission(request, obj)


SHOWN_AS = {"dossier_deadline": "shown_deadline", "target": "shown_target"}


def is_open(plan):
    """Whether the numbers of a plan may still be set (R16)."""
    return plan is None or plan.frozen_at is None


@admin.register(Plan)
class PlanAdmin(VisibleAdmin):
    inlines = [QuotaExceptionInline]
    autocomplete_fields = ["union"]
    list_display = ["union", "number", "issued_on", "shown_deadline", "award_limit", "nomination_limit", "frozen_at"]
    list_select_related = ["union"]
    search_fields = ["number"]
    search_help_text = "Tên LĐLĐ tỉnh, công đoàn ngành."
    sortable_by = []
    deed_words = VisibleAdmin.deed_words | {
        "chosen": "Chọn sáng kiến",
        "taken_back": "Bỏ chọn sáng kiến",
        "published": "Công bố kết quả",
        "decision_amended": "Điều chỉnh sau công bố",
        "letters_held": "Giữ lại thư báo kết quả chưa gửi",
        "letters_sent": "Cho gửi ngay thư báo kết quả",
        "letters_written": "Viết lại thư báo kết quả",
        "quota_set": "Đặt chỉ tiêu riêng",
        "quota_removed": "Bỏ chỉ tiêu riêng",
        "criteria_laid_down": "Đặt tiêu chí, quy định chấm điểm",
        "marking_begun": "Bắt đầu chấm điểm",
        "marking_closed": "Kết thúc chấm điểm",
    }

    def get_queryset(self, request):
        """A board meets its own plans only: until publication its decisions are on their record (R17)."""
        plans = super().get_queryset(request)
        return plans if request.user.is_national else plans.decided_by(request.user)

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(union_named(search_term, "union__")) if clean_line(search_term) else queryset), False

    def get_inlines(self, request, obj):
        """Whose quota may be its own is known once the plan has its union."""
        return self.inlines if obj else []

    def get_fieldsets(self, request, obj=None):
        description = ""
        if not is_open(obj):
            description = (
                f"Số liệu đã khóa từ {localtime(obj.frozen_at):%H:%M ngày %d/%m/%Y}, khi hồ sơ đầu tiên được nộp: hạn "
                "nhận hồ sơ, chỉ tiêu và số khen thưởng không đổi được nữa. Đơn vị cần nộp muộn thì cho gia hạn riêng."
            )
        return [
            (None, {"fields": ["campaign", "union", "number", "issued_on", "mailbox"]}),
            (
                "Hạn và chỉ tiêu",
                {
                    "fields": [
                        self.shown_as("dossier_deadline", obj),
                        "quota_upper",
                        "quota_grassroots",
                        "award_limit",
                        "nomination_limit",
                        self.shown_as("target", obj),
                    ],
                    "description": description,
                },
            ),
        ]

    def get_readonly_fields(self, request, obj=None):
        return [] if is_open(obj) else sorted(self.shown_as(name, obj) for name in Plan.FROZEN_FIELDS)

    def shown_as(self, name, plan):
        """What is no longer typed is shown as people say it."""
        return name if is_open(plan) else SHOWN_AS.get(name, name)

    @admin.display(description="hạn nhận hồ sơ")
    def shown_deadline(self, plan):
        return until_words(plan.dossier_deadline)

    @admin.display(description="chỉ tiêu số sáng kiến")
    def shown_target(self, plan):
        return dotted(plan.target)

    def save_formset(self, request, form, formset, change):
        """Quotas by name are decisions: each one set or removed goes on the plan's record."""
        super().save_formset(request, form, formset, change)
        for exception in [*formset.new_objects, *(changed for changed, _ in formset.changed_objects)]:
            self.record_quota(form.instance, "quota_set", exception, request.user)
        for exception in formset.deleted_objects:
            self.record_quota(form.instance, "quota_removed", exception, request.user)

    def record_quota(self, plan, deed, exception, by):
        write(plan, deed, by=by, after={"union": exception.union.code, "quota": exception.quota})


class ExtensionForm(UnstaleForm):
    def clean(self):
        cleaned = super().clean()
        plan, union, until = (cleaned.get(name) for name in ("plan", "union", "until"))
        if plan and union and union.parent_id != plan.union_id:
            self.add_error("union", ValidationError(f"{union} không nộp hồ sơ cho {plan.union}.", code="not_a_branch"))
        if plan and until and until <= plan.dossier_deadline:
            deadline = until_words(plan.dossier_deadline)
            self.add_error(
                "until", ValidationError(f"Thời điểm gia hạn phải sau hạn chung ({deadline}).", code="not_later")
            )
        elif until and until <= clock.now():
            self.add_error("until", ValidationError("Thời điểm này đã qua. Hãy xem lại.", code="in_the_past"))
        return cleaned


@admin.register(Extension)
class ExtensionAdmin(VisibleAdmin):
    """Granted once, by the board of the plan, and never changed: a longer one is granted anew (R11)."""

    form = ExtensionForm
    fields = ["plan", "union", "until", "reason"]
    list_display = ["union", "shown_until", "reason", "granted_by", "granted_at"]
    list_select_related = ["union", "granted_by"]
    sortable_by = []
    ordering = ["-pk"]
    deed_words = {"created": "Cho gia hạn"}

    def has_add_permission(self, request):
        return super().has_add_permission(request) and bool(request.user.unions_as("BOARD"))

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return ["plan", "union", "shown_until", "reason", "granted_by", "granted_at"] if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return ["shown_until"] if obj else []

    @admin.display(description="gia hạn đến")
    def shown_until(self, extension):
        return until_words(extension.until)

    def get_changeform_initial_data(self, request):
        plans = Plan.objects.decided_by(request.user)[:2]
        return {"plan": plans[0].pk} if len(plans) == 1 else {}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "plan":
            kwargs["queryset"] = Plan.objects.decided_by(request.user).select_related("union")
        if db_field.name == "union":
            boards = request.user.unions_as("BOARD")
            kwargs["queryset"] = Union.objects.filter(parent__in=boards, is_active=True).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        obj.granted_by, obj.granted_at = request.user, clock.now()
        super().save_model(request, obj, form, change)
        tell_extended(obj)
