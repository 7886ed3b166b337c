from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Công đoàn và tài khoản"

    def ready(self):
        from accounts import security_log, sessions  # noqa: PLC0415 (models are there only now)

        sessions.watch()
        security_log.watch()
