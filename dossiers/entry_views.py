"""Choosing, ordering and describing the entries of a dossier."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.looking import Sought
from config.paging import key_in, page_of, version_in
from dossiers.editing import describe_entry
from dossiers.forms import EntryForm, point_at_mistake
from dossiers.quota import move, put_forward, reorder, take_out
from dossiers.views import back_at, closed, dossier_page, editable, remarks_on
from dossiers.watching import last_change, newer_texts
from initiatives.codes import read
from initiatives.filters import NEWEST, is_too_short
from initiatives.models import Initiative

REFUSED = 422
PLACE_LIMIT = 200


@require_safe
def choose_initiatives(request, pk):
    """The accepted initiatives of the dossier's union, those in it marked; the quota stays in view."""
    dossier = editable(request, pk)
    if way_back := closed(request, dossier):
        return way_back
    entered = set(dossier.entries.standing().values_list("initiative_id", flat=True))
    ours = Initiative.objects.filter(campaign=dossier.plan.campaign).under(dossier.union)
    place = place_in(request.GET)
    text = place.get("q", "")
    quota = dossier.plan.quota_of(dossier.union)
    context = {
        "dossier": dossier,
        "page": page_of(accepted_among(ours, text), request.GET, order=NEWEST, among=ours),
        "entered": entered,
        "quota": quota,
        "places_left": max(0, quota - len(entered)),
        "text": text,
        "is_too_short": is_too_short(text),
        "place": place,
        "query": urlencode({"q": text}) if text else "",
    }
    return render(request, "dossiers/choose.html", context)


def accepted_among(initiatives, text):
    """Return how the accepted ones that match a text are looked for."""
    accepted = initiatives.accepted()
    if not text or is_too_short(text):
        return accepted
    if code := read(text):
        return accepted.filter(code=code)
    found = accepted.matching(text)
    return Sought(accepted, found, found.with_words(text))


def place_in(parameters):
    """Return where in the choosing list somebody is: its search and its page."""
    typed = {name: parameters.get(name, "").strip()[:PLACE_LIMIT] for name in ("q", "truoc", "sau")}
    return {name: value for name, value in typed.items() if value}


def back_to_choosing(request, dossier, *, at=""):
    """Return to the same place of the choosing list."""
    query = urlencode(place_in(request.POST))
    address = reverse("choose_initiatives", args=[dossier.pk])
    return redirect(f"{address}{'?' if query else ''}{query}{'#' if at else ''}{at}")


@require_POST
def add_entry(request, pk, code):
    dossier = editable(request, pk)
    if way_back := closed(request, dossier):
        return way_back
    found = Initiative.objects.visible_to(request.user)
    initiative = get_object_or_404(found, code=read(code) or "")
    try:
        entry = put_forward(dossier, initiative, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return back_to_choosing(request, dossier)
    place, quota = f"chon-{initiative.code}", dossier.plan.quota_of(dossier.union)
    messages.success(request, f"Đã đưa {initiative.shown_code} vào hồ sơ ({entry.rank}/{quota}).", extra_tags=place)
    return back_to_choosing(request, dossier, at=place)


def entry_of(request, pk, entry_pk, *, taken_out_too=False):
    """Return an entry of a dossier that this person prepares, or answer 404."""
    entries = editable(request, pk).entries
    entries = entries.all() if taken_out_too else entries.standing()
    return get_object_or_404(
        entries.select_related("dossier__plan", "dossier__union", "initiative__top", "initiative__unit"), pk=entry_pk
    )


@require_POST
def reorder_entries(request, pk):
    """All entries in the order of the posted keys; a refused order shows the dossier as it stands."""
    dossier = editable(request, pk)
    keys = [key_in(text) or 0 for text in request.POST.getlist("entry")]
    try:
        reorder(dossier, keys, by=request.user, version=version_in(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return dossier_page(request, editable(request, pk), status=REFUSED)
    return back_at(dossier, "sang-kien")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_entry(request, pk, entry_pk):
    # What was typed for an entry that a colleague took out meanwhile is refused with the text, not with a bare 404.
    entry = entry_of(request, pk, entry_pk, taken_out_too=request.method == "POST")
    if request.method != "POST":
        if way_back := closed(request, entry.dossier):
            return way_back
        return entry_page(request, entry, EntryForm(instance=entry), version=entry.dossier.version)
    form, version = EntryForm(request.POST, instance=entry), version_in(request)
    if form.is_valid():
        # The form has put its values on its instance; the deed compares with the row that it locks.
        try:
            describe_entry(entry, form.cleaned_data, by=request.user, version=version)
            messages.success(request, f"Đã lưu sáng kiến {entry.rank}.", extra_tags=entry.anchor)
            return back_at(entry.dossier, entry.anchor)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            entry.dossier.refresh_from_db()
            version = entry.dossier.version
            if refusal.code == "stale":
                newer = newer_texts(form, entry.dossier.entries.get(pk=entry.pk))
                return entry_page(request, entry, form, version=version, status=REFUSED, newer=newer)
    return entry_page(request, entry, form, version=version, status=REFUSED)


def entry_page(request, entry, form, *, version, status=200, newer=()):
    """Show an entry's form; a refused one keeps the version it was opened with until its person is told.

    `newer` is what a colleague has stored meanwhile, beside what was typed.
    """
    quota, entered = entry.dossier.plan.quota_of(entry.dossier.union), entry.dossier.entries.standing().count()
    context = {
        "entry": entry,
        "form": point_at_mistake(form),
        "version": version,
        "newer": newer,
        "changed": last_change(entry.dossier) if newer else None,
        "quota": quota,
        "entered": entered,
        "places_left": max(0, quota - entered),
        "remarks": list(remarks_on(entry.dossier).filter(entry=entry)),
        # An author who corrected the unit took the initiative away: its contacts are those of others now (R19).
        "is_ours": entry.initiative.branch_id == entry.dossier.union_id,
    }
    return render(request, "dossiers/entry.html", context, status=status)


@require_POST
def remove_entry(request, pk, entry_pk):
    return changed(request, entry_of(request, pk, entry_pk), take_out, place="sang-kien")


@require_POST
def move_entry(request, pk, entry_pk, step):
    entry = entry_of(request, pk, entry_pk)
    return changed(request, entry, move, step, place=entry.anchor)


def changed(request, entry, deed, *arguments, place):
    """Do a deed on an entry and go back to this place of its dossier, or to its top with the refusal."""
    try:
        deed(entry, *arguments, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(entry.dossier)
    return back_at(entry.dossier, place)
