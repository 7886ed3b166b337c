"""The receipt that an author keeps, as a PDF."""

from django.utils.timezone import localtime

from config import qr, typesetting
from initiatives.models import Status
from initiatives.posters import facts_of


def receipt_pdf(initiative, address, made_at):
    """Return the PDF of a receipt; `address` is the private page that its code leads to."""
    arrived, made = localtime(initiative.arrived_at), localtime(made_at)
    union = ", ".join(dict.fromkeys([initiative.unit_name, initiative.top.name]))
    data = facts_of(initiative.campaign) | {
        "code": initiative.shown_code,
        "time": f"{arrived:%H:%M:%S}",
        "day": f"{arrived:%d/%m/%Y}",
        "facts": [
            ("Tên sáng kiến", initiative.title),
            *([("Tập thể", initiative.collective)] if initiative.collective else []),
            ("Tác giả", "\n".join(map(str, initiative.authors))),
            ("Chức vụ, công việc", initiative.job_title),
            ("Nơi làm việc", initiative.workplace),
            ("Công đoàn", union),
        ],
        "waits": initiative.status == Status.SENT,
        "address": address,
        "qr": qr.svg(address).decode(),
        "made": f"{made:%H:%M:%S} ngày {made:%d/%m/%Y}",
    }
    return typesetting.pdf("receipt", data)
