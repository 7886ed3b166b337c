"""What the author does with the own data: read it, take it as a file, ask for its removal (R19)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers.my_data import data_of
from dossiers.removal_forms import RemovalForm
from initiatives.author_views import secret
from initiatives.forgetting import ask_removal, mentions, take_removal_back
from initiatives.limits import REMOVAL_HOURS
from initiatives.sending_views import REFUSED, point_at_first_error


@secret
@require_safe
def my_data(request, initiative):
    sections = data_of(initiative).items()
    context = {
        "campaign": initiative.campaign,
        "initiative": initiative,
        "sections": [(title, rows if isinstance(rows, list) else [rows]) for title, rows in sections],
        "removal": initiative.removal_requests.last(),
    }
    return render(request, "initiatives/my_data.html", context)


@secret
@require_safe
def my_data_file(request, initiative):
    data = {"Mã sáng kiến": initiative.shown_code, **data_of(initiative)}
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Type"] = "application/json; charset=utf-8"
    response["Content-Disposition"] = f'attachment; filename="du-lieu-{initiative.shown_code}.json"'
    return response


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, initiative):
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_removal(initiative, form.cleaned_data["reason"])
        messages.success(request, f"Đã gửi yêu cầu xóa thông tin. Yêu cầu được giải quyết trong {REMOVAL_HOURS} giờ.")
        return redirect("my_data", initiative.campaign.slug, initiative.secret)
    point_at_first_error(form)
    context = {
        "campaign": initiative.campaign,
        "initiative": initiative,
        "form": form,
        "mentions": mentions(initiative),
        "hours": REMOVAL_HOURS,
    }
    status = REFUSED if request.method == "POST" else 200
    return render(request, "initiatives/removal.html", context, status=status)


@secret
@require_POST
def take_back(request, initiative):
    asked = initiative.removal_requests.last()
    try:
        if asked:
            take_removal_back(asked)
            messages.success(request, "Đã rút yêu cầu. Thông tin của bạn được giữ nguyên.")
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("my_data", initiative.campaign.slug, initiative.secret)
