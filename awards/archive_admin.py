"""The admin's page on which a board takes the whole record of its plan away."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from awards.archives_models import ArchiveState
from awards.archiving import begin
from awards.dossier_files import download
from awards.models import PlanArchive
from record.taking import put_taken

REFRESH_SECONDS = "3"
SHOWN = 20


class ArchivePages:
    """Beside the pages of SelectionAdmin, for all who may see the plan."""

    def archive_urls(self):
        own, form = self.admin_site.admin_view, require_http_methods(["GET", "POST"])
        return [
            path("<int:pk>/ho-so-luu/", own(form(self.archives)), name="awards_archives"),
            path("<int:pk>/ho-so-luu/<int:archive_pk>.zip", own(require_safe(self.archive)), name="awards_archive"),
        ]

    def archives(self, request, pk):
        """What was made lately, and a button for a new one."""
        plan = self.visible(request, pk)
        if request.method == "POST":
            archive = begin(plan, with_files=request.POST.get("with_files") == "on", by=request.user)
            if archive.state == ArchiveState.FAILED:
                messages.error(request, "Không ghi được hồ sơ lưu. Hãy thử lại, hoặc báo người quản trị.")
            return redirect("admin:awards_archives", pk)
        archives = PlanArchive.objects.visible_to(request.user).filter(plan=plan)
        archives = list(archives.select_related("asked_by", "plan__union").order_by("-pk")[:SHOWN])
        title = "Hồ sơ lưu của kế hoạch"
        answer = self.page(request, "admin/awards/archives.html", plan, title=title, plan=plan, archives=archives)
        if any(archive.state == ArchiveState.MAKING for archive in archives):
            answer["Refresh"] = REFRESH_SECONDS
        return answer

    def archive(self, request, pk, archive_pk):
        archives = PlanArchive.objects.visible_to(request.user).select_related("plan__union")
        archive = get_object_or_404(archives, plan=self.visible(request, pk), pk=archive_pk)
        if not archive.file:
            raise Http404
        put_taken(request, archive.plan, archive.download_name)
        return download(archive.file, archive.download_name, "application/zip")
