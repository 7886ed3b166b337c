"""How long an import of 5,000 rows takes, and in how much memory: `python -m bench.imports`. Nothing of it stays.

An ordinary file: 5,000 initiatives of one province, with texts of the demonstration. Reading, judging, preview; then,
once confirmed, judging again and storing.
"""

import io
import os
import tempfile
import threading
import time
from contextlib import contextmanager
from unittest.mock import patch

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 (Django first)
from django.core.files.base import ContentFile  # noqa: E402
from django.db import transaction  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from accounts.models import User  # noqa: E402
from awards.demo.loading import local_plan  # noqa: E402
from awards.demo.texts import read_texts  # noqa: E402
from bench.apart import at_most, main, memory_of, row, seconds  # noqa: E402
from initiatives import importing  # noqa: E402
from initiatives.import_columns import columns_for  # noqa: E402
from initiatives.import_models import Import, State  # noqa: E402
from initiatives.import_reading import MOST_ROWS, SHEET  # noqa: E402
from initiatives.models import Block, Field  # noqa: E402
from initiatives.paper_form import Places  # noqa: E402

SECONDS_BAR = 60
MEMORY_BAR_MB = 200


def workbook(union):
    """Return the bytes of a filled template."""
    columns, places, texts = columns_for(union), Places(union), read_texts()
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append([column.shown_header for column in columns])
    for number in range(MOST_ROWS):
        text, unit = texts[number % len(texts)], places.units[number % len(places.units)]
        values = {
            "full_name": f"Nguyễn Thị {['Hoà', 'Bình', 'Minh', 'Châu'][number % 4]}",
            "phone": f"0912{number:06}",
            "job_title": "Công nhân may",
            "birth_year": 1985,
            "email": f"a{number}@example.vn" if number % 3 == 0 else None,
            "unit": places.written(unit),
            "workplace": f"Xưởng số {number % 40}",
            "block": Block.ENTERPRISE.label,
            "field": Field.PRODUCTION.label,
            "title": f"{text.title[:180]} {number}",
            "description": text.description or "Gắn thêm thước và kẹp để cắt một lần được nhiều lớp vải.",
            "effect": text.effect,
            "benefit": 12_000_000,
            "started_on": "15/02/2021",
            "consent": "Có",
        }
        sheet.append([values.get(column.name) for column in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@contextmanager
def memory_watched():
    """Yield a list that fills, ten times a second, with the memory in MB of this process and its children together."""
    found, over = [], threading.Event()

    def watch():
        while not over.wait(0.1):
            found.append(memory_of(os.getpid(), with_children=True))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


def measure():
    plan = local_plan()
    by = User.objects.filter(is_superuser=True).first()
    before = memory_of(os.getpid())
    file = ContentFile(workbook(plan.union), name="giay.xlsx")
    arrived_at = plan.campaign.opens_at
    computing = time.process_time()
    with tempfile.TemporaryDirectory() as folder, transaction.atomic(), memory_watched() as memory:
        settings.MEDIA_ROOT = folder
        with patch.object(importing, "async_task"):
            found = importing.upload(plan.union, plan.campaign, file, by=by, arrived_at=arrived_at)
            checking = seconds(lambda: importing.check(found.pk))
            importing.confirm(Import.objects.get(pk=found.pk), by=by, arrived_at=arrived_at)
        storing = seconds(lambda: importing.store(found.pk))
        found = Import.objects.get(pk=found.pk)
        transaction.set_rollback(True)
    computing = time.process_time() - computing
    yield row("import: rows stored", f"{found.new_rows:,}", bar=f"{MOST_ROWS:,}", is_met=found.state == State.DONE)
    yield row("… checking, storing", f"{checking:.1f} s, {storing:.1f} s")
    yield at_most("… both", checking + storing, SECONDS_BAR, "s")
    yield row("… of which computing in this process", f"{computing:.1f} s")
    yield row("… memory before", f"{before:.0f} MB")
    yield at_most("… most memory, with the child that reads", max(memory), MEMORY_BAR_MB, "MB")


if __name__ == "__main__":
    main(measure)
