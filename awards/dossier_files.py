"""The files of a filed dossier, for its page in the admin: to keep, and the letter's first page to look at."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_safe

from config.private_files import file_answer
from dossiers.filing_views import attachment
from dossiers.models import Filing
from record.taking import put_taken

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FilePages:
    """For the admin of filed dossiers, which says what is `visible`."""

    def file_urls(self):
        own, at = self.admin_site.admin_view, "<int:pk>/lan-nop/<int:number>/"
        letter = f"{at}to-trinh/<int:place>/"
        return [
            path(letter, own(require_safe(self.letter)), name="awards_letter"),
            path(f"{letter}anh.jpg", own(require_safe(self.first_page)), name="awards_first_page"),
            path(f"{at}bang.xlsx", own(require_safe(self.table)), name="awards_table"),
        ]

    def filing(self, request, pk, number):
        filings = Filing.objects.select_related("letter", "dossier__union")
        return get_object_or_404(filings, dossier=self.visible(request, pk), number=number)

    def letter_file(self, request, pk, number, place):
        files = self.filing(request, pk, number).letter.files.select_related("letter__dossier__union")
        return get_object_or_404(files, place=place)

    def letter(self, request, pk, number, place):
        file = self.letter_file(request, pk, number, place)
        put_taken(request, file.letter.dossier, file.download_name)
        return download(file.file, file.download_name, file.content_type)

    def first_page(self, request, pk, number, place):
        """The small picture of a file's first page: of our own making, so it may be shown inside the site."""
        file = self.letter_file(request, pk, number, place)
        if not file.thumbnail:
            raise Http404
        return attachment(file.thumbnail.open("rb"), "", "image/jpeg", shown=True)

    def table(self, request, pk, number):
        filing = self.filing(request, pk, number)
        put_taken(request, filing.dossier, filing.table_name)
        return download(filing.table, filing.table_name, XLSX)


def first_page_of(filing):
    """Return the file of a filing's letter whose first page can be shown; None where nothing could be drawn."""
    return next((file for file in filing.letter.files.all() if file.thumbnail), None)


def download(file, name, content_type):
    """Answer with a file to keep, never to be shown in the site's own pages."""
    answer = file_answer(file.open("rb"), filename=name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
