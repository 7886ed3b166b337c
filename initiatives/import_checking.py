"""Judge an uploaded workbook: what is wrong with which cell, which rows are new, which are there already."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.crypto import salted_hmac

from config.text import clean_line, dotted, fold
from initiatives.codes import shown
from initiatives.import_columns import columns_for, form_value, header_of
from initiatives.import_reading import MOST_COLUMNS, MOST_ROWS, read
from initiatives.models import Initiative
from initiatives.paper_form import PaperForm, Places
from initiatives.workplaces import OTHER

AT_ONCE = 500
NEW_TEMPLATE = "Hãy chép dữ liệu sang mẫu mới tải từ trang này, rồi tải lên lại."
REFUSALS = {
    "not_xlsx": f"Tệp này không phải bảng tính Excel .xlsx. {NEW_TEMPLATE}",
    "old_excel": "Đây là tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành “Excel Workbook (*.xlsx)”.",
    "encrypted": "Tệp này có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu rồi tải lên lại.",
    "macros": f"Tệp này có chứa macro nên không nhận. {NEW_TEMPLATE}",
    "embedded": f"Tệp này có tệp khác nhúng bên trong nên không nhận. {NEW_TEMPLATE}",
    "doctype": f"Tệp này có phần khai báo mà Excel không bao giờ ghi nên không nhận. {NEW_TEMPLATE}",
    "bomb": f"Tệp này mở ra quá lớn nên không đọc được. {NEW_TEMPLATE}",
    "broken": f"Tệp này bị hỏng, không đọc được. {NEW_TEMPLATE}",
    "too_many_rows": f"Tệp có quá {dotted(MOST_ROWS)} dòng. Hãy chia thành nhiều tệp.",
    "too_much_text": "Tệp có quá nhiều chữ. Hãy chia thành nhiều tệp.",
}


@dataclass
class Row:
    """One filled row: its number, the clean answers, and what makes it one that is there already."""

    number: int
    answers: dict
    submission_id: uuid.UUID
    known: str = ""


@dataclass
class Judged:
    """What a file holds. `problems` are (row, cell, column, sentence); rows with one are not among `rows`."""

    refusal: str = ""
    problems: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    unused: list = field(default_factory=list)

    @property
    def new(self):
        return [row for row in self.rows if not row.known]


def judge(content, campaign, union, progress=lambda done, of: None):
    """Return what is Judged of a file's bytes for an import of this union. Stores nothing; tells `progress`."""
    found = read(content)
    if why := found.get("refused"):
        return Judged(refusal=REFUSALS.get(why, REFUSALS["broken"]))
    return Sheet(found, campaign, union).judged(progress)


class Sheet:
    """The rows of one file, and the form that judges them."""

    def __init__(self, found, campaign, union):
        self.campaign, self.union = campaign, union
        self.columns = columns_for(union)
        self.header = header_of(found["rows"], self.columns)
        self.rows = [(n, texts) for n, texts in found["rows"] if self.header and n > self.header.row]
        self.formulas = {(number, place) for number, place in found["formulas"]}
        self.result = Judged(unused=self.header.unused if self.header else [])

    def judged(self, progress):
        self.result.refusal = self.refusal()
        if self.result.refusal:
            return self.result
        self.places = Places(self.union)
        self.form = PaperForm(self.campaign, self.union, self.places)
        self.own = self.union
        if code := self.header.unit_code:
            self.own = self.union if code == self.union.code else self.places.by_code.get(code)
            if self.own is None:
                self.result.refusal = (
                    f"Mẫu này ghi mã đơn vị {code}, không thuộc {self.union}. Hãy tải mẫu của đơn vị mình."
                )
                return self.result
        for done, (number, texts) in enumerate(self.rows):
            if done % AT_ONCE == 0:
                progress(done, len(self.rows))
            self.judge_row(number, texts)
        self.name_doubles_within()
        mark_known(self.campaign, self.result.rows)
        return self.result

    def refusal(self):
        """Return why the file as a whole cannot be read, or nothing."""
        if self.header is None:
            return f"Không thấy dòng tiêu đề của mẫu (Họ và tên, Số điện thoại…). {NEW_TEMPLATE}"
        missing = [c.header for c in self.columns if c.is_needed and c.name not in self.header.places]
        if missing:
            return f"Thiếu cột {', '.join(f'“{name}”' for name in missing)}. {NEW_TEMPLATE}"
        if not self.rows:
            return "Tệp chưa có dòng nào được điền dưới dòng tiêu đề."
        return REFUSALS["too_many_rows"] if len(self.rows) > MOST_ROWS else ""

    def judge_row(self, number, texts):
        values, problems = {}, {}
        for column in self.columns:
            place = self.header.places.get(column.name, MOST_COLUMNS)
            text = texts[place] if place < len(texts) and texts[place] else ""
            if (number, place) in self.formulas:
                problems[column.name] = "Ô này là công thức. Hãy dán lại giá trị (Paste Values)."
            value = form_value(column, text)
            if value is None and column.name not in problems:
                problems[column.name] = f"“{text[:40]}” chưa rõ. Hãy ghi Có, hoặc để trống."
            values[column.name] = value or ""
        values["unit"] = self.unit_value(values, problems)
        if not self.form.judge(values):
            for name, code, sentence in self.form.refusals():
                problems.setdefault(name, self.said(name, code, sentence))
        if problems:
            self.result.problems += [self.problem(number, name, text) for name, text in problems.items()]
            return
        answers = self.form.answers()
        self.result.rows.append(Row(number, answers, submission_id_of(self.campaign, answers)))

    def unit_value(self, values, problems):
        """Return what the form's second picker would send."""
        text = values["unit"]
        if not text.strip():
            if self.own.branch:
                return self.own.code
            return OTHER if values.get("unit_other") else ""
        if code := self.places.code_of(text):
            return code
        problems.setdefault(
            "unit", f"“{clean_line(text)[:80]}” không có trong danh sách của {self.union}. Hãy chọn lại."
        )
        return self.places.units[0].code if self.places.units else OTHER

    def said(self, name, code, sentence):
        if (name, code) == ("unit", "required"):
            return "Hãy chọn công đoàn trong danh sách, hoặc ghi tên ở cột bên cạnh."
        return sentence

    def problem(self, number, name, sentence):
        header = next((column.header for column in self.columns if column.name == name), "")
        return number, self.header.cell(name, number), header, sentence

    def name_doubles_within(self):
        """The same row twice counts once; rows of one author and title that say different things are a mistake."""
        first, kept = {}, []
        for row in self.result.rows:
            same = first.setdefault(row.submission_id, row)
            if same is row or same.answers == row.answers:
                row.known = "" if same is row else f"trùng dòng {same.number}"
                kept.append(row)
                continue
            self.result.problems.append(
                self.problem(
                    row.number,
                    "title",
                    f"Cùng tác giả và tên với dòng {same.number} nhưng nội dung khác. "
                    "Nếu là hai sáng kiến, hãy đặt tên khác nhau; nếu là một, hãy xóa bớt một dòng.",
                )
            )
        self.result.rows = kept
        self.result.problems.sort(key=lambda problem: problem[0])


def submission_id_of(campaign, answers):
    """Return the submission id of what is on paper: the same author, phone and title have the same one (R7).

    It is keyed: when the person was forgotten, nobody can try names and phones against it (R19).
    """
    said = [str(campaign.pk), *said_by(answers)]
    return uuid.UUID(bytes=salted_hmac("initiative from paper", "\n".join(said), algorithm="sha256").digest()[:16])


def mark_known(campaign, rows):
    """Mark the rows whose initiative is stored already, sent on paper or by its author."""
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        there = stored_among(campaign, part)
        for row in part:
            code = there.get(row.submission_id) or there.get(said_by(row.answers))
            if code:
                row.known = f"đã có, mã {shown(code)}"


def stored_among(campaign, rows):
    """Return {submission id: code, (phone, author, title): code} of the initiatives stored for these rows."""
    same = Q(submission_id__in=[row.submission_id for row in rows])
    phones = Q(campaign=campaign, phone__in={row.answers["phone"] for row in rows})
    there = {}
    for condition in (same, phones):
        found = Initiative.objects.filter(condition).values("submission_id", "phone", "full_name", "title", "code")
        for stored in found.iterator():
            there[stored["submission_id"]] = there[said_by(stored)] = stored["code"]
    return there


def said_by(answers):
    return answers["phone"], fold(answers["full_name"]), fold(answers["title"])
