"""The council's papers on pages of their own below the selection: what there is, draft or final, to be taken away."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.file_names import file_name
from awards import council_papers
from awards.candidates import locked
from awards.certificates import certificates_pdf
from awards.issuing import issue
from awards.list_file import write_list
from awards.listing import lines_of, shown_mark
from awards.meeting_forms import SettingsForm
from awards.nomination_package import members_of, streamed
from awards.paper_settings import certificate_of, keep_settings
from awards.publishing import chosen_entries
from awards.selection_state import publication_of
from dossiers.letterhead import PROFILE_FIELDS, profile_of
from record.writing import write

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF, ZIP = "application/pdf", "application/zip"


@dataclass(frozen=True)
class Paper:
    """One paper of a plan: its part of the address, what it is, how it is made (`make(plan, user)`), its kind."""

    key: str
    label: str
    about: str
    make: Callable
    extension: str
    content_type: str
    of_nominated: bool = False


PAPERS = [
    Paper(
        "quyet-dinh",
        "Quyết định khen thưởng",
        "Word, có phụ lục danh sách",
        lambda plan, user: council_papers.decision(plan, user)[0],
        "docx",
        DOCX,
    ),
    Paper(
        "danh-sach-khen-thuong",
        "Danh sách khen thưởng",
        "Excel, khổ A4 ngang",
        lambda plan, user: write_list(plan, lines_of(plan, user)),
        "xlsx",
        XLSX,
    ),
    Paper(
        "bang-khen",
        "Bằng khen, giấy khen",
        "PDF, mỗi tác giả hoặc nhóm một trang A4 ngang",
        lambda plan, user: certificates_pdf(plan, lines_of(plan, user)),
        "pdf",
        PDF,
    ),
    Paper(
        "to-trinh-bieu-duong",
        "Tờ trình đề nghị biểu dương",
        "Word, có danh sách",
        lambda plan, user: council_papers.nomination(plan, user)[0],
        "docx",
        DOCX,
        of_nominated=True,
    ),
    Paper(
        "danh-sach-bieu-duong",
        "Danh sách đề nghị biểu dương",
        "Excel, khổ A4 ngang",
        lambda plan, user: write_list(plan, lines_of(plan, user, nominated_only=True), nominated_only=True),
        "xlsx",
        XLSX,
        of_nominated=True,
    ),
    Paper(
        "ho-so-bieu-duong",
        "Bộ hồ sơ đề nghị biểu dương",
        "ZIP: tờ trình, danh sách, mỗi sáng kiến một trang PDF, mã kiểm SHA-256",
        lambda plan, user: streamed(members_of(plan, user)),
        "zip",
        ZIP,
        of_nominated=True,
    ),
]


class PaperPages:
    """Pages of SelectionAdmin; seen by whom its plans are seen, and what is taken away is put on record."""

    def paper_urls(self):
        own, both = self.admin_site.admin_view, require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("<int:pk>/van-ban/", own(require_safe(self.papers)), name="awards_papers"),
            path("<int:pk>/van-ban/thong-tin/", own(both(self.paper_settings)), name="awards_paper_settings"),
            path("<int:pk>/van-ban/tai-ve/<str:key>/", own(require_POST(self.take_paper)), name="awards_take_paper"),
        ]

    def papers(self, request, pk):
        plan = self.visible(request, pk)
        entries = list(chosen_entries([plan]))
        nominated = sum(entry.is_nominated for entry in entries)
        return self.page(
            request,
            "admin/awards/papers.html",
            plan,
            title=f"Văn bản: {plan.union}",
            plan=plan,
            papers=[(paper, nominated if paper.of_nominated else len(entries)) for paper in PAPERS],
            meetings=plan.meetings.all(),
            mark=shown_mark(entries),
            publication=publication_of(plan),
            deciding=self.may_decide(request, plan),
        )

    def take_paper(self, request, pk, key):
        plan = self.visible(request, pk)
        paper = next((paper for paper in PAPERS if paper.key == key), None)
        if paper is None:
            raise Http404
        publication = publication_of(plan)
        if publication and self.may_decide(request, plan):
            issue(plan, by=request.user)  # for what was published before there were certificates
        put_on_record(plan, key, is_draft=publication is None, by=request.user)
        name = file_name(key, plan.union, *([] if publication else ["du-thao"]), extension=paper.extension)
        return handed_out(paper.make(plan, request.user), name, paper.content_type)

    def paper_settings(self, request, pk):
        plan = self.decided(request, pk)
        if request.method != "POST":
            return self.settings_page(request, plan, SettingsForm(instance=profile_of(plan.union), initial=shown(plan)))
        form = SettingsForm(request.POST, instance=profile_of(plan.union))
        if form.is_valid():
            try:
                values = {name: form.cleaned_data[name] for name in PROFILE_FIELDS}
                seen = {name: form.cleaned_data[name] for name in ("version", "given")}
                keep_settings(plan, values, form.cleaned_data["certificate"], by=request.user, **seen)
                messages.success(request, "Đã lưu thông tin in trên văn bản.")
                return redirect("admin:awards_papers", plan.pk)
            except ValidationError as refusal:
                form.add_error(None, refusal)
                form.data = form.data.dict() | shown(plan, ("version", "given"))
        return self.settings_page(request, plan, form, status=422)

    def settings_page(self, request, plan, form, status=200):
        context = {"title": "Thông tin in trên văn bản", "plan": plan, "form": form}
        return self.page(request, "admin/awards/paper_settings.html", plan, status=status, **context)


def shown(plan, names=("certificate", "version", "given")):
    """Return what a new form of the settings shows beside the letterhead."""
    given = certificate_of(plan)
    values = {"certificate": given, "version": profile_of(plan.union).version, "given": given}
    return {name: values[name] for name in names}


@transaction.atomic
def put_on_record(plan, key, *, is_draft, by):
    """Write down that somebody took a paper with personal data away (R20)."""
    plan = locked(plan)
    write(plan, "paper_taken", by=by, after={"paper": key, "draft": is_draft})


def handed_out(content, name, content_type):
    """Answer with a file to keep; what comes in pieces is sent in pieces."""
    kind = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    answer = kind(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
