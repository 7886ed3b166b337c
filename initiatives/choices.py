"""What an initiative is picked to be, and how it stands."""

from django.db import models


class Block(models.TextChoices):
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    ADMINISTRATIVE = "administrative", "Hành chính sự nghiệp"


class Field(models.TextChoices):
    PRODUCTION = "production", "Sản xuất có giá trị làm lợi cao"
    NEW_PRODUCT = "new_product", "Tạo ra sản phẩm mới"
    SAFETY_ENVIRONMENT = "safety_environment", "An toàn vệ sinh lao động, bảo vệ môi trường"
    ADMINISTRATION = "administration", "Cải cách hành chính, xây dựng Đảng và hệ thống chính trị, quản lý, điều hành"
    COMMUNITY = "community", "Vì cộng đồng (y tế, giáo dục)"


class Gender(models.TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"
    OTHER = "other", "Khác"


class Status(models.TextChoices):
    SENT = "SENT", "Chờ rà soát"
    ACCEPTED = "ACCEPTED", "Đã chấp nhận"
    REJECTED = "REJECTED", "Không đạt"
    WITHDRAWN = "WITHDRAWN", "Đã rút"
