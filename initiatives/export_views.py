"""Union staff take the list of initiatives away as a file."""

import io

from django.http import FileResponse, Http404, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from config.private_files import file_answer
from initiatives.exporting import begin, begin_later, csv_parts, finish, is_short, write_book
from initiatives.exports import Export, ExportState, Kind
from initiatives.limits import MOST_IN_XLSX
from initiatives.staff_views import list_filter
from record.taking import put_taken

TYPES = {Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Kind.CSV: "text/csv"}
REFRESH_SECONDS = "3"


@require_POST
def export_initiatives(request):
    """What the list shows, as a file at once; a long one as XLSX is written by the queue."""
    kind = Kind.CSV if request.POST.get("kind") == Kind.CSV else Kind.XLSX
    query = list_filter(request, QueryDict(request.POST.get("list", ""))).query_string()
    if kind == Kind.CSV:
        export = begin(request.user, kind, query)
        return StreamingHttpResponse(csv_parts(export), content_type="text/csv; charset=utf-8", headers=named(export))
    if not is_short(request.user, query):
        return redirect(begin_later(request.user, query))
    export, target = begin(request.user, kind, query), io.BytesIO()
    write_book(export, target)
    finish(export)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=export.download_name, content_type=TYPES[kind])


def named(export):
    return {"Content-Disposition": content_disposition_header(as_attachment=True, filename=export.download_name)}


@require_safe
def export(request, pk):
    """How far an export is; the page comes again by itself until it is done."""
    found = get_object_or_404(Export.objects.made_by(request.user), pk=pk)
    response = render(request, "initiatives/export.html", {"export": found, "most": MOST_IN_XLSX})
    if found.state == ExportState.MAKING:
        response["Refresh"] = REFRESH_SECONDS
    return response


@require_safe
def export_file(request, pk):
    found = get_object_or_404(Export.objects.made_by(request.user), pk=pk)
    if not found.file:
        raise Http404
    put_taken(request, found, found.download_name)
    return file_answer(found.file.open(), filename=found.download_name, content_type=TYPES[found.kind])
