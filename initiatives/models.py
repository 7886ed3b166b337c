"""What workers send: one run of the programme, and the initiatives sent in it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse

from accounts.abbreviations import name_key
from accounts.models import Union
from config.fields import LineField, TextField
from config.text import name_sort_bytes
from initiatives import (  # noqa: F401 (models in files of their own)
    codes,
    consents,
    copies_models,
    counting_models,
    exports,
    import_models,
    kept_forms,
    removals,
    tallies,
    unit_aliases,
)
from initiatives.campaigns import Campaign, says
from initiatives.choices import Block, Field, Gender, Status
from initiatives.co_authors import authors_of
from initiatives.indexes import INDEXES
from initiatives.limits import (
    CO_AUTHORS_STORED,
    CODE_LENGTH,
    DESCRIPTION_LIMIT,
    EFFECT_LIMIT,
    JOB_TITLE_LIMIT,
    MOST_BENEFIT,
    NAME_LIMIT,
    OLDEST_BIRTH_YEAR,
    REASON_LIMIT,
    TITLE_LIMIT,
    WORKPLACE_LIMIT,
)
from initiatives.personal import FORGOTTEN
from initiatives.phones import spoken
from initiatives.querysets import InitiativeQuerySet, searchable

models.TextField.register_lookup(Length)
models.CharField.register_lookup(Length)


def key(model, name, **options):
    """Return a key without an index of its own, which would cost every sender: INDEXES are what lists need."""
    return models.ForeignKey(model, models.PROTECT, verbose_name=name, db_index=False, **options)


class Initiative(models.Model):
    campaign = key(Campaign, "chương trình", related_name="initiatives")
    code = models.CharField("mã", max_length=CODE_LENGTH, unique=True, default=codes.new_code, editable=False)
    secret = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    submission_id = models.UUIDField(unique=True, editable=False)

    full_name = LineField("họ và tên", max_length=NAME_LIMIT)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    gender = models.CharField("giới tính", max_length=10, choices=Gender, blank=True)
    phone = models.CharField("điện thoại", max_length=16)
    email = models.EmailField("e-mail", blank=True)
    job_title = LineField("chức vụ, công việc", max_length=JOB_TITLE_LIMIT)
    collective = LineField("tập thể đứng tên", max_length=WORKPLACE_LIMIT, blank=True)
    co_authors = TextField("đồng tác giả", blank=True)

    top = key(Union, "tỉnh, ngành", related_name="+")
    branch = key(Union, "công đoàn cấp trên", related_name="branch_initiatives", null=True, blank=True)
    unit = key(Union, "đơn vị", related_name="unit_initiatives", null=True, blank=True)
    unit_other = LineField("đơn vị khác", max_length=WORKPLACE_LIMIT, blank=True)
    workplace = LineField("tên nơi làm việc", max_length=WORKPLACE_LIMIT)
    block = models.CharField("khối", max_length=20, choices=Block)
    field = models.CharField("lĩnh vực", max_length=20, choices=Field)

    title = LineField("tên sáng kiến", max_length=TITLE_LIMIT)
    description = TextField("mô tả", blank=True)
    is_secret = models.BooleanField("bí mật công nghệ", default=False)
    effect = TextField("hiệu quả")
    benefit = models.BigIntegerField("giá trị làm lợi (đồng)", null=True, blank=True)
    started_on = models.DateField("bắt đầu áp dụng")

    consent_version = LineField("phiên bản lời đồng ý", max_length=20)
    consented_at = models.DateTimeField("đồng ý lúc")
    arrived_at = models.DateTimeField("đến lúc")
    stored_at = models.DateTimeField("lưu lúc")
    status = models.CharField("trạng thái", max_length=10, choices=Status, default=Status.SENT)
    status_reason = TextField("lý do", blank=True)
    decided_at = models.DateTimeField("có quyết định lúc", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search_text = models.TextField(editable=False)
    name_key = models.BinaryField(default=b"")  # sorts as Vietnamese names do
    # What its typed unit is known by; it stays when the unit is mapped.
    unit_key = models.TextField(editable=False, default="")
    anonymised_at = models.DateTimeField("xóa thông tin cá nhân lúc", null=True, blank=True, editable=False)

    objects = InitiativeQuerySet.as_manager()

    PERSONAL_FIELDS = frozenset(FORGOTTEN)

    class Meta:
        verbose_name = "sáng kiến"
        verbose_name_plural = "sáng kiến"
        ordering = ["-id"]
        indexes = INDEXES
        constraints = [
            says(
                "initiative_description_fits",
                Q(description__length__lte=DESCRIPTION_LIMIT),
                f"Phần mô tả tối đa {DESCRIPTION_LIMIT} ký tự.",
            ),
            says(
                "initiative_described_unless_secret",
                Q(is_secret=True) | ~Q(description=""),
                "Hãy mô tả sáng kiến, hoặc đánh dấu là bí mật công nghệ.",
            ),
            says("initiative_titled", ~Q(title=""), "Hãy ghi tên sáng kiến."),
            says("initiative_title_fits", Q(title__length__lte=TITLE_LIMIT), f"Tên tối đa {TITLE_LIMIT} ký tự."),
            says(
                "initiative_effect_fits",
                Q(effect__length__gte=1, effect__length__lte=EFFECT_LIMIT),
                f"Phần hiệu quả từ 1 đến {EFFECT_LIMIT} ký tự.",
            ),
            says(
                "initiative_reason_fits",
                Q(status_reason__length__lte=REASON_LIMIT),
                f"Lý do tối đa {REASON_LIMIT} ký tự.",
            ),
            says(
                "initiative_author_named",
                ~Q(full_name="") & ~Q(workplace="") & (~Q(job_title="") | Q(anonymised_at__isnull=False)),
                "Hãy ghi họ tên, chức vụ và nơi làm việc.",
            ),
            says(
                "initiative_co_authors_fit",
                Q(co_authors__length__lte=CO_AUTHORS_STORED),
                f"Phần đồng tác giả tối đa {CO_AUTHORS_STORED} ký tự.",
            ),
            says(
                "initiative_phone_international",
                Q(phone__startswith="+84") | Q(phone="", anonymised_at__isnull=False),
                "Hãy ghi số di động Việt Nam.",
            ),
            says(
                "initiative_forgotten_whole", Q(anonymised_at=None) | Q(**FORGOTTEN), "Thông tin cá nhân đã được xóa."
            ),
            says(
                "initiative_birth_year_plausible",
                Q(birth_year=None) | Q(birth_year__gte=OLDEST_BIRTH_YEAR, birth_year__lte=2100),
                "Hãy xem lại năm sinh.",
            ),
            says("initiative_gender_known", Q(gender__in=["", *Gender.values]), "Hãy chọn giới tính trong danh sách."),
            says("initiative_block_known", Q(block__in=Block.values), "Hãy chọn một trong hai khối."),
            says("initiative_field_known", Q(field__in=Field.values), "Hãy chọn một trong năm lĩnh vực."),
            says("initiative_status_known", Q(status__in=Status.values), "Trạng thái không có trong danh sách."),
            says(
                "initiative_unit_picked_or_typed",
                Q(unit__isnull=False, unit_other="") | (Q(unit=None) & ~Q(unit_other="")),
                "Hãy chọn đơn vị, hoặc ghi tên đơn vị nếu không có trong danh sách.",
            ),
            says(
                "initiative_benefit_plausible",
                Q(benefit=None) | Q(benefit__gte=0, benefit__lte=MOST_BENEFIT),
                "Hãy xem lại giá trị làm lợi.",
            ),
            says("initiative_consented", ~Q(consent_version=""), "Cần có sự đồng ý của tác giả."),
        ]

    def __str__(self):
        return f"{self.shown_code} {self.title}"

    def save(self, *args, update_fields=None, **kwargs):
        self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, "search_text", "name_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        return reverse("initiative", args=[self.code])

    def derive(self):
        """Fill the columns that follow from others. Who stores many at once calls it for each."""
        self.search_text = searchable(self)
        self.name_key = name_sort_bytes(self.full_name)
        if self.unit_id is None:
            self.unit_key = name_key(self.unit_other)

    @property
    def private_path(self):
        """The address that only its author knows."""
        return reverse("receipt", args=[self.campaign.slug, self.secret])

    @property
    def shown_code(self):
        return codes.shown(self.code)

    @property
    def shown_phone(self):
        return spoken(self.phone) if self.phone else ""

    @property
    def unit_name(self):
        """The unit that was picked, or the name that was typed."""
        return self.unit.name if self.unit_id else self.unit_other

    @property
    def authors(self):
        """The Persons behind it, the main author first."""
        return authors_of(self)

    @property
    def is_standing(self):
        """Neither withdrawn nor rejected."""
        return self.status not in {Status.WITHDRAWN, Status.REJECTED}


def practice_error(campaign, started_on):
    """Return the refusal of a first day of use outside the campaign's period (R6), or None."""
    if campaign.practice_from <= started_on <= campaign.practice_until:
        return None
    return ValidationError(
        f"Sáng kiến phải bắt đầu áp dụng từ {campaign.practice_from:%d/%m/%Y} đến {campaign.practice_until:%d/%m/%Y} "
        "(có thể đã nghiên cứu từ trước đó).",
        code="outside_practice_period",
    )
