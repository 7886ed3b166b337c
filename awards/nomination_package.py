"""The nominations as one archive for the union above: letter, list, a page for each initiative, and their digests."""

import hashlib
import zipfile
from functools import partial

from django.utils.timezone import localtime

from awards import council_papers
from awards.certificates import names_on
from awards.list_file import write_list
from awards.listing import lines_of
from awards.selection_state import publication_of
from config import clock, typesetting
from config.text import clean_line

MANIFEST = "SHA256SUMS.txt"
# The oldest time that archives know: the same package has the same members, whenever it is made.
TIMELESS = (1980, 1, 1, 0, 0, 0)


class Pipe:
    """What an archive is written to; what was written since is taken away."""

    def __init__(self):
        self.parts = []

    def write(self, content):
        self.parts.append(bytes(content))
        return len(content)

    def flush(self):
        pass

    def taken(self):
        content, self.parts = b"".join(self.parts), []
        return content


def members_of(plan, user):
    """Return [(ASCII name, what makes its bytes)] of a plan's package in their order; the letter is made at once."""
    lines = lines_of(plan, user, nominated_only=True)
    letter, _ = council_papers.nomination(plan, user)
    return [
        ("01-to-trinh.docx", lambda: letter),
        ("02-danh-sach.xlsx", partial(write_list, plan, lines, nominated_only=True)),
        *(
            (f"{number:02d}-sang-kien-{line.entry.initiative.shown_code}.pdf", partial(nominee_pdf, plan, line))
            for number, line in enumerate(lines, start=3)
        ),
    ]


def streamed(members):
    """Yield the bytes of the archive of these members, last of all the manifest as `sha256sum -c` reads it."""
    pipe, digests = Pipe(), []
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, make in members:
            content = make()
            digests.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
            put(archive, name, content)
            yield pipe.taken()
        put(archive, MANIFEST, "".join(digests).encode())
    yield pipe.taken()


def put(archive, name, content):
    member = zipfile.ZipInfo(name, TIMELESS)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content)


def nominee_pdf(plan, line):
    """Return the PDF page of one nominated initiative."""
    entry, publication = line.entry, publication_of(plan)
    made = f"Lập lúc {localtime(clock.now()):%H:%M ngày %d/%m/%Y}" + ("" if publication else ". Dự thảo, chưa công bố")
    return typesetting.pdf(
        "nominee",
        {
            "programme": clean_line(plan.campaign.name),
            "union": plan.union.name,
            "number": str(line.number),
            "code": entry.initiative.shown_code,
            "title": clean_line(entry.title),
            "made": made,
            "facts": [
                ("Tác giả", "\n".join(names_on(entry))),
                ("Chức vụ, đơn vị công tác", entry.position),
                ("Công đoàn đề nghị", entry.dossier.union.name),
                ("Khối", entry.get_block_display()),
                ("Lĩnh vực", entry.get_field_display()),
                ("Thời gian áp dụng", entry.practised),
                *([("Quyết định khen thưởng", str(publication))] if publication else []),
                *([("Điểm của hội đồng", line.points)] if line.points else []),
                *([("Thứ hạng", line.rank)] if line.rank else []),
            ],
            "texts": [("Tóm tắt nội dung", entry.summary), ("Hiệu quả và giá trị làm lợi", entry.effect)],
        },
    )
