"""Staff of a top union tell what typed names of units mean, and move what stands at the wrong unit."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Union
from config.paging import page_of, version_in
from config.text import dotted
from initiatives.codes import read
from initiatives.mapping import forget, map_unit
from initiatives.models import Initiative
from initiatives.moving import move_unit
from initiatives.typed_names import name_of, names_of, tops_with_names, units_of
from initiatives.unit_aliases import UnitAlias
from initiatives.workplaces import union_of

REFUSED = 422
SAMPLES = 5


def mapped_top(request, code):
    """Return the top union for which this person maps names, or answer 404."""
    return get_object_or_404(Union.objects.mapped_by(request.user), code=code)


def address_of(page, top, **query):
    query = urlencode({name: value for name, value in query.items() if value})
    return f"{reverse(page, args=[top.code])}{'?' if query else ''}{query}"


@require_safe
def mapping(request):
    """The top unions in which names wait; the names themselves where this person has one top union."""
    tops = list(Union.objects.mapped_by(request.user)[:2])
    if not tops:
        raise Http404
    if len(tops) == 1 and not request.user.is_national:
        return redirect("typed_names", tops[0].code)
    return render(request, "initiatives/tops_to_map.html", {"tops": tops_with_names(request.user)})


@require_safe
def typed_names(request, top_code):
    top, after = mapped_top(request, top_code), request.GET.get("sau", "")
    names, goes_on = names_of(top, units_of(top), after=after)
    context = {
        "top": top,
        "names": names,
        "after": after,
        "next": goes_on and address_of("typed_names", top, sau=goes_on),
    }
    return render(request, "initiatives/typed_names.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def map_name(request, top_code):
    """One name: what is known about it, and the unit to which its initiatives move."""
    top, key = mapped_top(request, top_code), request.GET.get("ten", "")
    if request.method != "POST":
        return name_page(request, top, key)
    unit = union_of(request.POST.get("unit"))
    instead_of = Union.objects.by_code(request.POST.get("instead_of", "")).first()  # active or not
    try:
        moved = map_unit(top, key, unit, by=request.user, instead_of=instead_of)
    except ValidationError as refusal:
        sentence = " ".join(refusal.messages)
        if refusal.code == "no_unit_of_top":
            return name_page(request, top, key, mistake=sentence, status=REFUSED)
        messages.error(request, sentence)
    else:
        messages.success(request, told(moved, unit))
        if not moved.is_all:
            return redirect(address_of("map_name", top, ten=key))
    return redirect(address_of("typed_names", top, sau=request.POST.get("sau")))


def told(moved, unit):
    """Return what was moved, in words."""
    words = [f"Đã ghép {dotted(moved.number)} sáng kiến vào {unit}."]
    if moved.kept:
        words.append(f"{dotted(moved.kept)} sáng kiến ở lại vì đang ở trong hồ sơ của đơn vị cũ.")
    if not moved.is_all:
        words.append("Vẫn còn sáng kiến mang tên này: hãy ghép thêm lần nữa.")
    return " ".join(words)


def name_page(request, top, key, *, mistake="", status=200):
    units = units_of(top)
    name = name_of(top, key, units)
    alias = UnitAlias.objects.visible_to(request.user).of_name(top, key)
    if not (name or alias):
        messages.warning(request, "Không còn sáng kiến nào chờ ghép với tên này.")
        return redirect("typed_names", top.code)
    context = {
        "top": top,
        "key": key,
        "name": name,
        "alias": alias,
        "chosen": alias.unit if alias else name.unit,
        "units": units,
        "samples": Initiative.objects.without_unit(top).known_by(key)[:SAMPLES],
        "mistake": mistake,
    }
    return render(request, "initiatives/map_name.html", context, status=status)


@require_safe
def known_names(request, top_code):
    """What names were found to mean, the latest first."""
    top = mapped_top(request, top_code)
    page = page_of(UnitAlias.objects.in_top(top).select_related("unit", "mapped_by"), request.GET)
    return render(request, "initiatives/known_names.html", {"top": top, "page": page, "query": ""})


@require_POST
def forget_name(request, top_code, pk):
    top = mapped_top(request, top_code)
    alias = get_object_or_404(UnitAlias.objects.in_top(top), pk=pk)
    forget(alias, by=request.user)
    messages.success(request, f"Đã bỏ ghi nhớ tên “{alias.name}”. Sáng kiến đã chuyển vẫn ở đơn vị của mình.")
    return redirect("known_names", top.code)


@require_POST
def move(request, code):
    """Move one initiative to another unit of its top union."""
    found = Initiative.objects.visible_to(request.user).mapped_by(request.user)
    initiative = get_object_or_404(found, code=read(code) or "")
    unit = union_of(request.POST.get("unit"))
    try:
        move_unit(initiative, unit, by=request.user, version=version_in(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Sáng kiến {initiative.shown_code} nay thuộc {unit}.")
    return redirect(initiative)
