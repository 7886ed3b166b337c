"""The programme and what was sent, in the admin."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from accounts.visible_admin import KnownChoices, ReadOnlyAdmin, UnstaleForm, VisibleAdmin
from config import clock
from config.long_lists import LongListAdmin
from config.looking import Sought
from config.templatetags.moments import until
from config.text import dotted
from initiatives import codes
from initiatives.consents import refuse_reworded
from initiatives.filters import NEWEST
from initiatives.limits import RETENTION_WARNING
from initiatives.models import Block, Campaign, Field, Initiative, Status

# By these a form was judged when it arrived in the rush, and will be written down.
BY_WHICH_KEPT = {"opens_at", "closes_at", "practice_from", "practice_until", "consent_version", "consent_text"}


class CampaignForm(UnstaleForm):
    def clean_opens_at(self):
        """Nobody who sent in time is put outside by an opening that is moved behind it (R1)."""
        before, after = self.initial.get("opens_at"), self.cleaned_data["opens_at"]
        if before and after > before and self.instance.initiatives.filter(arrived_at__lt=after).exists():
            raise ValidationError("Đã có sáng kiến gửi trước thời điểm này. Hãy giữ thời điểm mở cũ.", code="has_begun")
        return after

    def clean_closes_at(self):
        """Whoever is sending this moment is in by the closing time that was told: it moves to what is to come (R1)."""
        moment = self.cleaned_data["closes_at"]
        if "closes_at" in self.changed_data and self.instance.pk and moment <= clock.now():
            raise ValidationError(
                "Thời điểm này đã qua. Muốn đóng sớm, hãy chọn một thời điểm sắp tới để người đang gửi không bị loại.",
                code="in_the_past",
            )
        return moment

    def by_which_kept(self):
        """Return what was changed and may not be while forms wait; more time harms none of them."""
        before, after = self.initial.get("closes_at"), self.cleaned_data.get("closes_at")
        is_longer = before and after and after > before
        return BY_WHICH_KEPT & set(self.changed_data) - ({"closes_at"} if is_longer else set())

    def clean_personal_until(self):
        """A date that takes something away for good is set so early that whoever it concerns can be warned."""
        until = self.cleaned_data["personal_until"]
        earliest = clock.today() + RETENTION_WARNING
        if until and "personal_until" in self.changed_data and until < earliest:
            raise ValidationError(
                f"Xóa rồi thì không khôi phục được. Hãy chọn ngày từ {earliest:%d/%m/%Y} trở đi, để kịp báo trước.",
                code="too_soon",
            )
        return until

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.by_which_kept() and self.instance.kept_forms.exists():
            raise ValidationError(
                "Còn phiếu đã đến đang chờ ghi vào sổ theo các ngày và lời đồng ý này. Hãy đợi vài phút rồi lưu lại.",
                code="forms_wait",
            )
        if self.instance.pk and {"consent_version", "consent_text"} <= cleaned.keys():
            try:
                refuse_reworded(self.instance, cleaned["consent_version"], cleaned["consent_text"])
            except ValidationError as refusal:
                self.add_error("consent_version", refusal)
        return cleaned


@admin.register(Campaign)
class CampaignAdmin(VisibleAdmin):
    form = CampaignForm
    fieldsets = [
        (None, {"fields": ["name", "slug", "is_running"]}),
        ("Thời gian", {"fields": ["opens_at", "closes_at", "practice_from", "practice_until"]}),
        ("Chỉ tiêu", {"fields": ["target"]}),
        ("Giải đáp", {"fields": ["help_name", "help_office", "help_phone"]}),
        ("Lời đồng ý của người gửi", {"fields": ["consent_version", "consent_text"]}),
        ("Thông tin cá nhân", {"fields": ["personal_until"]}),
    ]
    list_display = ["name", "opens_at", "shown_closing", "shown_target", "is_running"]
    sortable_by = []

    @admin.display(description="hạn gửi")
    def shown_closing(self, campaign):
        return until(campaign.closes_at)

    @admin.display(description="chỉ tiêu cả nước")
    def shown_target(self, campaign):
        return dotted(campaign.target)

    def get_readonly_fields(self, request, obj=None):
        """The address stands in QR codes on posters."""
        return ["slug"] if obj else []


class StatusFilter(KnownChoices):
    title, field, choices_class = "trạng thái", "status", Status


class FieldFilter(KnownChoices):
    title, field, choices_class = "lĩnh vực", "field", Field


class BlockFilter(KnownChoices):
    title, field, choices_class = "khối", "block", Block


@admin.register(Initiative)
class InitiativeAdmin(LongListAdmin, ReadOnlyAdmin):
    order = NEWEST
    fieldsets = [
        (None, {"fields": ["shown_code", "title", "status", "status_reason"]}),
        (
            "Tác giả (thông tin cá nhân, không đưa ra ngoài)",
            {
                "fields": [
                    "full_name",
                    "birth_year",
                    "gender",
                    "phone",
                    "email",
                    "job_title",
                    "collective",
                    "co_authors",
                    "consented_at",
                ]
            },
        ),
        ("Nơi làm việc", {"fields": ["workplace", "unit_name", "branch", "top", "block"]}),
        (
            "Nội dung",
            {"fields": ["field", "description", "is_secret", "effect", "shown_benefit", "started_on", "arrived_at"]},
        ),
    ]
    list_display = ["shown_code", "title", "full_name", "top", "status"]
    list_display_links = ["shown_code", "title"]
    list_select_related = ["top"]
    list_filter = [StatusFilter, FieldFilter, BlockFilter]
    search_fields = ["search_text"]
    search_help_text = "Mã, tên sáng kiến, tác giả hoặc nơi làm việc; từ 3 chữ trở lên, không cần dấu."
    deed_words = ReadOnlyAdmin.deed_words | {
        "sent": "Tác giả gửi",
        "imported": "Công đoàn gửi thay từ phiếu giấy",
        "corrected": "Tác giả sửa",
        "withdrawn": "Tác giả rút",
        "accepted": "Rà soát: chấp nhận",
        "rejected": "Rà soát: không đạt",
        "held": "Tạm giữ vì có đơn",
        "released": "Hết tạm giữ: đơn không có căn cứ",
        "excluded": "Không xét: đơn có căn cứ",
        "awarded": "Được khen thưởng",
        "nominated": "Được đề nghị biểu dương",
        "not_chosen": "Đã xét, không được chọn",
        "honoured": "Được biểu dương toàn quốc",
        "honour_corrected": "Đính chính: không còn được biểu dương toàn quốc",
        "anonymised": "Xóa thông tin cá nhân",
    }

    @admin.display(description="mã")
    def shown_code(self, initiative):
        return initiative.shown_code

    @admin.display(description="đơn vị")
    def unit_name(self, initiative):
        return initiative.unit_name

    @admin.display(description="giá trị làm lợi")
    def shown_benefit(self, initiative):
        return "" if initiative.benefit is None else f"{dotted(initiative.benefit)} đồng"

    def get_search_results(self, request, queryset, search_term):
        """Search the folded text (section 10 of the design), never the columns."""
        return (queryset.matching(search_term) if search_term.strip() else queryset), False

    def sought(self, among, rows, text, filters):
        if codes.read(text):
            return Sought(rows, rows)
        for state in set(filters.get("status", [])) & set(Status.values):
            among = among.filter(status=state)  # a stretch of an index
        return Sought(among, rows, rows.with_words(text))
