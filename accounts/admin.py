"""Unions and people in the admin."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from accounts.models import Level, Membership, Union, User
from accounts.roles import grant, match_groups, revoke
from accounts.sessions import end_all
from accounts.visible_admin import KnownChoices, UnstaleForm, VisibleAdmin, VisibleChoices
from config.text import clean_line, fold
from record.writing import write

CODE_LETTERS = r"^[A-Za-z0-9][A-Za-z0-9.-]*$"
# Short, for a column; a form says the whole name.
LEVEL_NAMES = {Level.TOP: "Tỉnh, ngành Trung ương", Level.UPPER: "Huyện và tương đương", Level.GRASSROOTS: "Cơ sở"}
BOARD_LEVELS = [Level.UPPER, Level.GRASSROOTS]
MOST_NAMESAKES = 1000


def union_named(text, prefix=""):
    """Return a condition: the union behind `prefix` has this text in its name or code; "dai tu" finds "Đại Từ"."""
    text = clean_line(text)
    condition = Q(**{f"{prefix}name__icontains": text}) | Q(**{f"{prefix}short_name__icontains": text})
    for field in ("code", "local_code"):
        condition |= Q(**{f"{prefix}{field}": text.upper()})
    slug = slugify(fold(text))
    return condition | Q(**{f"{prefix}slug__contains": slug}) if slug else condition


class UnionForm(UnstaleForm):
    code = forms.RegexField(
        CODE_LETTERS,
        label="Mã",
        max_length=20,
        required=False,
        help_text="Chữ cái không dấu, chữ số, dấu chấm, gạch nối. Để trống thì hệ thống tự đặt.",
    )
    local_code = forms.RegexField(
        CODE_LETTERS,
        label="Mã của tỉnh, ngành",
        max_length=20,
        required=False,
        empty_value=None,
        help_text="Không bắt buộc. Dùng khi tỉnh, ngành có bộ mã riêng.",
    )

    def clean(self):
        cleaned = super().clean()
        parent = cleaned.get("parent")
        if "code" in self.fields and not cleaned.get("code") and "code" not in self.errors and parent:
            cleaned["code"] = free_code_below(parent)
        for name in ("code", "local_code"):
            code = cleaned.get(name)
            if code and Union.objects.by_code(code).exclude(pk=self.instance.pk).exists():
                self.add_error(name, ValidationError("Mã này đã có tổ chức khác dùng.", code="code_taken"))
        return cleaned


def free_code_below(parent):
    """Return a code like "164-12" that no union has."""
    for number in range(parent.children.count() + 1, MOST_NAMESAKES):
        code = f"{parent.code}-{number}"
        if not Union.objects.by_code(code).exists():
            return code
    raise ValidationError({"code": "Hãy ghi mã."}, code="code_missing")


class LevelFilter(KnownChoices):
    title, field, choices_class = "cấp", "level", Level

    def lookups(self, request, model_admin):
        return [(level.value, name) for level, name in LEVEL_NAMES.items()]


@admin.register(Union)
class UnionAdmin(VisibleAdmin):
    form = UnionForm
    fields = ["name", "short_name", "level", "parent", "code", "local_code", "slug", "is_sector", "is_active"]
    autocomplete_fields = ["parent"]
    list_display = ["name", "code", "local_code", "shown_level", "parent", "is_active"]
    list_select_related = ["parent"]
    list_filter = [LevelFilter]
    search_fields = ["name"]
    search_help_text = "Tên (có dấu hoặc không dấu) hoặc mã."
    sortable_by = ["code"]

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(union_named(search_term)) if clean_line(search_term) else queryset), False

    @admin.display(description="cấp")
    def shown_level(self, union):
        return LEVEL_NAMES.get(union.level, union.get_level_display())

    def looked_after_by(self, user):
        """The unions in which this person may add and change others: a board's top union and those below it."""
        return Union.objects.all() if user.is_national else Union.objects.family_of(user.unions_as("BOARD"))

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None or request.user.is_national:
            return allowed
        return obj.level in BOARD_LEVELS and self.looked_after_by(request.user).filter(pk=obj.pk).exists()

    def get_fields(self, request, obj=None):
        hidden = set() if request.user.is_national else {"slug", "is_sector"}
        return [name for name in self.fields if name not in hidden]

    def get_readonly_fields(self, request, obj=None):
        """A code stands on posters; a level and a place in the tree decide quotas (R10, R16)."""
        if obj is None:
            return []
        fixed = ["code"] if request.user.is_national else ["code", "level"]
        if obj.level == Level.NATIONAL or is_in_use(obj):
            fixed = ["code", "level", "parent"]
        return fixed

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "level":
            levels = [Level.TOP, *BOARD_LEVELS] if request.user.is_national else BOARD_LEVELS
            kwargs["choices"] = [("", "---------"), *((level.value, level.label) for level in levels)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = self.looked_after_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        obj.slug = obj.slug or slugify(fold(obj.name))[:80]
        super().save_model(request, obj, form, change)


def is_in_use(union):
    """Whether something already depends on this union's place in the tree."""
    return union.dossiers.exists() or union.branch_initiatives.exists() or union.unit_initiatives.exists()


class NewPersonForm(UserCreationForm):
    class Meta:
        model = User
        fields = ["username", "full_name", "email"]


class NewPasswordForm(AdminPasswordChangeForm):
    """Sets a password; an account that shall not sign in is made inactive instead."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        self.fields["password1"].required = self.fields["password2"].required = True


class MembershipInline(VisibleChoices, admin.TabularInline):
    """Roles are given and taken back, each on the record; one that stands is not turned into another."""

    model = Membership
    extra = 1
    autocomplete_fields = ["union"]
    verbose_name_plural = "phân công: làm việc gì, ở tổ chức nào"

    def get_queryset(self, request):
        return Membership.objects.visible_to(request.user).select_related("union", "user")

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(VisibleAdmin, StockUserAdmin):
    form, add_form, change_password_form = UnstaleForm, NewPersonForm, NewPasswordForm
    change_user_password_template = "admin/accounts/password.html"  # noqa: S105 (a file, no password)
    add_form_template = None  # the stock one only adds a sentence in English
    inlines = [MembershipInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["username", "full_name", "email", "is_active"],
                "description": "<a href='../password/'>Đặt lại mật khẩu</a>",
            },
        ),
        ("Quyền kỹ thuật", {"fields": ["is_superuser"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["username", "full_name", "email", "password1", "password2"],
                "description": "Lưu xong, trang tiếp theo cho chọn phân công: làm việc gì, ở tổ chức nào.",
            },
        )
    ]
    list_display = ["username", "full_name", "email", "is_active", "last_login"]
    list_filter = filter_horizontal = []
    search_fields = ["username", "full_name", "email"]
    search_help_text = "Tên đăng nhập, họ tên hoặc e-mail."
    sortable_by = ["username"]
    deed_words = VisibleAdmin.deed_words | {
        "role_granted": "Giao vai trò",
        "role_revoked": "Thôi vai trò",
        "password_set": "Đặt lại mật khẩu",
    }

    def has_change_permission(self, request, obj=None):
        """Only an administrator changes an administrator, password included."""
        own_kind = obj is None or request.user.is_superuser or not obj.is_superuser
        return own_kind and super().has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is None or request.user.is_superuser else fieldsets[:1]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):
        answer = super().user_change_password(request, id, form_url)
        if request.method == "POST" and answer.status_code == 302:
            write(User.objects.get(pk=id), "password_set", by=request.user)
        return answer

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data:
            end_all(obj)

    def save_formset(self, request, form, formset, change):
        formset.save(commit=False)
        for membership in formset.deleted_objects:
            revoke(membership, by=request.user)
        for membership in formset.new_objects:
            grant(membership.user, membership.union, membership.role, by=request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        match_groups(form.instance)

    def detail_of(self, event):
        if event.deed in {"role_granted", "role_revoked"}:
            facts = event.after or event.before
            return f"{facts['role']}, {facts['union']}"
        return super().detail_of(event)
