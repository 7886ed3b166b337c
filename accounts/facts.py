"""What is on the record under names that are no fields (record/reading.py)."""

from accounts.models import Role

FACTS = [{"union": ("công đoàn", None), "role": ("vai trò", Role.choices), "username": ("tên đăng nhập", None)}]
