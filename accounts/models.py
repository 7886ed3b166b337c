"""Who: the tree of unions, the people who work for them, and in which role."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from accounts.defaults import GivenPermission
from accounts.invitations import Invitation
from accounts.limits import PERSON_NAME_LIMIT, UNION_NAME_LIMIT
from accounts.querysets import MembershipQuerySet, UnionQuerySet, UserManager
from config.fields import LineField

__all__ = ["GivenPermission", "Invitation", "Level", "Membership", "Role", "Union", "User"]


class Level(models.TextChoices):
    NATIONAL = "NATIONAL", "Tổng Liên đoàn"
    TOP = "TOP", "LĐLĐ tỉnh, thành phố; Công đoàn ngành Trung ương"
    UPPER = "UPPER", "LĐLĐ huyện, thị xã, thành phố; Công đoàn ngành và tương đương"
    GRASSROOTS = "GRASSROOTS", "Công đoàn cơ sở"


PARENT_LEVELS = {
    Level.NATIONAL: {None},
    Level.TOP: {Level.NATIONAL},
    Level.UPPER: {Level.TOP},
    Level.GRASSROOTS: {Level.TOP, Level.UPPER},
}


class Union(models.Model):
    code = models.CharField("mã", max_length=20, unique=True)
    local_code = models.CharField(
        "mã của tỉnh, ngành", max_length=20, unique=True, null=True, blank=True, help_text="Mã khác cũng dùng được."
    )
    name = LineField("tên", max_length=UNION_NAME_LIMIT)
    short_name = LineField("tên gọn", max_length=UNION_NAME_LIMIT)
    slug = models.SlugField("phần địa chỉ web (không dấu)", max_length=80, blank=True)
    level = models.CharField("cấp", max_length=10, choices=Level)
    is_sector = models.BooleanField("công đoàn ngành", default=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="cấp trên", null=True, blank=True, related_name="children"
    )
    is_active = models.BooleanField("đang hoạt động", default=True)

    objects = UnionQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức công đoàn"
        verbose_name_plural = "tổ chức công đoàn"
        ordering = ["code"]
        indexes = [models.Index(fields=["parent", "code"], name="union_children")]
        constraints = [
            models.CheckConstraint(name="union_level_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(name="union_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="union_below_another_unless_national",
                condition=Q(level=Level.NATIONAL, parent=None) | (~Q(level=Level.NATIONAL) & Q(parent__isnull=False)),
                violation_error_message="Hãy chọn công đoàn cấp trên.",
            ),
            models.UniqueConstraint(fields=["level"], condition=Q(level=Level.NATIONAL), name="union_one_national"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        above = self.parent.level if self.parent else None
        if self.level and above not in PARENT_LEVELS[self.level]:
            raise ValidationError({"parent": "Cấp trên này không hợp với cấp của tổ chức."}, code="wrong_parent")

    @property
    def top(self):
        """The province federation or central sector above this union, itself included; None for the national one."""
        if self.level == Level.NATIONAL:
            return None
        return self if self.level == Level.TOP else self.parent.top

    @property
    def branch(self):
        """The union right below the top one through which initiatives of this union are put forward (R10)."""
        if self.level in {Level.NATIONAL, Level.TOP}:
            return None
        return self if self.parent.level == Level.TOP else self.parent.branch

    @property
    def plain_name(self):
        """What people call a top union: the province, or the sector without "Công đoàn" and "Việt Nam"."""
        if not self.is_sector:
            return self.short_name
        return self.name.removeprefix("Công đoàn ").removesuffix(" Việt Nam")


class User(AbstractUser):
    first_name = last_name = None
    full_name = LineField("họ tên", max_length=PERSON_NAME_LIMIT)
    sessions_ended = models.PositiveIntegerField("số lần thoát mọi nơi", default=0, db_default=0, editable=False)

    REQUIRED_FIELDS = ["full_name"]
    PERSONAL_FIELDS = frozenset({"full_name", "email"})

    objects = UserManager()

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]

    def __str__(self):
        return self.full_name or self.username

    @classmethod
    def normalize_username(cls, username):
        """An e-mail address that serves as a name is one, however it is typed."""
        name = super().normalize_username(username)
        return name.lower() if name and "@" in name else name

    def _get_session_auth_hash(self, secret=None):
        """Return a digest of everything whose change ends this person's sessions: see accounts/sessions.py."""
        rights = f"{self.password} {self.is_staff} {self.is_superuser} {self.sessions_ended}"
        return salted_hmac("accounts.session", rights, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name

    @cached_property
    def seats(self):
        """This person's memberships with their unions, read once a request."""
        return list(self.memberships.select_related("union__parent__parent")) if self.is_active else []

    def unions_as(self, *roles):
        """Return the unions in which this person has one of the roles."""
        return [seat.union for seat in self.seats if seat.role in roles]

    @property
    def manages_people(self):
        """Whether this person invites staff and gives roles: a board, national staff, administrators."""
        return self.is_national or bool(self.unions_as(Role.BOARD))

    @property
    def is_national(self):
        """Whether this person sees everything: national staff and administrators."""
        return self.is_active and (self.is_superuser or bool(self.unions_as(Role.NATIONAL)))


class Role(models.TextChoices):
    STAFF = "STAFF", "cán bộ công đoàn"
    BOARD = "BOARD", "Ban Chính sách pháp luật (hội đồng xét chọn)"
    NATIONAL = "NATIONAL", "Tổng Liên đoàn"


LEVELS_OF_ROLE = {
    Role.STAFF: {Level.TOP, Level.UPPER, Level.GRASSROOTS},
    Role.BOARD: {Level.TOP},
    Role.NATIONAL: {Level.NATIONAL},
}


class Membership(models.Model):
    user = models.ForeignKey(User, models.PROTECT, verbose_name="tài khoản", related_name="memberships")
    union = models.ForeignKey(Union, models.PROTECT, verbose_name="tổ chức công đoàn", related_name="memberships")
    role = models.CharField("vai trò", max_length=10, choices=Role)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        constraints = [
            models.UniqueConstraint(fields=["user", "union", "role"], name="membership_given_once"),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.union}"

    def clean(self):
        if self.role and self.union_id and self.union.level not in LEVELS_OF_ROLE[self.role]:
            raise ValidationError({"role": "Vai trò này không hợp với cấp của tổ chức."}, code="wrong_level")
