"""Staff and boards see what an initiative has in common with others, and say what they think of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.paging import version_in
from initiatives import copies_verdicts
from initiatives.copies_models import Resemblance
from initiatives.copies_pages import pairs_shown
from initiatives.staff_views import visible


@require_safe
def alike(request, code):
    return alike_page(request, visible(request, code))


def alike_page(request, initiative, *, refused=None, deed="", mistake="", status=200):
    """Show the pairs of an initiative; `refused` is the key of that for which `mistake` tells why a deed is refused."""
    pairs = pairs_shown(initiative, request.user, copies_verdicts.voices_of)
    reason = request.POST.get("reason", "")
    has_box = any(pair.row.pk == refused and pair.has_box(deed) for pair in pairs)
    context = {
        "initiative": initiative,
        "pairs": pairs,
        "refused": refused,
        "deed": deed,
        "mistake": mistake,
        "reason": reason,
        "reasons": (),
        "picked": "",
        # Where there is no box for it any more, what was typed stands on the page for copying.
        "typed": [("reason", reason)] if reason and not has_box else [],
        "is_told_above": bool(mistake) and not has_box,
    }
    return render(request, "initiatives/alike.html", context, status=status)


@require_POST
def no_copy(request, code, pk):
    return speak(request, code, pk, "no_copy", copies_verdicts.say_no_copy, "Đã ghi: không phải sao chép.")


@require_POST
def look_again(request, code, pk):
    return speak(request, code, pk, "look_again", copies_verdicts.look_again, "Đã lấy lại kết luận.")


def speak(request, code, pk, name, deed, done):
    initiative = visible(request, code)
    pair = get_object_or_404(Resemblance.objects.about(initiative).visible_to(request.user), pk=pk)
    try:
        deed(pair, request.POST.get("reason", ""), by=request.user, version=version_in(request))
    except ValidationError as refusal:
        sentence = " ".join(refusal.messages)
        return alike_page(request, initiative, refused=pk, deed=name, mistake=sentence, status=422)
    messages.success(request, done)
    return redirect("alike", initiative.code)
