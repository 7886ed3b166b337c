"""Union staff screen what their members sent: one by one on its page, or those chosen in the list together."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from config.paging import key_in, version_in
from initiatives.codes import read
from initiatives.models import Initiative
from initiatives.reasons import Reason, reason_in
from initiatives.screening import ACCEPT, REJECT, UNDO, accept, reject, screen_many, sort_out, undo_screening
from initiatives.staff_views import WAITING, address_of, initiative_page, list_filter

REASON_MISTAKES = {"reason_missing", "reason_too_long"}
VERDICTS = {"accept": ACCEPT, "reject": REJECT, "undo": UNDO}
DONE = {"accept": "Đã chấp nhận", "reject": "Đã ghi nhận không đạt", "undo": "Đã lấy lại kết quả rà soát của"}


def screenable(request, code):
    found = Initiative.objects.screenable_by(request.user).select_related("campaign", "top", "branch", "unit")
    return get_object_or_404(found, code=read(code) or "")


def after_screening(request, initiative):
    """Go on to the page of an initiative just screened; the list it stands in is the one that this person came from."""
    form = list_filter(request, QueryDict(request.POST.get("list", "")))
    query = form.query_string() or list_filter(request, WAITING).query_string()
    return redirect(f"{initiative.get_absolute_url()}?{query}")


@require_POST
def accept_initiative(request, code):
    initiative = screenable(request, code)
    try:
        accept(initiative, by=request.user, version=version_in(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(initiative)
    messages.success(request, f"Đã chấp nhận {initiative.shown_code}.")
    return after_screening(request, initiative)


@require_POST
def reject_initiative(request, code):
    initiative = screenable(request, code)
    words = f"Đã ghi nhận: sáng kiến {initiative.shown_code} không đạt. Tác giả sẽ thấy lý do."
    return with_reason(request, initiative, "reject", reject, words)


@require_POST
def undo_initiative(request, code):
    initiative = screenable(request, code)
    words = f"Đã lấy lại kết quả: sáng kiến {initiative.shown_code} lại chờ rà soát."
    return with_reason(request, initiative, "undo", undo_screening, words)


def with_reason(request, initiative, deed, verb, words):
    """Do what needs a reason, and say so; where it is refused, what was typed stays."""
    reason = request.POST.get("reason", "")
    try:
        verb(initiative, reason_in(request.POST), by=request.user, version=version_in(request))
    except ValidationError as refusal:
        sentence = " ".join(refusal.messages)
        initiative.refresh_from_db()
        if refusal.code in REASON_MISTAKES:
            return initiative_page(request, initiative, deed=deed, reason=reason, mistake=sentence, status=422)
        messages.error(request, sentence)
        return initiative_page(request, initiative, deed=deed, reason=reason, status=422)
    messages.success(request, words)
    return after_screening(request, initiative)


def chosen_in(request):
    """Return {key: version} of the rows that a posted page names as "key-version"."""
    pairs = (text.partition("-") for text in request.POST.getlist("chosen"))
    keys = {key_in(key): key_in(version) for key, _, version in pairs}
    return {key: version for key, version in keys.items() if key and version}


def back_to_list(request):
    values = QueryDict(request.POST.get("list", ""))
    return f"{reverse('initiatives')}?{address_of(list_filter(request, values), values)}"


@require_POST
def screen_initiatives(request):
    """Before anything is done: what the verdict would change, and what it cannot."""
    name, seen = request.POST.get("verdict"), chosen_in(request)
    if name not in VERDICTS or not seen:
        messages.warning(request, "Chưa chọn sáng kiến nào. Hãy đánh dấu vào ô ở đầu dòng rồi bấm lại.")
        return redirect(back_to_list(request))
    return verdict_page(request, name, seen)


def verdict_page(request, name, seen, *, mistake="", status=200):
    try:
        found = sort_out(seen, VERDICTS[name], by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(back_to_list(request))
    context = {
        "name": name,
        "verdict": VERDICTS[name],
        "found": found,
        "back": back_to_list(request),
        "list": request.POST.get("list", ""),
        "reasons": Reason.choices,
        "picked": request.POST.get("picked", ""),
        "reason": request.POST.get("reason", ""),
        "mistake": mistake,
    }
    return render(request, "initiatives/screen_together.html", context, status=status)


@require_POST
def pass_verdict(request):
    """Pass the verdict on all that were shown and are still as shown; say which were not."""
    name, seen = request.POST.get("verdict"), chosen_in(request)
    if name not in VERDICTS or not seen:
        return redirect(back_to_list(request))
    try:
        found = screen_many(seen, VERDICTS[name], reason_in(request.POST), by=request.user)
    except ValidationError as refusal:
        return verdict_page(request, name, seen, mistake=" ".join(refusal.messages), status=422)
    if not found.unfit:
        messages.success(request, f"{DONE[name]} {len(found.fit)} sáng kiến.")
        return redirect(back_to_list(request))
    context = {"done": DONE[name], "found": found, "back": back_to_list(request)}
    return render(request, "initiatives/screened_together.html", context)
