"""Letters that wait to be sent: written in the transaction of what they tell, sent later by the queue."""

from django.db import models
from django.db.models.functions import Now

from outbox.querysets import WAITING, MessageQuerySet


class Message(models.Model):
    kind = models.CharField("loại", max_length=40)
    about = models.CharField("về", max_length=80, db_index=True, help_text="Mã của việc mà thư này báo.")
    recipient = models.EmailField("người nhận")
    subject = models.CharField("tiêu đề", max_length=250)
    body = models.TextField("nội dung")
    attachments = models.JSONField("tệp kèm", default=list, help_text="Các cặp [tên tệp, đường dẫn trong kho].")
    created_at = models.DateTimeField("viết lúc", db_default=Now())
    next_try_at = models.DateTimeField("lần thử tới", db_default=Now())
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    given_up_at = models.DateTimeField("thôi gửi lúc", null=True, blank=True)
    last_error = models.TextField("lỗi gần nhất", blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "thư"
        verbose_name_plural = "thư gửi đi"
        # Of millions of letters a few wait: the queue reads no others.
        indexes = [models.Index(fields=["next_try_at"], condition=WAITING, name="message_due")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about", "recipient"], name="message_written_once"),
        ]

    def __str__(self):
        return f"{self.subject} → {self.recipient}"
