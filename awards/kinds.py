"""What is given, and what an amendment does after publication."""

from django.db import models


class Kind(models.TextChoices):
    PROVINCE = "PROVINCE", "Khen thưởng cấp tỉnh, ngành"
    NATIONAL = "NATIONAL", "Đề nghị Tổng Liên đoàn biểu dương"


class Change(models.TextChoices):
    REVOKED = "REVOKED", "Thu hồi"
    GRANTED = "GRANTED", "Bổ sung"
    REWORDED = "REWORDED", "Đính chính thông tin"
